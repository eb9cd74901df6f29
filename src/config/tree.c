/* config/tree.c */
