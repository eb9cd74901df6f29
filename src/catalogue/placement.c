/* catalogue/placement.c */
