/* actions/notification.c */
