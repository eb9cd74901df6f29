/* catalogue/site.c */
