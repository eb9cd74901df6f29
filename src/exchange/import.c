/* exchange/import.c */
