/* A draft is kept on a pause in typing, so that no key waits for the disk; somebody who never pauses has hers
 * kept every few seconds. A store that somebody else is writing is tried again at the next pause. */
#include "drafts.h"

#include "../app.h"
#include "../widgets/menu.h"
#include "form.h"

#include <caseload/clock.h>
#include <caseload/error.h>
#include <string.h>

#define PAUSE_US (400 * 1000)
#define EVERY_US (4 * G_USEC_PER_SEC)
#define PAUSE_WAIT_MS 60   /* for another writer, while nobody types */
#define LEAVE_WAIT_MS 3000 /* the same when the program ends */
#define OFFERED 6
#define IN_USE "This draft is being typed in a form that is open, here or in another window."

struct DraftKeeper {
  App *app;
  FieldForm *fields;
  ClDraft *draft;
  char *kept; /* what the store holds, as one text; NULL = nothing */
  gint64 typed_at, kept_at; /* monotonic µs; typed_at 0 = nothing new */
  gboolean complained;
  GPtrArray *offered; /* of ClDraft*, while the question is open */
};

/* Those of open forms: their drafts are not offered to each other. */
static GPtrArray *living;

/* The draft is nobody's then: another form may go on with it. */
static void let_go(const DraftKeeper *keeper) {
  if (app_get_session(keeper->app))
    cl_draft_let_go(app_get_session(keeper->app), keeper->draft);
}

DraftKeeper *draft_keeper_new(App *app, FieldForm *fields, const ClAction *action) {
  DraftKeeper *keeper = g_new0(DraftKeeper, 1);
  keeper->app = app;
  keeper->fields = fields;
  keeper->draft = cl_draft_new(action, 0, 0);
  if (!living)
    living = g_ptr_array_new();
  g_ptr_array_add(living, keeper);
  return keeper;
}

void draft_keeper_free(DraftKeeper *keeper) {
  if (!keeper)
    return;
  g_ptr_array_remove(living, keeper);
  if (living->len == 0)
    g_clear_pointer(&living, g_ptr_array_unref);
  g_clear_pointer(&keeper->offered, g_ptr_array_unref);
  let_go(keeper);
  cl_draft_free(keeper->draft);
  g_free(keeper->kept);
  g_free(keeper);
}

void draft_keeper_begin(DraftKeeper *keeper, ClId record, gint64 version, const char *source) {
  const ClAction *action = keeper->draft->action;
  let_go(keeper);
  cl_draft_free(keeper->draft);
  keeper->draft = cl_draft_new(action, record, version);
  keeper->draft->source = g_strdup(source);
  keeper->typed_at = 0;
  g_clear_pointer(&keeper->kept, g_free);
}

gint64 draft_keeper_get_version(const DraftKeeper *keeper) {
  return keeper->draft->version;
}

gboolean draft_keeper_is_kept(const DraftKeeper *keeper) {
  return keeper->draft->id != 0 && keeper->typed_at == 0;
}

/* ---- keeping ------------------------------------------------------------------------ */

static char *dup_content(GHashTable *values) {
  GString *text = g_string_new(NULL);
  g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(values), (GCompareFunc)strcmp);
  for (const GList *key = keys; key; key = key->next)
    g_string_append_printf(text, "%s\x1f%s\x1e", (const char *)key->data,
                           (const char *)g_hash_table_lookup(values, key->data));
  return g_string_free(text, FALSE);
}

static gboolean keep(DraftKeeper *keeper, int wait_ms, GError **error) {
  g_autoptr(GHashTable) values = field_form_dup_typed(keeper->fields);
  g_autofree char *content = dup_content(values);
  if (g_strcmp0(keeper->kept, content) == 0 || (!keeper->kept && !*content)) {
    keeper->typed_at = 0;
    app_repaint(keeper->app);
    return TRUE;
  }
  g_hash_table_unref(keeper->draft->values);
  keeper->draft->values = g_hash_table_ref(values);
  gboolean empty = !*content;
  ClSession *session = app_get_session(keeper->app);
  if (empty ? !cl_draft_drop(session, keeper->draft, error)
            : !cl_draft_save(session, keeper->draft, wait_ms, error))
    return FALSE;
  if (!empty)
    cl_draft_hold(session, keeper->draft);
  g_free(keeper->kept);
  keeper->kept = empty ? NULL : g_steal_pointer(&content);
  keeper->typed_at = 0;
  keeper->kept_at = g_get_monotonic_time();
  app_repaint(keeper->app);
  return TRUE;
}

/* A store that is busy is tried again; anything else is said once. */
static void try_keep(DraftKeeper *keeper, int wait_ms) {
  g_autoptr(GError) error = NULL;
  if (keep(keeper, wait_ms, &error) || g_error_matches(error, CL_ERROR, CL_ERROR_BUSY))
    return;
  keeper->typed_at = 0;
  if (!keeper->complained)
    app_say_error(keeper->app, "No draft is kept of what you type here: %s", error->message);
  keeper->complained = TRUE;
}

void draft_keeper_typed(DraftKeeper *keeper) {
  gint64 now = g_get_monotonic_time();
  if (keeper->kept_at == 0)
    keeper->kept_at = now;
  keeper->typed_at = now;
  if (now - keeper->kept_at < EVERY_US)
    return;
  keeper->kept_at = now;
  try_keep(keeper, 0);
}

void draft_keeper_news(DraftKeeper *keeper, guint bits) {
  if (keeper->typed_at == 0 || !app_get_session(keeper->app))
    return;
  if (bits & NEWS_LEAVE)
    try_keep(keeper, LEAVE_WAIT_MS);
  else if (g_get_monotonic_time() - keeper->typed_at > PAUSE_US)
    try_keep(keeper, PAUSE_WAIT_MS);
}

gboolean draft_keeper_save(DraftKeeper *keeper) {
  g_autoptr(GError) error = NULL;
  if (keep(keeper, LEAVE_WAIT_MS, &error))
    return TRUE;
  app_say_error(keeper->app, "The draft could not be kept, so the form stays open: %s", error->message);
  return FALSE;
}

void draft_keeper_drop(DraftKeeper *keeper) {
  g_autoptr(GError) error = NULL;
  keeper->typed_at = 0;
  g_clear_pointer(&keeper->kept, g_free);
  if (!cl_draft_drop(app_get_session(keeper->app), keeper->draft, &error))
    app_say_error(keeper->app, "Its draft is still kept: %s", error->message);
}

/* ---- going on with one ---------------------------------------------------------------- */

static void take(DraftKeeper *keeper, const ClDraft *draft) {
  App *app = keeper->app;
  gboolean older = draft->version && draft->version != keeper->draft->version;
  keeper->draft->id = draft->id;
  keeper->draft->version = draft->version;
  cl_draft_hold(app_get_session(app), draft);
  field_form_take_typed(keeper->fields, draft->values);
  g_autoptr(GHashTable) values = field_form_dup_typed(keeper->fields);
  g_free(keeper->kept);
  keeper->kept = dup_content(values);
  keeper->typed_at = 0;
  if (older)
    app_say(app, "Your draft is back. The record was changed since you typed it: saving shows by whom.");
  else
    app_say(app, "Your draft is back. It is not saved yet.");
}

static gboolean is_open(ClId draft) {
  for (guint i = 0; living && i < living->len; i++)
    if (((const DraftKeeper *)living->pdata[i])->draft->id == draft)
      return TRUE;
  return FALSE;
}

/* An open form shows it, here or in another program at this store. */
static gboolean is_taken(App *app, const ClDraft *draft) {
  if (is_open(draft->id))
    return TRUE;
  if (!cl_draft_hold(app_get_session(app), draft))
    return TRUE;
  cl_draft_let_go(app_get_session(app), draft);
  return FALSE;
}

/* Drafts of this form that no open form holds. */
static GPtrArray *load(DraftKeeper *keeper) {
  g_autoptr(GError) error = NULL;
  GPtrArray *drafts = cl_drafts_load(app_get_session(keeper->app), keeper->draft->action, keeper->draft->record, &error);
  app_say_gerror(keeper->app, &error);
  for (guint i = drafts ? drafts->len : 0; i > 0; i--)
    if (is_taken(keeper->app, drafts->pdata[i - 1]))
      g_ptr_array_remove_index(drafts, i - 1);
  return drafts;
}

void draft_keeper_take(DraftKeeper *keeper, ClId id) {
  g_autoptr(GPtrArray) drafts = load(keeper);
  for (guint i = 0; drafts && i < drafts->len; i++)
    if (((const ClDraft *)drafts->pdata[i])->id == id)
      take(keeper, drafts->pdata[i]);
}

static void offer_answered(App *app, int choice, gpointer data) {
  DraftKeeper *keeper = data;
  g_autoptr(GPtrArray) drafts = g_steal_pointer(&keeper->offered);
  int n = (int)MIN(drafts->len, OFFERED);
  if (choice >= 0 && choice < n) {
    take(keeper, drafts->pdata[choice]);
  } else if (choice == n + 1) {
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < drafts->len && !error; i++)
      cl_draft_drop(app_get_session(app), drafts->pdata[i], &error);
    if (error)
      app_say_gerror(app, &error);
    else
      app_say(app, "Thrown away.");
  } else {
    app_say(app, "The draft stays as it is; D lists your drafts.");
  }
}

static char *dup_when(App *app, const ClDraft *draft) {
  char when[24] = "";
  return g_strdup(cl_time_to_text(draft->saved_at, app_get_locale(app)->order, when));
}

void draft_keeper_offer(DraftKeeper *keeper) {
  App *app = keeper->app;
  GPtrArray *drafts = load(keeper);
  if (!drafts || drafts->len == 0) {
    if (drafts)
      g_ptr_array_unref(drafts);
    return;
  }
  g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MenuItem));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < drafts->len && i < OFFERED; i++) {
    g_autofree char *when = dup_when(app, drafts->pdata[i]);
    char *label = g_strdup_printf("Go on with the draft of %s", when);
    char *typed = field_form_typed_words(keeper->fields, ((const ClDraft *)drafts->pdata[i])->values);
    MenuItem item = {.label = label, .help = typed};
    g_ptr_array_add(texts, label);
    g_ptr_array_add(texts, typed);
    g_array_append_val(items, item);
  }
  const MenuItem rest[] = {
      {.label = "Begin anew", .detail = "Esc", .help = "The draft stays; D lists your drafts."},
      {.label = drafts->len == 1 ? "Throw the draft away" : "Throw these drafts away",
       .help = "What was typed there is gone then."},
  };
  g_array_append_vals(items, rest, G_N_ELEMENTS(rest));
  g_clear_pointer(&keeper->offered, g_ptr_array_unref);
  keeper->offered = drafts;
  View *menu = menu_view_new(app, "There is a draft", "You typed into this form before and did not save it.",
                             (const MenuItem *)(gconstpointer)items->data, items->len, offer_answered, keeper);
  menu_view_type_through(menu);
  app_push(app, menu);
}

/* ---- the list of all ------------------------------------------------------------------- */

static void open_draft(App *app, const ClDraft *draft) {
  if (is_taken(app, draft)) {
    app_say(app, IN_USE);
  } else if (!draft->action) {
    app_say(app, "The form of this draft is no longer there.");
  } else if (draft->record == CL_DRAFT_MANY) {
    app_say(app, "Mark the records again and choose %s: the draft is offered there.", draft->action->label);
  } else {
    form_open_draft(app, draft);
  }
}

static void throw_away(App *app, const ClDraft *draft) {
  g_autoptr(GError) error = NULL;
  ClDraft gone = *draft;
  if (is_taken(app, draft))
    app_say(app, IN_USE);
  else if (cl_draft_drop(app_get_session(app), &gone, &error))
    app_say(app, "Thrown away.");
  else
    app_say_gerror(app, &error);
}

static const ClDraft *draft_of(GPtrArray *drafts, const char *id) {
  for (guint i = 0; i < drafts->len; i++) {
    const ClDraft *draft = drafts->pdata[i];
    if (draft->id == g_ascii_strtoll(id, NULL, 10))
      return draft;
  }
  return NULL;
}

static void listed_chosen(App *app, const PickerItem *item, gpointer data) {
  g_autoptr(GPtrArray) drafts = cl_drafts_load(app_get_session(app), NULL, 0, NULL);
  const ClDraft *draft = item && drafts ? draft_of(drafts, item->id) : NULL;
  if (draft)
    open_draft(app, draft);
}

static gboolean listed_deleted(App *app, const PickerItem *item, gpointer data) {
  g_autoptr(GPtrArray) drafts = cl_drafts_load(app_get_session(app), NULL, 0, NULL);
  const ClDraft *draft = drafts ? draft_of(drafts, item->id) : NULL;
  if (draft)
    throw_away(app, draft);
  g_autoptr(GPtrArray) left = cl_drafts_load(app_get_session(app), NULL, 0, NULL);
  return left && !draft_of(left, item->id);
}

void drafts_open(App *app) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) drafts = cl_drafts_load(app_get_session(app), NULL, 0, &error);
  if (!drafts || drafts->len == 0) {
    app_say(app, "%s", error ? error->message : "You have no drafts: what you typed has been saved or thrown away.");
    return;
  }
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)picker_item_free);
  for (guint i = 0; i < drafts->len; i++) {
    const ClDraft *draft = drafts->pdata[i];
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, draft->id);
    g_autofree char *words = cl_draft_dup_words(app_get_session(app), draft);
    g_autofree char *when = dup_when(app, draft);
    g_ptr_array_add(items, picker_item_new(id, words, when));
  }
  View *picker = picker_view_new(app, "Drafts", picker_source_new_fixed(items), NULL, listed_chosen, NULL);
  picker_view_let_delete(picker, listed_deleted);
  app_push(app, picker);
}
