/* actions/job_seeker.c */
