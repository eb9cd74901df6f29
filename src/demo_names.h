/* Invented names of people, places and organisations for the demo. Internal. */
#pragma once

#include "demo_random.h"

typedef enum { CL_DEMO_DES, CL_DEMO_RESTART, CL_DEMO_IES } ClDemoProgramme;
typedef enum { CL_DEMO_FEMALE, CL_DEMO_MALE, CL_DEMO_EITHER } ClDemoGender;

typedef struct {
  char given[160], family[160];
} ClDemoName;

void cl_demo_name(ClDemoRandom *random, ClDemoGender gender, ClDemoName *name);
/* Names in ASCII letters for the staff, who type them. */
void cl_demo_staff_name(ClDemoRandom *random, ClDemoName *name);
/* Lower-case ASCII letters of a name, for sign-in names and e-mail; may be empty. */
void cl_demo_ascii(const char *text, char *into, gsize space);

typedef struct {
  char address[120], postcode[12], phone[24], mobile[24];
} ClDemoWhere;
/* Where somebody of this programme's country lives; telephone numbers are of ranges kept for fiction. */
void cl_demo_where(ClDemoRandom *random, ClDemoProgramme programme, ClDemoWhere *where);

/* The name of organisation number `i`; no two are the same. */
void cl_demo_organisation(int i, char *into, gsize space);
/* What organisation number `i` does: an industry. Borrowed. */
const char *cl_demo_industry(int i);
gboolean cl_demo_is_training(int i);
const char *cl_demo_job_title(ClDemoRandom *random);
const char *cl_demo_course(ClDemoRandom *random);
