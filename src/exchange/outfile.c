/* exchange/outfile.c */
