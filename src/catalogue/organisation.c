/* catalogue/organisation.c */
