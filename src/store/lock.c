/* store/lock.c */
