/* What fields.c and field_refs.c share: a form made from the catalogue, from inside. */
#pragma once

#include "fields.h"
#include "offer.h"

#include <caseload/record.h>

typedef struct {
  FieldForm *owner;
  const ClField *field; /* NULL: the comment */
  FormChoice *choices;
  FormChoice *known;   /* of a text: what it may hold */
  Offer offer; /* what of them, once it is known for which record */
  char *create_label, *create_refusal; /* of a reference whose records can be made by hand */
  char *alike_of, *alike;              /* the name that was looked for last, and what is nearly called so */
} Asked;

struct FieldForm {
  View *view;
  Form *form;
  const ClAction *action;
  GPtrArray *asked; /* of Asked*, as in the form */
  guint flags;
  struct DraftKeeper *keeper; /* NULL: no draft is kept */
  ClRecord *base;      /* what the form was filled from */
  GHashTable *given;   /* values that are not asked, borrowed; NULL = none */
  gboolean asking;     /* the question about what was typed is open */
  const Asked *adding; /* the field that a picked record is added to */
};

/* The picker of a reference: its records, or those within what another field holds. */
PickerSource *field_ref_source(App *app, gpointer asked);
/* A reference can be made on the way; a text that copies others offers those that are known. */
void field_add_create(const FieldForm *fields, Asked *asked, FormField *shown);
/* A reference that is left with a text that names no record yet: the one record that fits is taken, else a remark says
 * that several do, or none. */
void field_ref_left(App *app, const char *typed, gpointer asked);
char *field_ref_remark(App *app, const char *text, gboolean *wrong, gpointer asked);
void field_add_known(Asked *asked, FormField *shown);
/* Asks the kind what a text may hold for the record of the form, and has the form offer it. */
void field_learn(Asked *asked);
/* What a text means that is one of those, where it says more than the text; NULL: nothing. The caller frees. */
char *field_known_words(const Asked *asked, const char *text);
/* A remark about a name that nearly another record has, or NULL. The caller frees. */
char *field_alike(Asked *asked, const char *text);
