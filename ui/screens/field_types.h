/* What a field of the catalogue is in a form: its input, its choices, how wide. */
#pragma once

#include "../widgets/form.h"

FormFieldType field_form_type(const ClField *field);
/* Ends with id NULL; the caller frees. */
FormChoice *field_form_choices(const ClField *field);
/* Columns of the input, 0 = by type. */
int field_form_width(const ClField *field);
