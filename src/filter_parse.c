/* filter_parse.c */
