/* catalogue/saved_search.c */
