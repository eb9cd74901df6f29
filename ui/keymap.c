/* Lookup over the table in bindings.c with the overrides of config.yaml. Small enough for a walk:
 * about a hundred rows a key. */
#include "keymap.h"

#include <caseload/action.h>
#include <string.h>

struct Keymap {
  GArray *bound; /* of BoundKey */
};

static gboolean add_key(BoundKey *bound, Key key) {
  for (guint i = 0; i + 1 < G_N_ELEMENTS(bound->keys); i++) {
    if (bound->keys[i] == key)
      return TRUE;
    if (bound->keys[i] == K_NONE) {
      bound->keys[i] = key;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean remove_key(BoundKey *bound, Key key) {
  for (guint i = 0; i < G_N_ELEMENTS(bound->keys); i++)
    if (bound->keys[i] == key && key != K_NONE) {
      memmove(&bound->keys[i], &bound->keys[i + 1], (G_N_ELEMENTS(bound->keys) - i - 1) * sizeof(Key));
      bound->keys[G_N_ELEMENTS(bound->keys) - 1] = K_NONE;
      return TRUE;
    }
  return FALSE;
}

static gboolean has_key(const BoundKey *bound, Key key) {
  for (guint i = 0; i < G_N_ELEMENTS(bound->keys) && bound->keys[i] != K_NONE; i++)
    if (bound->keys[i] == key)
      return TRUE;
  return FALSE;
}

static BoundKey bound_from_binding(const Binding *binding, GPtrArray *mistakes) {
  BoundKey bound = {.binding = binding,
                    .scope = binding->scope,
                    .verb = binding->verb,
                    .id = binding->id,
                    .label = binding->label,
                    .help = binding->help,
                    .priority = binding->priority};
  g_autofree char *all = g_strconcat(binding->key, " ", binding->twin ? binding->twin : "", NULL);
  g_auto(GStrv) words = g_strsplit(all, " ", -1);
  for (char **word = words; *word; word++) {
    Key key = **word ? key_from_text(*word) : K_NONE;
    if (**word && (key == K_NONE || !add_key(&bound, key)) && mistakes)
      g_ptr_array_add(mistakes, g_strdup_printf("“%s” for %s is not a key.", *word, binding->id));
  }
  return bound;
}

static void report_conflicts(const Keymap *keymap, GPtrArray *mistakes) {
  const BoundKey *v = (const BoundKey *)(gpointer)keymap->bound->data;
  for (guint i = 0; i < keymap->bound->len; i++)
    for (guint j = i + 1; j < keymap->bound->len; j++) {
      if (strcmp(v[i].scope, v[j].scope) != 0)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS(v[i].keys) && v[i].keys[k] != K_NONE; k++)
        if (has_key(&v[j], v[i].keys[k])) {
          g_autofree char *name = key_to_text(v[i].keys[k]);
          g_ptr_array_add(mistakes, g_strdup_printf("In %s the key %s is bound twice: %s and %s.", v[i].scope,
                                                    name, v[i].id, v[j].id));
        }
    }
}

static BoundKey *find_id(Keymap *keymap, const char *scope, const char *id) {
  for (guint i = 0; i < keymap->bound->len; i++) {
    BoundKey *bound = &g_array_index(keymap->bound, BoundKey, i);
    if (strcmp(bound->scope, scope) == 0 && strcmp(bound->id, id) == 0)
      return bound;
  }
  return NULL;
}

static gboolean is_scope(const Keymap *keymap, const char *scope, const char **interned) {
  for (guint i = 0; i < keymap->bound->len; i++) {
    const BoundKey *bound = &g_array_index(keymap->bound, BoundKey, i);
    if (strcmp(bound->scope, scope) == 0) {
      *interned = bound->scope;
      return TRUE;
    }
  }
  return FALSE;
}

/* An override takes the key away from what had it in that scope and puts it first for its new
 * meaning, so that the footer shows it. */
static void apply_override(Keymap *keymap, const ClKeyOverride *override, GPtrArray *mistakes) {
  Key key = key_from_text(override->key);
  const char *scope = NULL;
  const ClAction *action = cl_action_find(override->does);
  char *mistake = NULL;
  if (key == K_NONE)
    mistake = g_strdup_printf("“%s” is not a key.", override->key);
  else if (!is_scope(keymap, override->scope, &scope))
    mistake = g_strdup_printf("There is no screen “%s” to give keys to.", override->scope);
  else if (!action && !find_id(keymap, scope, override->does) && strcmp(override->does, "none") != 0)
    mistake = g_strdup_printf("“%s” is neither a command of %s nor an action.", override->does, scope);
  if (mistake) {
    if (mistakes)
      g_ptr_array_add(mistakes, override->place ? g_strdup_printf("%s: %s", override->place, mistake)
                                                : g_strdup(mistake));
    g_free(mistake);
    return;
  }
  for (guint i = 0; i < keymap->bound->len; i++) {
    BoundKey *bound = &g_array_index(keymap->bound, BoundKey, i);
    if (strcmp(bound->scope, scope) == 0)
      remove_key(bound, key);
  }
  BoundKey *bound = find_id(keymap, scope, override->does);
  if (bound) {
    memmove(&bound->keys[1], &bound->keys[0], (G_N_ELEMENTS(bound->keys) - 2) * sizeof(Key));
    bound->keys[0] = key;
  } else if (action) {
    BoundKey fresh = {.scope = scope,
                      .keys = {key},
                      .action = action->id,
                      .id = action->id,
                      .label = action->label,
                      .help = action->help,
                      .priority = 5};
    g_array_append_val(keymap->bound, fresh);
  }
}

/* Letters and signs are no commands; Space is no letter. */
static void remove_letters(BoundKey *bound) {
  gboolean typing = g_strv_contains(keymap_typing_scopes, bound->scope);
  for (guint i = 0; !typing && bound->keys[i] != K_NONE;)
    if (key_is_text(bound->keys[i]) && bound->keys[i] != ' ')
      remove_key(bound, bound->keys[i]);
    else
      i++;
}

Keymap *keymap_new(const GPtrArray *overrides, gboolean no_letters, GPtrArray *mistakes) {
  Keymap *keymap = g_new0(Keymap, 1);
  keymap->bound = g_array_new(FALSE, TRUE, sizeof(BoundKey));
  for (const Binding *binding = keymap_bindings; binding->scope; binding++) {
    BoundKey bound = bound_from_binding(binding, mistakes);
    if (no_letters)
      remove_letters(&bound);
    g_array_append_val(keymap->bound, bound);
  }
  for (guint i = 0; overrides && i < overrides->len; i++)
    apply_override(keymap, g_ptr_array_index(overrides, i), mistakes);
  if (mistakes)
    report_conflicts(keymap, mistakes);
  return keymap;
}

Keymap *keymap_new_for(const ClConfig *config, GPtrArray *mistakes) {
  return keymap_new(cl_config_get_keys(config), cl_config_get_screen(config)->no_letters, mistakes);
}

void keymap_check(const ClConfig *config, GPtrArray *mistakes) {
  keymap_free(keymap_new_for(config, mistakes));
}

void keymap_free(Keymap *keymap) {
  if (!keymap)
    return;
  g_array_unref(keymap->bound);
  g_free(keymap);
}

gboolean keymap_applies(const BoundKey *bound, const char *scope) {
  if (strcmp(bound->scope, scope) == 0 || strcmp(bound->scope, "global") == 0)
    return TRUE;
  return strcmp(bound->scope, "browse") == 0 && !g_strv_contains(keymap_typing_scopes, scope);
}

static const BoundKey *find_in(const Keymap *keymap, const char *scope, Key key) {
  for (guint i = 0; i < keymap->bound->len; i++) {
    const BoundKey *bound = &g_array_index(keymap->bound, BoundKey, i);
    if (strcmp(bound->scope, scope) == 0 && has_key(bound, key))
      return bound;
  }
  return NULL;
}

const BoundKey *keymap_find(const Keymap *keymap, const char *scope, Key key) {
  const BoundKey *bound = find_in(keymap, scope, key);
  if (!bound && !g_strv_contains(keymap_typing_scopes, scope))
    bound = find_in(keymap, "browse", key);
  return bound ? bound : find_in(keymap, "global", key);
}

Key keymap_shown_key(const Keymap *keymap, const char *scope, const BoundKey *bound) {
  for (guint i = 0; i < G_N_ELEMENTS(bound->keys) && bound->keys[i] != K_NONE; i++)
    if (keymap_find(keymap, scope, bound->keys[i]) == bound)
      return bound->keys[i];
  return K_NONE;
}

char *keymap_dup_keys(const Keymap *keymap, const char *scope, const BoundKey *bound) {
  BoundKey reached = *bound;
  gsize n = 0;
  memset(reached.keys, 0, sizeof reached.keys);
  for (guint i = 0; i < G_N_ELEMENTS(bound->keys) && bound->keys[i] != K_NONE; i++)
    if (keymap_find(keymap, scope, bound->keys[i]) == bound)
      reached.keys[n++] = bound->keys[i];
  return bound_key_dup_keys(&reached);
}

const BoundKey *keymap_next(const Keymap *keymap, gsize *position) {
  if (*position >= keymap->bound->len)
    return NULL;
  return &g_array_index(keymap->bound, BoundKey, (*position)++);
}

const BoundKey *keymap_find_verb(const Keymap *keymap, const char *scope, Verb verb) {
  const BoundKey *found = NULL;
  for (guint i = 0; i < keymap->bound->len; i++) {
    const BoundKey *bound = &g_array_index(keymap->bound, BoundKey, i);
    if (bound->verb == verb && keymap_applies(bound, scope) && (!found || strcmp(bound->scope, scope) == 0))
      found = bound;
  }
  return found;
}

char *keymap_key_for(const Keymap *keymap, const char *scope, Verb verb) {
  const BoundKey *found = NULL;
  for (guint i = 0; i < keymap->bound->len; i++) {
    const BoundKey *bound = &g_array_index(keymap->bound, BoundKey, i);
    if (bound->verb != verb || bound->keys[0] == K_NONE || !keymap_applies(bound, scope))
      continue;
    if (!found || strcmp(bound->scope, scope) == 0)
      found = bound;
    if (strcmp(bound->scope, scope) == 0)
      break;
  }
  return found ? key_to_text(found->keys[0]) : g_strdup("");
}

char *bound_key_dup_keys(const BoundKey *bound) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(bound->keys) && bound->keys[i] != K_NONE; i++) {
    g_autofree char *name = key_to_text(bound->keys[i]);
    g_string_append_printf(text, "%s%s", i ? " " : "", name);
  }
  return g_string_free(text, FALSE);
}
