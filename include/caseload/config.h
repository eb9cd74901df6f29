/* config.yaml: the organisation, its locale, its roles, its keys. Read with libyaml events
 * into a small tree that is checked against one table; all mistakes are reported at once,
 * each as "file:line:column: sentence", and nothing starts half-configured. */
#pragma once

#include "error.h"
#include "types.h"
#include "value.h"

typedef enum { CL_SCOPE_OWN, CL_SCOPE_SITE, CL_SCOPE_ALL } ClScope;

typedef struct {
  char *id;   /* "caseworker" */
  char *name; /* "Caseworker" */
  ClScope scope;
  GHashTable *may; /* set of action and permission ids, wildcards already expanded */
} ClRole;

/* A key override: scope "list", "global" …, key "F4" or "x", verb or action id; `place` is where it
 * stands, "config.yaml:12:10", for mistakes that only the screen can see. */
typedef struct {
  char *scope, *key, *does, *place;
} ClKeyOverride;

/* How the screen begins; each person can choose otherwise (but for `no_letters`). */
typedef struct {
  gboolean screen_reader, contrast, no_colour, ascii, no_mouse, desktop_notices;
  gboolean no_letters; /* letters are no commands: function keys, control keys and the palette are */
} ClScreenDefaults;

/* A text that a comment can be filled with. In a comment "@" and its id stand for it. */
typedef struct {
  char *id, *label, *text;
  char **actions; /* ids of the actions it is for; none: all */
} ClNote;

/* A letter that is filled from a person's record. */
typedef struct {
  char *id, *label;
  char *text; /* with {given_name} and other fields of the person, {today}, {organisation}, {user} */
} ClLetter;

/* Permissions beside the actions. `cl_permissions()` ends with id NULL. */
typedef struct {
  const char *id;    /* "view.claims", "bulk", "run.undo", "export", "import", "user.admin" */
  const char *label; /* default name for people */
} ClPermission;
const ClPermission *cl_permissions(void);

/* Reads a file. On mistakes returns NULL and appends one line each to `mistakes`
 * (GPtrArray of char*, free func g_free). `path` NULL reads the built-in configuration. */
ClConfig *cl_config_load(const char *path, GPtrArray *mistakes);
/* The same; `check` is asked about the keys (cl_config_get_keys(), cl_config_get_screen()) of a file that may have
 * other mistakes as well, and adds those that only the screen can see, so that all are told at once. */
typedef void (*ClConfigCheck)(const ClConfig *config, GPtrArray *mistakes);
ClConfig *cl_config_load_checked(const char *path, ClConfigCheck check, GPtrArray *mistakes);
/* Where config.yaml is: `given` (from --config or CASELOAD_CONFIG) if not NULL, else beside the store,
 * else $XDG_CONFIG_HOME/caseload/, else /etc/caseload/, else the one installed with this program, else that of
 * another installation ($XDG_DATA_DIRS), else NULL = built in. The caller frees. */
char *cl_config_find(const char *given, const char *store_path);
/* Frees it; no session may use it any more. NULL is fine. */
void cl_config_free(ClConfig *config);

/* What the organisation is called. Borrowed. */
const char *cl_config_get_organisation(const ClConfig *config);
/* Date order and currency. Borrowed. */
const ClLocale *cl_config_get_locale(const ClConfig *config);
/* How the screen begins unless somebody chose otherwise. Borrowed. */
const ClScreenDefaults *cl_config_get_screen(const ClConfig *config);
/* GPtrArray of ClRole*, GPtrArray of ClKeyOverride*: borrowed. */
const GPtrArray *cl_config_get_roles(const ClConfig *config);
/* Keys that the configuration changes. Borrowed. */
const GPtrArray *cl_config_get_keys(const ClConfig *config);
/* Note templates: ClNote*, borrowed. */
const GPtrArray *cl_config_get_notes(const ClConfig *config);
/* Letter templates: ClLetter*, borrowed; one of them, or NULL. */
const GPtrArray *cl_config_get_letters(const ClConfig *config);
const ClLetter *cl_config_get_letter(const ClConfig *config, const char *id);
/* The next {field} of a letter: where it begins, its name (to free), *text behind it. FALSE at the end. */
gboolean cl_letter_next(const char **text, const char **begin, char **field);
/* Is it a word of the letter's own ({today}, {organisation}, {user}), no field of the person? */
gboolean cl_letter_is_word(const char *field);
/* Is it offered for the comment of this action? */
gboolean cl_note_is_for(const ClNote *note, const char *action);
/* The text that "@id" stands for; NULL when `typed` is nothing of the kind. Borrowed. */
const char *cl_config_note_text(const ClConfig *config, const char *typed);
/* NULL when there is no such role. Borrowed. */
const ClRole *cl_config_get_role(const ClConfig *config, const char *id_or_name);
/* The name people know: "Can mark claim as non payable". Falls back to the action's label or
 * the permission's default label; never NULL. Borrowed. */
const char *cl_config_permission_name(const ClConfig *config, const char *permission_id);
/* Minutes without a key until the screen locks; 0 = never. */
int cl_config_get_lock_minutes(const ClConfig *config);
/* How many bytes a document may have. */
gint64 cl_config_get_document_bytes(const ClConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClConfig, cl_config_free)
