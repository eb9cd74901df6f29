/* actions/saved_search.c */
