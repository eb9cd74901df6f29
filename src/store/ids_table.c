/* store/ids_table.c */
