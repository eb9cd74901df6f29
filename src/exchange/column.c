/* exchange/column.c */
