/* exchange/export.c */
