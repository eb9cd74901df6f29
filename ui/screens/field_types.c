/* What a field of the catalogue is in a form. */
#include "field_types.h"

FormFieldType field_form_type(const ClField *field) {
  switch (field->type) {
  case CL_TYPE_DATE:
    return FORM_DATE;
  case CL_TYPE_BOOL:
    return FORM_BOOL;
  case CL_TYPE_CHOICE:
    return FORM_CHOICE;
  case CL_TYPE_REF:
    return FORM_REF;
  default:
    if (field->flags & CL_FIELD_FILES)
      return FORM_FILES;
    if (field->flags & CL_FIELD_TARGET)
      return FORM_TARGET;
    return field->flags & CL_FIELD_LINES ? FORM_LINES : FORM_TEXT;
  }
}

FormChoice *field_form_choices(const ClField *field) {
  GArray *choices = g_array_new(TRUE, TRUE, sizeof(FormChoice));
  for (const ClChoice *choice = field->choices; choice && choice->id; choice++)
    if (!choice->filter_only) {
      FormChoice offered = {choice->id, choice->label};
      g_array_append_val(choices, offered);
    }
  return (FormChoice *)(gpointer)g_array_free(choices, FALSE);
}

int field_form_width(const ClField *field) {
  switch (field->type) {
  case CL_TYPE_INT:
  case CL_TYPE_NUMBER:
  case CL_TYPE_MONEY:
    return 14;
  case CL_TYPE_TIME:
    return 17;
  default:
    return 0;
  }
}
