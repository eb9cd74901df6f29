/* A page of HTML to print: one file that asks for nothing else, with its look for paper, a head that says what it is, who
 * printed it and when. Every text is escaped. Internal. */
#pragma once

#include <caseload/session.h>

/* `title` and, below it, `what` (may be empty). `wide`: of many columns, printed across. */
void cl_page_begin(GString *text, const ClSession *session, const char *title, const char *what, gboolean wide);
/* The same without a head on the paper: of a letter. */
void cl_page_begin_letter(GString *text, const char *title);
void cl_page_end(GString *text);
/* Text as it is to be read: markup escaped, control and direction marks left out; lines stay lines. */
void cl_page_add(GString *text, const char *words);
/* The same between <tag> and </tag>; `tag` may have attributes. */
void cl_page_put(GString *text, const char *tag, const char *words);
