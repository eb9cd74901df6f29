/* store/functions.c */
