/* See offer.h. */
#include "offer.h"

#include <string.h>

void offer_clear(Offer *offer) {
  g_clear_pointer(&offer->choices, g_free);
  g_clear_pointer(&offer->help, g_free);
}

/* "Rejected, Closed: you created it.": what is missing for the same reason stands together. */
static void add_missing(GString *help, GString *last, const char *label, const char *reason) {
  gboolean again = last->len && strcmp(last->str, reason) == 0;
  if (again)
    g_string_insert(help, (gssize)(help->len - last->len - strlen(": .")), ", ");
  if (again)
    g_string_insert(help, (gssize)(help->len - last->len - strlen(": .")), label);
  else
    g_string_append_printf(help, "%s%s: %s.", help->len ? " " : "", label, reason);
  g_string_assign(last, reason);
}

void offer_make(Offer *offer, ClSession *session, const ClRecord *record, const ClField *field, const FormChoice *all,
                const ClValue *kept) {
  GString *help = g_string_new(NULL);
  g_autoptr(GString) last = g_string_new(NULL);
  GArray *choices = g_array_new(TRUE, TRUE, sizeof(FormChoice));
  for (const FormChoice *choice = all; choice->id; choice++) {
    const ClChoice *of = cl_field_choice(field, choice->id);
    const char *label = cl_record_choice_label(session, record, field, of);
    g_autofree char *reason = record->kind->withholds ? record->kind->withholds(session, record, field, of) : NULL;
    const FormChoice offered = {choice->id, label ? label : choice->label};
    gboolean stands = kept && kept->tag == CL_VALUE_TEXT && strcmp(kept->s, choice->id) == 0;
    if (!reason && (label || stands))
      g_array_append_val(choices, offered);
    else if (reason && *reason)
      add_missing(help, last, choice->label, reason);
  }
  if (field->help)
    g_string_append_printf(help, "%s%s", help->len ? " " : "", field->help);
  offer_clear(offer);
  offer->choices = (FormChoice *)(gpointer)g_array_free(choices, FALSE);
  offer->help = g_string_free(help, help->len == 0);
}
