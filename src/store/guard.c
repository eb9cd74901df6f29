/* store/guard.c */
