/* catalogue/job_seeker.c */
