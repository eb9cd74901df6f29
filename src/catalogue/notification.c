/* catalogue/notification.c */
