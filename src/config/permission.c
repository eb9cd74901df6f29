/* config/permission.c */
