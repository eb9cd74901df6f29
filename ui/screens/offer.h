/* Which choices a form offers for a record, and in words which ones it does not and why: nobody chooses what would be
 * refused afterwards. */
#pragma once

#include "../widgets/form.h"

#include <caseload/record.h>

typedef struct {
  FormChoice *choices; /* ends with id NULL */
  char *help;          /* "Rejected, Closed: you created it." before the field's own words; NULL for none */
} Offer;

/* Of `all`, what the kind does not withhold for this record. What was in `offer` is freed. */
void offer_make(Offer *offer, ClSession *session, const ClRecord *record, const ClField *field, const FormChoice *all);
void offer_clear(Offer *offer);
