/* Which choices a form offers for a record, and in words which ones it does not and why: nobody chooses what would be
 * refused afterwards. */
#pragma once

#include "../widgets/form.h"

#include <caseload/record.h>

typedef struct {
  FormChoice *choices; /* ends with id NULL */
  char *help;          /* "Rejected, Closed: you created it." before the field's own words; NULL for none */
} Offer;

/* Of `all`, what the record's programme has, in its words, and the kind does not withhold for this record. What the
 * record has already (`kept`; NULL = it is new) may stay. What was in `offer` is freed. */
void offer_make(Offer *offer, ClSession *session, const ClRecord *record, const ClField *field, const FormChoice *all,
                const ClValue *kept);
void offer_clear(Offer *offer);
