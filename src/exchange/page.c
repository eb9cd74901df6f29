/* Nothing is loaded from anywhere and no script runs: the policy in the head keeps any viewer from it. */
#include "page.h"

#include <caseload/clock.h>
#include <caseload/text.h>
#include <string.h>

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<style>\n"
    "@page { size: A4%s; margin: 15mm; }\n"
    "body { font: 10pt/1.4 sans-serif; color: #000; background: #fff; margin: 1em; }\n"
    "h1 { font-size: 15pt; margin: 0; } h2 { font-size: 12pt; margin: 1.2em 0 .3em; break-after: avoid; }\n"
    "header { border-bottom: 2pt solid #000; margin-bottom: .8em; padding-bottom: .3em; }\n"
    "header p, footer { margin: .2em 0; font-size: 9pt; }\n"
    "table { border-collapse: collapse; width: 100%%; } thead { display: table-header-group; }\n"
    "tr { break-inside: avoid; } th, td { text-align: left; vertical-align: top; padding: .15em .5em; border-bottom: .5pt solid #888; }\n"
    "td { white-space: pre-wrap; overflow-wrap: anywhere; } .n { text-align: right; white-space: nowrap; }\n"
    "dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1em; margin: 0; }\n"
    "dt { font-weight: bold; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    "p.letter { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 11pt; }\n"
    "@media print { body { margin: 0; } }\n"
    "</style>\n";

void cl_page_add(GString *text, const char *words) {
  g_auto(GStrv) lines = g_strsplit(words, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_autofree char *shown = cl_text_display(lines[i]);
    if (i)
      g_string_append_c(text, '\n');
    for (const char *at = shown; *at; at++) {
      if (*at == '&')
        g_string_append(text, "&amp;");
      else if (*at == '<')
        g_string_append(text, "&lt;");
      else if (*at == '>')
        g_string_append(text, "&gt;");
      else if (*at == '"')
        g_string_append(text, "&quot;");
      else if (*at == '\'')
        g_string_append(text, "&#39;");
      else
        g_string_append_c(text, *at);
    }
  }
}

void cl_page_put(GString *text, const char *tag, const char *words) {
  int name = (int)strcspn(tag, " ");
  g_string_append_printf(text, "<%s>", tag);
  cl_page_add(text, words);
  g_string_append_printf(text, "</%.*s>", name, tag);
}

static void open_body(GString *text, const char *title, gboolean wide) {
  g_string_append_printf(text, head, wide ? " landscape" : "");
  cl_page_put(text, "title", title);
  g_string_append(text, "\n</head>\n<body>\n");
}

void cl_page_begin_letter(GString *text, const char *title) {
  open_body(text, title, FALSE);
}

void cl_page_begin(GString *text, const ClSession *session, const char *title, const char *what, gboolean wide) {
  char now[24];
  g_autofree char *who = g_strdup_printf("Printed by %s on %s", cl_session_get_full_name(session),
                                         cl_time_to_text(cl_clock_now(), cl_session_get_locale(session)->order, now));
  open_body(text, title, wide);
  g_string_append(text, "<header>");
  cl_page_put(text, "p", cl_config_get_organisation(cl_session_get_config(session)));
  cl_page_put(text, "h1", title);
  if (*what)
    cl_page_put(text, "p", what);
  cl_page_put(text, "p", who);
  g_string_append(text, "</header>\n");
}

void cl_page_end(GString *text) {
  g_string_append(text, "</body>\n</html>\n");
}
