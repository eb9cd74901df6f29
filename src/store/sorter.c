/* store/sorter.c */
