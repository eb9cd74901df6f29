/* exchange/csv.c */
