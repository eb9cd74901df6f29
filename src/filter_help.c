/* The filter language in a table: what one writes and what it finds. Help, manual page and filter builder
 * read it, so that they cannot say different things. */
#include <caseload/filter.h>

static const ClFilterHelp help[] = {
    {"smith", "Records with a word that begins so in the searched fields; several words must all match."},
    {"field:a,b", "One of; for text: contains, accents and capitals do not matter."},
    {"field=a", "Exactly that; several separated by commas: one of them."},
    {"field!=a", "Not that, nor any other of several separated by commas."},
    {"field<a", "Before or less than: dates, times, numbers, money, and text in order."},
    {"field<=a", "Up to and with."},
    {"field>a", "After or more than."},
    {"field>=a", "From and with."},
    {"field:A..B", "From A to B, both included; A.. and ..B are open."},
    {"field:none", "Empty."},
    {"field:any", "Not empty."},
    {"field:me", "The signed-in user, in every field that names a user."},
    {"field:yes", "Yes, where the answer is yes or no; also field:no."},
    {"job_seeker.phase:os", "A field of the record that a reference leads to (one dot)."},
    {"a b", "Both; a blank binds closer than “or”."},
    {"a or b", "One of the two."},
    {"( )", "Groups."},
    {"-x", "Not x; also: not x, and -( ) for a group."},
    {"@name", "A saved search of this list, your own first; @\"two words\" where its name has blanks."},
    {"\"…\"", "Text with blanks or signs; \\\" and \\\\ inside. A quoted word is never special."},
    {"2024-07-01", "A date; your organisation's short form as well (1/7/2024, 1/7)."},
    {"today", "Also month-start and month-end, of week and year too. They stay relative in saved searches."},
    {"due:last-month", "A span of days: this-, last- or next-week, -month, this-year, last-year."},
    {"today-30d", "A date with an offset in days (d), weeks (w), months (m) or years (y)."},
    {"+7", "In so many days; -3: so many days ago; mon: the next Monday."},
    {NULL, NULL},
};

const ClFilterHelp *cl_filter_help(void) {
  return help;
}
