/* filter_complete.c */
