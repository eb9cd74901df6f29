/* exchange/map.c */
