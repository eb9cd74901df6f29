/* catalogue/user.c */
