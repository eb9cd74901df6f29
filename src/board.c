/* What a board's table says, worked out: columns as filters, actions as moves, ages. */
#include <caseload/action.h>
#include <caseload/board.h>
#include <string.h>

char *cl_board_column_filter(const ClBoard *board, const ClBoardColumn *column) {
  return g_strdup_printf("%s:%s%s%s%s%s", board->field, column->choices, column->also ? " " : "", column->also ? column->also : "",
                         column->only ? " " : "", column->only ? column->only : "");
}

const char *cl_board_column_title(const ClKind *kind, const ClBoardColumn *column) {
  g_auto(GStrv) choices = g_strsplit(column->choices, ",", 2);
  const ClField *field = cl_kind_field(kind, kind->board->field);
  const ClChoice *choice = field ? cl_field_choice(field, choices[0]) : NULL;
  return column->title ? column->title : choice ? choice->label : column->choices;
}

int cl_board_column_of(const ClBoard *board, const char *choice) {
  for (int i = 0; board->columns[i].choices; i++) {
    g_auto(GStrv) choices = g_strsplit(board->columns[i].choices, ",", -1);
    if (g_strv_contains((const char *const *)choices, choice))
      return i;
  }
  return -1;
}

/* What stands in the action's table for the board's field. */
static const char *value_of(const ClBoard *board, const ClAction *action) {
  for (const ClWrite *write = action->writes; write && write->field; write++)
    if (strcmp(write->field, board->field) == 0)
      return write->value;
  return "";
}

const char *cl_board_written(const ClBoard *board, const ClAction *action) {
  const char *value = value_of(board, action);
  return *value && *value != '$' ? value : NULL;
}

const char *cl_board_asked(const ClBoard *board, const ClAction *action) {
  const char *value = value_of(board, action);
  return *value == '$' ? value + 1 : NULL;
}

int cl_board_age(const ClField *since, const ClValue *value) {
  if (value->tag != CL_VALUE_INT)
    return -1;
  gint64 days = since->type == CL_TYPE_TIME ? (cl_clock_now() - value->i) / 86400 : cl_clock_today() - value->i;
  return (int)CLAMP(days, -1, 99999);
}
