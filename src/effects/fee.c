/* What follows for the fee table: a changed amount is set here, put back it is the file's; no two rows say what the same
 * people's claims are worth from the same day. */
#include "effects.h"

#include "store/db.h"

#define PREPARE(name) \
  static void name(ClSession *session, const ClPlan *plan, const ClRecord *before, ClRecord *after, ClProblems *problems)

PREPARE(prepare_amount) {
  const ClValue *amount = cl_record_value(after, "amount"), *standard = cl_record_value(after, "standard");
  gboolean as_file = standard->tag == CL_VALUE_INT && amount->tag == CL_VALUE_INT && amount->i == standard->i;
  cl_value_set_int(cl_record_value(after, "changed"), !as_file);
}

PREPARE(prepare_put_back) {
  cl_value_copy(cl_record_value(after, "amount"), cl_record_value(after, "standard"));
  cl_value_set_int(cl_record_value(after, "changed"), 0);
}

static void bind_field(ClStmt *stmt, int i, const ClRecord *record, const char *field) {
  cl_stmt_bind_value(stmt, i, cl_record_value(record, field));
}

PREPARE(prepare_new) {
  const ClField *from = cl_kind_field(after->kind, "from_date");
  g_autoptr(ClStmt) stmt = cl_db_prepare(cl_session_get_store(session),
      "SELECT 1 FROM fee WHERE archived = 0 AND programme = ?1 AND claim = ?2 AND phase IS ?3 AND level IS ?4 AND from_date = ?5", NULL);
  if (!stmt)
    return;
  bind_field(stmt, 1, after, "programme");
  bind_field(stmt, 2, after, "claim");
  bind_field(stmt, 3, after, "phase");
  bind_field(stmt, 4, after, "level");
  bind_field(stmt, 5, after, "from_date");
  if (cl_stmt_step(stmt, NULL) != CL_STEP_ROW)
    return;
  g_autofree char *day = cl_value_to_text(from, cl_record_value(after, "from_date"), cl_session_get_locale(session));
  cl_problems_add(problems, "from_date", "There is a fee for this from %s already: change its amount, or choose another day.", day);
}

const ClEffect cl_effects_fee[] = {
  { .kind = "fee", .action = "fee.create", .prepare = prepare_new },
  { .kind = "fee", .action = "fee.put_back", .prepare = prepare_put_back },
  { .kind = "fee", .fields = "amount", .prepare = prepare_amount },
  { NULL }
};
