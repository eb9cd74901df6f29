/* store/uuid.c */
