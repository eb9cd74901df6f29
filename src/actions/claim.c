/* actions/claim.c */
