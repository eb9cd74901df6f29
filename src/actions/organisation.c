/* actions/organisation.c */
