/* filter_why.c */
