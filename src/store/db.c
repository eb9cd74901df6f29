/* store/db.c */
