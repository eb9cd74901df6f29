/* A small JSON writer. Control and direction characters leave as \u escapes, so that the
 * output is safe at a terminal and loses nothing. */
#include "command.h"

#include <string.h>

void cli_json_init(CliJson *json) {
  json->out = g_string_new(NULL);
  json->comma = FALSE;
}

static void before_value(CliJson *json) {
  if (json->comma)
    g_string_append_c(json->out, ',');
  json->comma = TRUE;
}

void cli_json_open(CliJson *json, char bracket) {
  before_value(json);
  g_string_append_c(json->out, bracket);
  json->comma = FALSE;
}

void cli_json_close(CliJson *json, char bracket) {
  g_string_append_c(json->out, bracket);
  json->comma = TRUE;
}

static gboolean must_escape(gunichar c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '"' || c == '\\' || c == 0x2028 || c == 0x2029 ||
         g_unichar_type(c) == G_UNICODE_FORMAT;
}

static void append_escaped(GString *out, gunichar c) {
  if (c == '"' || c == '\\')
    g_string_append_printf(out, "\\%c", (char)c);
  else if (c == '\n')
    g_string_append(out, "\\n");
  else if (c == '\t')
    g_string_append(out, "\\t");
  else if (c >= 0x10000)
    g_string_append_printf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                           0xdc00 + ((c - 0x10000) & 0x3ff));
  else
    g_string_append_printf(out, "\\u%04x", c);
}

static void append_text(GString *out, const char *text) {
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_string_append_c(out, '"');
  for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (must_escape(c))
      append_escaped(out, c);
    else
      g_string_append_unichar(out, c);
  }
  g_string_append_c(out, '"');
}

void cli_json_key(CliJson *json, const char *key) {
  before_value(json);
  append_text(json->out, key);
  g_string_append_c(json->out, ':');
  json->comma = FALSE;
}

void cli_json_text(CliJson *json, const char *text) {
  before_value(json);
  if (text)
    append_text(json->out, text);
  else
    g_string_append(json->out, "null");
}

void cli_json_int(CliJson *json, gint64 number) {
  before_value(json);
  g_string_append_printf(json->out, "%" G_GINT64_FORMAT, number);
}

void cli_json_bool(CliJson *json, gboolean yes) {
  before_value(json);
  g_string_append(json->out, yes ? "true" : "false");
}

void cli_json_put_text(CliJson *json, const char *key, const char *text) {
  cli_json_key(json, key);
  cli_json_text(json, text);
}

void cli_json_put_int(CliJson *json, const char *key, gint64 number) {
  cli_json_key(json, key);
  cli_json_int(json, number);
}

void cli_json_put_bool(CliJson *json, const char *key, gboolean yes) {
  cli_json_key(json, key);
  cli_json_bool(json, yes);
}

/* Hundredths as a JSON number without idle zeros: 1550 → 15.5. */
static void append_hundredths(CliJson *json, gint64 hundredths) {
  guint64 size = hundredths < 0 ? -(guint64)hundredths : (guint64)hundredths;
  before_value(json);
  g_string_append_printf(json->out, "%s%" G_GUINT64_FORMAT, hundredths < 0 ? "-" : "", size / 100);
  if (size % 100)
    g_string_append_printf(json->out, ".%02u", (guint)(size % 100));
  if (size % 100 && size % 10 == 0)
    g_string_truncate(json->out, json->out->len - 1);
}

void cli_json_value(CliJson *json, const ClField *field, const ClValue *value) {
  if (value->tag == CL_VALUE_NONE) {
    cli_json_text(json, NULL);
    return;
  }
  if (value->tag == CL_VALUE_INT) {
    switch (field->type) {
    case CL_TYPE_INT:
    case CL_TYPE_REF:
      cli_json_int(json, value->i);
      return;
    case CL_TYPE_NUMBER:
      append_hundredths(json, value->i);
      return;
    case CL_TYPE_BOOL:
      cli_json_bool(json, value->i != 0);
      return;
    default:
      break;
    }
  }
  g_autofree char *text = cl_value_to_machine(field, value);
  cli_json_text(json, text);
}

gboolean cli_json_flush(CliJson *json) {
  gboolean ok = cli_write(json->out->str, json->out->len);
  g_string_truncate(json->out, 0);
  return ok;
}

void cli_json_end(CliJson *json) {
  g_string_append_c(json->out, '\n');
  cli_json_flush(json);
  g_string_free(json->out, TRUE);
  json->out = NULL;
}
