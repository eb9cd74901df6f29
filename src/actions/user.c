/* actions/user.c */
