/* actions/site.c */
