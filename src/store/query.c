/* store/query.c */
