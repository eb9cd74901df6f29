/* See tracker_moves.h. */
#include "tracker_moves.h"

#include <caseload/config.h>

const ClTrackerType *cl_tracker_type_of(ClSession *session, const ClRecord *tracker) {
  return cl_tracker_type_find(cl_config_get_tracker_types(cl_session_get_config(session)), cl_record_value(tracker, "type")->s);
}

const char *cl_tracker_status_label(const ClRecord *tracker, const char *status) {
  const ClChoice *choice = cl_field_choice(cl_kind_field(tracker->kind, "status"), status);
  return choice ? choice->label : status;
}

static gboolean may_any(ClSession *session, char **permissions) {
  for (char **permission = permissions; *permission; permission++)
    if (cl_session_may(session, *permission))
      return TRUE;
  return !permissions[0];
}

/* Why the one who asks is not the one to decide. */
static const char *own_work(ClSession *session, const ClTrackerMove *move, const ClRecord *now) {
  static const struct {
    const char *who, *field, *words;
  } persons[] = {
    { "creator", "created_by", "you created it" },
    { "last_editor", "updated_by", "you were the last to change it" },
    { "assignee", "assignee", "it is assigned to you" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(persons); i++) {
    const ClValue *value = cl_record_value(now, persons[i].field);
    if (g_strv_contains((const char *const *)move->not_own, persons[i].who) && value->tag == CL_VALUE_INT &&
        value->i == cl_session_get_user(session))
      return persons[i].words;
  }
  return NULL;
}

static const ClTrackerMove *find_move(const ClTrackerType *type, const ClRecord *now, const char *to) {
  const char *from = cl_record_value(now, "status")->s;
  return from ? cl_tracker_type_move(type, from, to) : NULL;
}

static const char *name_needed(ClSession *session, const ClTrackerMove *move) {
  return cl_config_permission_name(cl_session_get_config(session), move->needs[0]);
}

char *cl_tracker_move_reason(ClSession *session, const ClTrackerType *type, const ClRecord *now, const char *to) {
  const ClTrackerMove *move = find_move(type, now, to);
  if (!move)
    return g_strdup("");
  return may_any(session, move->needs) ? g_strdup(own_work(session, move, now))
                                       : g_strdup_printf("needs “%s”", name_needed(session, move));
}

char *cl_tracker_move_refusal(ClSession *session, const ClTrackerType *type, const ClRecord *now, const char *to) {
  const char *label = cl_tracker_status_label(now, to);
  const ClTrackerMove *move = find_move(type, now, to);
  if (!g_strv_contains((const char *const *)type->workflow->statuses, to))
    return g_strdup_printf("A tracker of type %s is never %s.", type->label, label);
  if (!move)
    return g_strdup_printf("From %s it cannot become %s.", cl_tracker_status_label(now, cl_record_value(now, "status")->s), label);
  if (!may_any(session, move->needs))
    return g_strdup_printf("Moving it to %s needs the permission “%s”.", label, name_needed(session, move));
  const char *own = own_work(session, move, now);
  return own ? g_strdup_printf("Somebody else has to move it to %s: %s.", label, own) : NULL;
}

char *cl_tracker_type_refusal(ClSession *session, const ClTrackerType *type) {
  if (!type->automation || cl_session_may(session, "tracker.create_automation"))
    return NULL;
  return g_strdup_printf("Trackers of type %s need the permission “%s”.", type->label,
                         cl_config_permission_name(cl_session_get_config(session), "tracker.create_automation"));
}
