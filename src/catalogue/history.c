/* catalogue/history.c */
