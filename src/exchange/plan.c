/* exchange/plan.c */
