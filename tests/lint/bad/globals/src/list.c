const char *list_title = "Claims";
