/* exchange/duplicates.c */
