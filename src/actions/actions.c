/* actions/actions.c */
