/* config.yaml: what may stand in it (one table), what must hold between its parts (names known, ids
 * unique, somebody able to manage users), and the finished configuration. A file with one mistake
 * gives no configuration at all. */
#include <caseload/config.h>

#include <string.h>

#include <caseload/action.h>
#include <caseload/text.h>

#include "config/letter.h"
#include "config/note.h"
#include "config/boards.h"
#include "config/schema.h"
#include "catalogue/kinds.h"
#include "embedded.h"
#include "programme.h"
#include "tracker_types.h"

struct ClConfig {
  char *organisation;
  ClLocale locale;
  int lock_minutes;
  ClScreenDefaults screen;
  GPtrArray *roles, *keys, *programmes, *notes, *letters;
  GHashTable *names; /* permission or action id → name for people */
  ClTrackerTypes *tracker_types;
  gint64 document_bytes; /* at most */
};

#define LOCK_MINUTES 5
#define DOCUMENT_MEGABYTES 50

static const char *const date_orders[] = { "dmy", "mdy", "ymd", NULL };
static const char *const scopes[] = { "own", "site", "all", NULL };

static const ClSetting settings[] = {
  { "", "organisation", CL_SETTING_MAP, .required = TRUE, .help = "who uses the program" },
  { "organisation", "name", CL_SETTING_TEXT, .required = TRUE, .max = 80, .help = "shown in the title line" },
  { "organisation", "date_order", CL_SETTING_CHOICE, .required = TRUE, .choices = date_orders,
    .help = "day, month and year as they are written here" },
  { "organisation", "currency", CL_SETTING_TEXT, .required = TRUE, .help = "three letters such as AUD" },
  { "organisation", "programmes", CL_SETTING_WORDS, .min = 1, .max = 200, .help = "those that are run here, the usual one first" },
  { "organisation", "lock_minutes", CL_SETTING_WHOLE, .min = 0, .max = 120,
    .help = "minutes without a key until the screen locks" },
  { "", "permissions", CL_SETTING_LIST, .max = 500, .help = "the names that people know" },
  { "permissions[]", "name", CL_SETTING_TEXT, .required = TRUE, .max = 80, .help = "as people know it" },
  { "permissions[]", "allows", CL_SETTING_WORDS, .required = TRUE, .min = 1, .max = 500,
    .help = "the actions that it covers" },
  { "", "roles", CL_SETTING_LIST, .required = TRUE, .min = 1, .max = 200, .help = "who may do what" },
  { "roles[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word kept with each user" },
  { "roles[]", "name", CL_SETTING_TEXT, .required = TRUE, .max = 80, .help = "as people know it" },
  { "roles[]", "scope", CL_SETTING_CHOICE, .required = TRUE, .choices = scopes, .help = "whose records it sees" },
  { "roles[]", "may", CL_SETTING_WORDS, .required = TRUE, .min = 1, .max = 500, .help = "what it may do" },
  { "", "screen", CL_SETTING_MAP, .help = "how the screen begins on every machine" },
  { "screen", "screen_reader", CL_SETTING_BOOL, .help = "one column, no boxes, nothing that moves by itself" },
  { "screen", "contrast", CL_SETTING_BOOL, .help = "the terminal's two own colours, bold and reverse" },
  { "screen", "colour", CL_SETTING_BOOL, .help = "colours beside signs and words" },
  { "screen", "ascii", CL_SETTING_BOOL, .help = "lines and charts of ASCII letters" },
  { "screen", "mouse", CL_SETTING_BOOL, .help = "clicks and the wheel" },
  { "screen", "desktop_notices", CL_SETTING_BOOL, .help = "the desktop tells when a bulk action has ended or a notice came" },
  { "screen", "letters", CL_SETTING_BOOL, .help = "letters as commands; else function keys and the palette alone" },
  { "", "documents", CL_SETTING_MAP, .help = "files that are attached" },
  { "documents", "max_megabytes", CL_SETTING_WHOLE, .min = 1, .max = 1000, .help = "how large one may be" },
  { "documents", "types", CL_SETTING_LIST, .min = 1, .max = CL_DOCUMENT_TYPES_MAX, .help = "what documents there are" },
  { "documents.types[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word kept with each document" },
  { "documents.types[]", "label", CL_SETTING_TEXT, .required = TRUE, .max = 60, .help = "what people call it" },
  { "", "notes", CL_SETTING_LIST, .max = 200, .help = "texts to fill comments with" },
  { "notes[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word that stands for it, behind an @" },
  { "notes[]", "label", CL_SETTING_TEXT, .max = 60, .help = "as people know it" },
  { "notes[]", "text", CL_SETTING_TEXT, .required = TRUE, .max = 1000, .help = "what the comment is filled with" },
  { "notes[]", "for", CL_SETTING_WORDS, .max = 50, .help = "the actions it is offered for; none: all" },
  { "", "letters", CL_SETTING_LIST, .max = 100, .help = "letters filled from a person's record" },
  { "letters[]", "id", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "the word that stands for it" },
  { "letters[]", "label", CL_SETTING_TEXT, .max = 60, .help = "as people know it" },
  { "letters[]", "text", CL_SETTING_LINES, .required = TRUE, .max = 8000, .help = "what it says, with {fields} of the person" },
  { "", "boards", CL_SETTING_MAP, .help = "from how many days on cards of a board are marked" },
  { "boards", "claims", CL_SETTING_MAP, .help = "the claims unit's board" },
  { "boards.claims", "ageing", CL_SETTING_WHOLE, .min = 1, .max = 365, .help = "days until a card is marked with +" },
  { "boards.claims", "old", CL_SETTING_WHOLE, .min = 1, .max = 365, .help = "days until it is marked with !" },
  { "boards", "trackers", CL_SETTING_MAP, .help = "the board of trackers" },
  { "boards.trackers", "ageing", CL_SETTING_WHOLE, .min = 1, .max = 365, .help = "days until a card is marked with +" },
  { "boards.trackers", "old", CL_SETTING_WHOLE, .min = 1, .max = 365, .help = "days until it is marked with !" },
  { "", "keys", CL_SETTING_LIST, .max = 500, .help = "keys that differ from the built-in ones" },
  { "keys[]", "scope", CL_SETTING_TEXT, .required = TRUE, .max = 40, .help = "where the key works" },
  { "keys[]", "key", CL_SETTING_TEXT, .required = TRUE, .max = 20, .help = "the key" },
  { "keys[]", "does", CL_SETTING_TEXT, .required = TRUE, .max = 60, .help = "what it does" },
  { NULL }
};

/* ---- ids and wildcards ------------------------------------------------------ */

/* While a file is read. */
typedef struct {
  ClConfig *config;
  ClMistakes *mistakes;
  GPtrArray *ids;      /* const char*: every permission and action */
  GPtrArray *words;    /* const char*: ids, "claim.*" and the file's names: what a mistyped word may mean */
  GHashTable *sets;    /* folded name → GHashTable set of ids */
  gboolean unresolved; /* some word of a role means nothing */
} Reading;

static void add_wildcard(GPtrArray *words, GHashTable *seen, const char *id) {
  const char *dot = strchr(id, '.');
  g_autofree char *word = dot ? g_strdup_printf("%.*s.*", (int)(dot - id), id) : NULL;
  if (word && !g_hash_table_contains(seen, word)) {
    g_hash_table_add(seen, g_strdup(word));
    g_ptr_array_add(words, g_steal_pointer(&word));
  }
}

static void reading_init(Reading *reading, ClConfig *config, ClMistakes *mistakes) {
  *reading = (Reading){ .config = config, .mistakes = mistakes };
  reading->ids = g_ptr_array_new();
  reading->words = g_ptr_array_new_with_free_func(g_free);
  reading->sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  for (const ClPermission *p = cl_permissions(); p->id; p++)
    g_ptr_array_add(reading->ids, (gpointer)p->id);
  for (const ClAction *const *a = cl_actions(); *a; a++)
    g_ptr_array_add(reading->ids, (gpointer)(*a)->id);
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < reading->ids->len; i++) {
    g_ptr_array_add(reading->words, g_strdup(reading->ids->pdata[i]));
    add_wildcard(reading->words, seen, reading->ids->pdata[i]);
  }
}

static void reading_clear(Reading *reading) {
  g_ptr_array_unref(reading->ids);
  g_ptr_array_unref(reading->words);
  g_hash_table_unref(reading->sets);
}

/* Sight that only its own name gives. */
static gboolean is_reserved(const char *id) {
  const ClKind *kind = g_str_has_prefix(id, "view.") ? cl_kind_find(id + strlen("view.")) : NULL;
  return kind && kind->reserved;
}

/* Adds the ids that an id or wildcard stands for. */
static gboolean expand(const Reading *reading, const char *word, GHashTable *into) {
  gsize length = strlen(word);
  gboolean everything = g_str_equal(word, "*"), found = FALSE;
  gboolean group = length > 2 && g_str_has_suffix(word, ".*");
  for (guint i = 0; i < reading->ids->len; i++) {
    const char *id = reading->ids->pdata[i];
    if (everything || g_str_equal(id, word) || (group && !is_reserved(id) && strncmp(id, word, length - 1) == 0)) {
      g_hash_table_add(into, g_strdup(id));
      found = TRUE;
    }
  }
  return found;
}

/* `words`: what it may have been meant to be. */
static void tell_unknown_word(const Reading *reading, const ClTree *entry, const char *what,
                              const GPtrArray *words) {
  g_autoptr(GPtrArray) candidates = g_ptr_array_new();
  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add(candidates, words->pdata[i]);
  g_ptr_array_add(candidates, NULL);
  g_autofree char *hint = cl_schema_hint(entry->text, (const char *const *)candidates->pdata);
  cl_mistakes_add(reading->mistakes, entry->line, entry->column, "“%s” is %s%s", entry->text, what, hint);
}

static GHashTable *set_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- organisation ------------------------------------------------------------ */

static void read_organisation(Reading *reading, const ClTree *organisation) {
  ClConfig *config = reading->config;
  const char *order = cl_tree_get_text(organisation, "date_order");
  const char *currency = cl_tree_get_text(organisation, "currency");
  config->organisation = g_strdup(cl_tree_get_text(organisation, "name"));
  config->locale.order = !g_strcmp0(order, "mdy") ? CL_ORDER_MDY : !g_strcmp0(order, "ymd") ? CL_ORDER_YMD : CL_ORDER_DMY;
  config->lock_minutes = (int)cl_tree_get_whole(organisation, "lock_minutes", LOCK_MINUTES);
  if (!currency)
    return;
  if (strlen(currency) == 3 && strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3) {
    g_strlcpy(config->locale.currency, currency, sizeof config->locale.currency);
  } else {
    const ClTree *at = cl_tree_get(organisation, "currency");
    cl_mistakes_add(reading->mistakes, at->line, at->column,
                    "“currency” should be three capital letters such as AUD, not “%s”", currency);
  }
}

static void read_screen(ClConfig *config, const ClTree *screen) {
  config->screen = (ClScreenDefaults){
    .screen_reader = cl_tree_get_bool(screen, "screen_reader", FALSE),
    .contrast = cl_tree_get_bool(screen, "contrast", FALSE),
    .no_colour = !cl_tree_get_bool(screen, "colour", TRUE),
    .ascii = cl_tree_get_bool(screen, "ascii", FALSE),
    .no_mouse = !cl_tree_get_bool(screen, "mouse", TRUE),
    .desktop_notices = cl_tree_get_bool(screen, "desktop_notices", FALSE),
    .no_letters = !cl_tree_get_bool(screen, "letters", TRUE),
  };
}

/* ---- documents ----------------------------------------------------------------- */

/* The program itself names these. */
static const struct {
  const char *id, *label;
} own_types[] = { { "dma_paperwork", "DMA paperwork" }, { "man", "Mandatory activity notice" }, { "other", "Other" } };

static void add_type(GPtrArray *ids, GPtrArray *labels, const char *id, const char *label) {
  g_ptr_array_add(ids, (gpointer)id);
  g_ptr_array_add(labels, (gpointer)label);
}

static gboolean has_word(const GPtrArray *words, const char *word) {
  for (guint i = 0; i < words->len; i++)
    if (g_str_equal(words->pdata[i], word))
      return TRUE;
  return FALSE;
}

static void read_document_types(const ClTree *list, GPtrArray *ids, GPtrArray *labels, ClMistakes *mistakes) {
  for (guint i = 0; i < cl_tree_size(list); i++) {
    const ClTree *entry = cl_tree_nth(list, i);
    const char *id = cl_tree_get_text(entry, "id"), *label = cl_tree_get_text(entry, "label");
    if (!id || !label)
      continue;
    const ClTree *at = cl_tree_get(entry, "id");
    if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(id))
      cl_mistakes_add(mistakes, at->line, at->column, "the id of a document type is made of small letters, digits and _, not “%s”", id);
    else if (has_word(ids, id))
      cl_mistakes_add(mistakes, at->line, at->column, "a document type with the id “%s” stands above already", id);
    else
      add_type(ids, labels, id, label);
  }
}

/* What the catalogue says of types is what the file says; without any, what the built-in configuration says. */
static void read_documents(ClConfig *config, const ClTree *documents, ClMistakes *mistakes) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new(), labels = g_ptr_array_new();
  const ClTree *list = cl_tree_get_list(documents, "types");
  const ClEmbedded *built_in = list ? NULL : cl_embedded_find("config.yaml");
  g_autoptr(ClMistakes) none = cl_mistakes_new("config.yaml");
  g_autoptr(ClTree) root = built_in ? cl_tree_read(built_in->bytes, built_in->size, none) : NULL;
  read_document_types(list ? list : cl_tree_get_list(cl_tree_get(root, "documents"), "types"), ids, labels, mistakes);
  for (gsize i = 0; i < G_N_ELEMENTS(own_types); i++)
    if (!has_word(ids, own_types[i].id))
      add_type(ids, labels, own_types[i].id, own_types[i].label);
  g_ptr_array_add(ids, NULL);
  g_ptr_array_add(labels, NULL);
  cl_document_kind_set_types((const char *const *)ids->pdata, (const char *const *)labels->pdata);
  config->document_bytes = cl_tree_get_whole(documents, "max_megabytes", DOCUMENT_MEGABYTES) * 1000000;
}

/* ---- permissions -------------------------------------------------------------- */

static void read_permission(Reading *reading, const ClTree *entry) {
  const char *name = cl_tree_get_text(entry, "name");
  const ClTree *allows = cl_tree_get_list(entry, "allows");
  g_autofree char *folded = name ? cl_text_fold(name) : NULL;
  g_autoptr(GHashTable) set = set_new();
  for (guint i = 0; i < cl_tree_size(allows); i++) {
    const ClTree *word = cl_tree_nth(allows, i);
    if (word->type == CL_TREE_TEXT && *word->text && !expand(reading, word->text, set))
      tell_unknown_word(reading, word, "no action or permission", reading->words);
  }
  if (!folded)
    return;
  const ClTree *at = cl_tree_get(entry, "name");
  g_autoptr(GHashTable) same = set_new();
  if (g_hash_table_contains(reading->sets, folded)) {
    cl_mistakes_add(reading->mistakes, at->line, at->column, "a permission named “%s” stands above already", name);
  } else if (expand(reading, name, same)) {
    cl_mistakes_add(reading->mistakes, at->line, at->column,
                    "“%s” is the id of an action or permission; give this another name", name);
  } else {
    g_ptr_array_add(reading->words, g_strdup(name));
    g_hash_table_insert(reading->sets, g_steal_pointer(&folded), g_steal_pointer(&set));
  }
}

/* The name of an id: the first permission that lists it, one that lists it by wildcard, its own label. */
static void name_everything(Reading *reading, const ClTree *permissions) {
  GHashTable *names = reading->config->names;
  for (int wildcards = 0; wildcards <= 1; wildcards++) {
    for (guint i = 0; i < cl_tree_size(permissions); i++) {
      const char *name = cl_tree_get_text(cl_tree_nth(permissions, i), "name");
      const ClTree *allows = cl_tree_get_list(cl_tree_nth(permissions, i), "allows");
      for (guint j = 0; name && j < cl_tree_size(allows); j++) {
        const char *word = cl_tree_nth(allows, j)->text;
        g_autoptr(GHashTable) ids = set_new();
        if (!word || !expand(reading, word, ids) || (strchr(word, '*') != NULL) != wildcards)
          continue;
        GHashTableIter iter;
        gpointer id;
        g_hash_table_iter_init(&iter, ids);
        while (g_hash_table_iter_next(&iter, &id, NULL)) {
          if (!g_hash_table_contains(names, id))
            g_hash_table_insert(names, g_strdup(id), g_strdup(name));
        }
      }
    }
  }
  for (const ClPermission *p = cl_permissions(); p->id; p++) {
    if (!g_hash_table_contains(names, p->id))
      g_hash_table_insert(names, g_strdup(p->id), g_strdup(p->label));
  }
  for (const ClAction *const *a = cl_actions(); *a; a++) {
    if (!g_hash_table_contains(names, (*a)->id))
      g_hash_table_insert(names, g_strdup((*a)->id), g_strdup((*a)->label));
  }
}

/* ---- roles ---------------------------------------------------------------------- */

static void role_free(gpointer data) {
  ClRole *role = data;
  g_free(role->id);
  g_free(role->name);
  g_hash_table_unref(role->may);
  g_free(role);
}

static gboolean same_folded(const char *a, const char *b) {
  g_autofree char *x = cl_text_fold(a), *y = cl_text_fold(b);
  return g_str_equal(x, y);
}

static void check_role_words(Reading *reading, const ClTree *entry, const ClRole *role) {
  const ClTree *id = cl_tree_get(entry, "id"), *name = cl_tree_get(entry, "name");
  if (*role->id && (!g_ascii_islower(*role->id) ||
                    strspn(role->id, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(role->id)))
    cl_mistakes_add(reading->mistakes, id->line, id->column,
                    "a role's id is made of small letters, digits and _, not “%s”", role->id);
  if (strchr(role->name, ','))
    cl_mistakes_add(reading->mistakes, name->line, name->column, "a role's name cannot hold a comma");
  for (guint i = 0; i < reading->config->roles->len; i++) {
    const ClRole *other = g_ptr_array_index(reading->config->roles, i);
    if (*role->id && g_str_equal(other->id, role->id))
      cl_mistakes_add(reading->mistakes, id->line, id->column, "a role with the id “%s” stands above already", role->id);
    if (*role->name && same_folded(other->name, role->name))
      cl_mistakes_add(reading->mistakes, name->line, name->column, "a role named “%s” stands above already", role->name);
    else if (*role->name && same_folded(other->id, role->name))
      cl_mistakes_add(reading->mistakes, name->line, name->column, "“%s” is the id of another role", role->name);
  }
}

static void read_role(Reading *reading, const ClTree *entry) {
  ClRole *role = g_new0(ClRole, 1);
  const char *id = cl_tree_get_text(entry, "id"), *name = cl_tree_get_text(entry, "name");
  const char *scope = cl_tree_get_text(entry, "scope");
  const ClTree *may = cl_tree_get_list(entry, "may");
  role->id = g_strdup(id ? id : "");
  role->name = g_strdup(name ? name : "");
  role->scope = !g_strcmp0(scope, "all") ? CL_SCOPE_ALL : !g_strcmp0(scope, "site") ? CL_SCOPE_SITE : CL_SCOPE_OWN;
  role->may = set_new();
  for (guint i = 0; i < cl_tree_size(may); i++) {
    const ClTree *word = cl_tree_nth(may, i);
    if (word->type != CL_TREE_TEXT || !*word->text)
      continue;
    g_autofree char *folded = cl_text_fold(word->text);
    GHashTable *set = g_hash_table_lookup(reading->sets, folded);
    GHashTableIter iter;
    gpointer permission;
    if (!set && !expand(reading, word->text, role->may)) {
      tell_unknown_word(reading, word, "no permission from above, no action and no permission id",
                        reading->words);
      reading->unresolved = TRUE;
    }
    if (!set)
      continue;
    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &permission, NULL))
      g_hash_table_add(role->may, g_strdup(permission));
  }
  check_role_words(reading, entry, role);
  g_ptr_array_add(reading->config->roles, role);
}

static void check_somebody_administers(const Reading *reading, const ClTree *roles) {
  for (guint i = 0; i < reading->config->roles->len; i++) {
    const ClRole *role = g_ptr_array_index(reading->config->roles, i);
    if (g_hash_table_contains(role->may, "user.admin"))
      return;
  }
  if (cl_tree_size(roles) > 0 && !reading->unresolved)
    cl_mistakes_add(reading->mistakes, roles->key_line, roles->key_column,
                    "no role may “user.admin”, so nobody could add users");
}

/* ---- keys ------------------------------------------------------------------------ */

static void key_free(gpointer data) {
  ClKeyOverride *override = data;
  g_free(override->scope);
  g_free(override->key);
  g_free(override->does);
  g_free(override->place);
  g_free(override);
}

static void read_key(Reading *reading, const ClTree *entry) {
  const char *scope = cl_tree_get_text(entry, "scope"), *key = cl_tree_get_text(entry, "key");
  const char *does = cl_tree_get_text(entry, "does");
  if (does && strchr(does, '.') && !cl_action_find(does))
    tell_unknown_word(reading, cl_tree_get(entry, "does"), "no action", reading->ids);
  if (!scope || !key || !does)
    return;
  const ClTree *at = cl_tree_get(entry, "key");
  for (guint i = 0; i < reading->config->keys->len; i++) {
    const ClKeyOverride *other = g_ptr_array_index(reading->config->keys, i);
    if (g_str_equal(other->scope, scope) && g_str_equal(other->key, key))
      cl_mistakes_add(reading->mistakes, at->line, at->column, "“%s” is set above already for “%s”, to %s", key, scope,
                      other->does);
  }
  ClKeyOverride *override = g_new0(ClKeyOverride, 1);
  *override = (ClKeyOverride){ g_strdup(scope), g_strdup(key), g_strdup(does),
                               cl_mistakes_place(reading->mistakes, at->line, at->column) };
  g_ptr_array_add(reading->config->keys, override);
}

/* ---- the whole --------------------------------------------------------------------- */

static void for_each(Reading *reading, const ClTree *list, void (*read)(Reading *, const ClTree *)) {
  for (guint i = 0; i < cl_tree_size(list); i++) {
    if (cl_tree_nth(list, i)->type == CL_TREE_MAP)
      read(reading, cl_tree_nth(list, i));
  }
}

static void read_settings(ClConfig *config, const ClTree *root, ClMistakes *mistakes) {
  Reading reading;
  reading_init(&reading, config, mistakes);
  const ClTree *permissions = cl_tree_get_list(root, "permissions"), *roles = cl_tree_get_list(root, "roles");
  read_organisation(&reading, cl_tree_get(root, "organisation"));
  read_screen(config, cl_tree_get(root, "screen"));
  cl_config_read_boards(cl_tree_get(root, "boards"), mistakes);
  read_documents(config, cl_tree_get(root, "documents"), mistakes);
  config->notes = cl_notes_read(cl_tree_get_list(root, "notes"), mistakes);
  config->letters = cl_letters_read(cl_tree_get_list(root, "letters"), mistakes);
  for_each(&reading, permissions, read_permission);
  name_everything(&reading, permissions);
  for_each(&reading, roles, read_role);
  check_somebody_administers(&reading, roles);
  for_each(&reading, cl_tree_get_list(root, "keys"), read_key);
  reading_clear(&reading);
}

/* What the catalogue says of types is what the file says. */
static gboolean read_tracker_types(ClConfig *config, const char *path, GPtrArray *mistakes) {
  if (!(config->tracker_types = cl_tracker_types_load(path, mistakes)))
    return FALSE;
  cl_tracker_kind_set_types(config->tracker_types);
  return TRUE;
}

ClConfig *cl_config_load_checked(const char *path, ClConfigCheck check, GPtrArray *mistakes) {
  g_autoptr(ClMistakes) found = cl_mistakes_new(path ? path : "config.yaml");
  g_autoptr(ClConfig) config = g_new0(ClConfig, 1);
  g_autoptr(GPtrArray) others = g_ptr_array_new();
  guint before = mistakes->len;
  const ClEmbedded *built_in = path ? NULL : cl_embedded_find("config.yaml");
  g_autoptr(ClTree) root = built_in ? cl_tree_read(built_in->bytes, built_in->size, found)
                                    : cl_tree_read_file(path ? path : "config.yaml", found);
  g_autofree char *folder = path ? g_path_get_dirname(path) : NULL, *inside = folder ? g_build_filename(folder, "programmes", NULL) : NULL;
  config->roles = g_ptr_array_new_with_free_func(role_free);
  config->keys = g_ptr_array_new_with_free_func(key_free);
  config->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  config->programmes = cl_programmes_read(inside, others);
  if (root) {
    cl_schema_check(settings, root, found);
    read_settings(config, root, found);
    cl_programmes_choose(&config->programmes, cl_tree_get_list(cl_tree_get(root, "organisation"), "programmes"), found);
  }
  cl_mistakes_report(found, mistakes);
  if (check)
    check(config, mistakes);
  g_ptr_array_extend_and_steal(mistakes, g_steal_pointer(&others));
  cl_programmes_put_words(config->programmes);
  gboolean good = read_tracker_types(config, path, mistakes);
  return good && mistakes->len == before ? g_steal_pointer(&config) : NULL;
}

ClConfig *cl_config_load(const char *path, GPtrArray *mistakes) {
  return cl_config_load_checked(path, NULL, mistakes);
}

void cl_config_free(ClConfig *config) {
  if (!config)
    return;
  g_free(config->organisation);
  g_ptr_array_unref(config->roles);
  g_ptr_array_unref(config->keys);
  g_clear_pointer(&config->programmes, g_ptr_array_unref);
  g_clear_pointer(&config->notes, g_ptr_array_unref);
  g_clear_pointer(&config->letters, g_ptr_array_unref);
  g_hash_table_unref(config->names);
  cl_tracker_types_free(config->tracker_types);
  g_free(config);
}

/* share/caseload/ beside the bin/ that the program runs from, wherever the installation was put. */
static char *installed_config(void) {
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *bin = program ? g_path_get_dirname(program) : NULL;
  g_autofree char *prefix = bin ? g_path_get_dirname(bin) : NULL;
  return prefix ? g_build_filename(prefix, "share", "caseload", "config.yaml", NULL) : NULL;
}

char *cl_config_find(const char *given, const char *store_path) {
  if (given)
    return g_strdup(given);
  g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
  if (store_path) {
    g_autofree char *folder = g_path_get_dirname(store_path);
    g_ptr_array_add(places, g_build_filename(folder, "config.yaml", NULL));
  }
  g_ptr_array_add(places, g_build_filename(g_get_user_config_dir(), "caseload", "config.yaml", NULL));
  g_ptr_array_add(places, g_strdup("/etc/caseload/config.yaml"));
  char *installed = installed_config();
  if (installed)
    g_ptr_array_add(places, installed);
  for (const char *const *dir = g_get_system_data_dirs(); *dir; dir++)
    g_ptr_array_add(places, g_build_filename(*dir, "caseload", "config.yaml", NULL));
  for (guint i = 0; i < places->len; i++) {
    if (g_file_test(places->pdata[i], G_FILE_TEST_EXISTS))
      return g_strdup(places->pdata[i]);
  }
  return NULL;
}

/* ---- reading it ----------------------------------------------------------------------- */

const char *cl_config_get_organisation(const ClConfig *config) {
  return config->organisation;
}

const ClLocale *cl_config_get_locale(const ClConfig *config) {
  return &config->locale;
}

const ClScreenDefaults *cl_config_get_screen(const ClConfig *config) {
  return &config->screen;
}

const GPtrArray *cl_config_get_roles(const ClConfig *config) {
  return config->roles;
}

const ClTrackerTypes *cl_config_get_tracker_types(const ClConfig *config) {
  return config->tracker_types;
}

const GPtrArray *cl_config_get_letters(const ClConfig *config) {
  return config->letters;
}

const GPtrArray *cl_config_get_notes(const ClConfig *config) {
  return config->notes;
}

const GPtrArray *cl_config_get_keys(const ClConfig *config) {
  return config->keys;
}

const GPtrArray *cl_config_get_programmes(const ClConfig *config) {
  return config->programmes;
}

const ClProgramme *cl_config_get_programme(const ClConfig *config, const char *id) {
  for (guint i = 0; i < config->programmes->len; i++)
    if (g_str_equal(cl_programme_get_id(config->programmes->pdata[i]), id))
      return config->programmes->pdata[i];
  return NULL;
}

const ClRole *cl_config_get_role(const ClConfig *config, const char *id_or_name) {
  for (guint i = 0; i < config->roles->len; i++) {
    const ClRole *role = g_ptr_array_index(config->roles, i);
    if (g_str_equal(role->id, id_or_name) || same_folded(role->name, id_or_name))
      return role;
  }
  return NULL;
}

const char *cl_config_permission_name(const ClConfig *config, const char *permission_id) {
  const char *name = g_hash_table_lookup(config->names, permission_id);
  return name ? name : permission_id;
}

int cl_config_get_lock_minutes(const ClConfig *config) {
  return config->lock_minutes;
}

gint64 cl_config_get_document_bytes(const ClConfig *config) {
  return config->document_bytes;
}
