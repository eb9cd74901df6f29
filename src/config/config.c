/* config/config.c */
