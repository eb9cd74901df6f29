/* store/migrate.c */
