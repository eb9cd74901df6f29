/* rules/fields.c */
