/* catalogue/run.c */
