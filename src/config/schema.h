/* What a configuration file may contain: one table row per setting, and the walk that compares a
 * tree with the table. Internal. */
#pragma once

#include "tree.h"

typedef enum {
  CL_SETTING_MAP,    /* a map whose settings have this one's path */
  CL_SETTING_LIST,   /* a list of maps; their settings have the path "<path>[]" */
  CL_SETTING_WORDS,  /* a list of single values */
  CL_SETTING_TEXT,
  CL_SETTING_LINES,  /* text of several lines */
  CL_SETTING_WHOLE,  /* a whole number */
  CL_SETTING_BOOL,   /* yes, no, true, false */
  CL_SETTING_CHOICE, /* one of `choices` */
} ClSettingType;

typedef struct {
  const char *path;  /* of the map in which the key stands: "" for the file, "organisation", "roles[]" */
  const char *key;   /* "*": any name */
  ClSettingType type;
  gboolean required;
  gint64 min, max;   /* WHOLE: value; TEXT: letters; LIST, WORDS, MAP: entries. Both 0 = any */
  const char *const *choices; /* NULL-terminated */
  const char *help;  /* a sentence fragment: what it is for */
} ClSetting;

/* Adds a mistake for each unknown name, missing setting and value of the wrong type or range. `table`
 * ends with key NULL. */
void cl_schema_check(const ClSetting *table, const ClTree *root, ClMistakes *mistakes);

/* "; did you mean “x”?" for the nearest candidate (NULL-terminated), else "". The caller frees. */
char *cl_schema_hint(const char *word, const char *const *candidates);
