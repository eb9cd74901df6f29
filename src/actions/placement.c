/* actions/placement.c */
