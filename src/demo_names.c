/* demo_names.c */
