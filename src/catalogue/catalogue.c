/* catalogue/catalogue.c */
