/* store/filter_sql.c */
