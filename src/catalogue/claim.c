/* catalogue/claim.c */
