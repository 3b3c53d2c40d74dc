#include "memo-action-private.h"

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-seed.h"
#include "memo-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Parties, bodies, persons and sectors by the names that people know them by, made in the same change where they are new. */

void
memo_draft_init (MemoDraft *self, MemoIndex *index, const char *name, const char *detail)
{
  self->index = index;
  self->change = memo_change_new (name, detail);
  self->made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->reference = NULL;
  self->only_changed = FALSE;
}

MemoChange *
memo_draft_end (MemoDraft *self)
{
  return g_steal_pointer (&self->change);
}

void
memo_draft_clear (MemoDraft *self)
{
  g_clear_pointer (&self->change, memo_change_unref);
  g_clear_pointer (&self->made, g_hash_table_unref);
}

static char *
made_key (MemoKind kind, const char *text)
{
  g_autofree char *key = memo_text_key (text);
  return g_strdup_printf ("%d %s", kind, g_strstrip (key));
}

static MemoRecord *
find_made (MemoDraft *self, MemoKind kind, const char *text)
{
  g_autofree char *key = made_key (kind, text);
  return g_hash_table_lookup (self->made, key);
}

/* Takes @builder. Returns: (transfer full) the new record's UUID. */
static char *
make_record (MemoDraft *self, MemoRecordBuilder *builder, const char *text)
{
  MemoRecord *record = memo_record_builder_end (builder);
  memo_change_insert (self->change, record);
  g_hash_table_insert (self->made, made_key (memo_record_get_kind (record), text), record);
  return g_strdup (memo_record_get_uuid (record));
}

/* "person: Ada" names the kind of a new party. */
static const char *
split_kind (const char *text, const char **ret_kind)
{
  const char *const *kinds = memo_word_get_values (MEMO_PARTY_KIND);
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      gsize length = strlen (kinds[i]);
      if (g_str_has_prefix (text, kinds[i]) && text[length] == ':')
        {
          *ret_kind = kinds[i];
          return text + length + 1;
        }
    }
  return text;
}

const char *
memo_draft_guess_party_kind (const char *name)
{
  static const char *const marks[] = { "ltd",         "inc",     "llc",    "gmbh", "plc",      "corp",
                                       "corporation", "company", "sa",     "s.a.", "as",       "a.s.",
                                       "anonim",      "ooo",     "oao",    "pao",  "ao",       "ооо",
                                       "оао",         "пао",     "зао",    "ао",   "компания", "корпорация",
                                       "şirketi",     "holding", "холдинг" };
  g_autofree char *key = memo_text_key (name);
  g_auto (GStrv) words = g_strsplit_set (key, " ,\"", -1);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *mark = memo_text_key (marks[i]);
      if (g_strv_contains ((const char *const *) words, mark))
        return "company";
    }
  return "organisation";
}

char *
memo_draft_get_party (MemoDraft *self, const char *text, const char *kind, GError **error)
{
  const char *made_kind = kind;
  g_autofree char *name = memo_text_collapse (split_kind (text, &made_kind));
  if (*name == '\0')
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("A party needs a name."));
      return NULL;
    }

  MemoRecord *found = memo_index_find_party (self->index, name);
  if (found == NULL)
    found = find_made (self, MEMO_KIND_PARTY, name);
  if (found != NULL &&
      (g_strcmp0 (kind, "person") != 0 || g_strcmp0 (memo_record_get_text (found, MEMO_PARTY_KIND), "state") != 0))
    return g_strdup (memo_record_get_uuid (found));

  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_PARTY, NULL);
  memo_record_builder_set_text (builder, MEMO_PARTY_NAME, name);
  memo_record_builder_set_text (builder, MEMO_PARTY_KIND, made_kind ? made_kind : memo_draft_guess_party_kind (name));
  return make_record (self, builder, name);
}

static gboolean
is_mixed_case (const char *name)
{
  gboolean upper = FALSE, lower = FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      upper = upper || g_unichar_isupper (c);
      lower = lower || g_unichar_islower (c);
    }
  return upper && lower;
}

/* How many words are written in capitals alone: "Emre İNCESU" has one. */
static guint
count_shouted_words (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  guint n = 0;
  for (guint i = 0; words[i] != NULL; i++)
    n += memo_text_length (words[i]) > 2 && !is_mixed_case (words[i]) && g_unichar_isupper (g_utf8_get_char (words[i]));
  return n;
}

char *
memo_draft_get_person (MemoDraft *self, const char *name, const char *about)
{
  g_autofree char *clean = memo_text_collapse (name);
  char *uuid = memo_draft_get_party (self, clean, "person", NULL);
  MemoRecord *known = uuid ? memo_index_get_record (self->index, MEMO_KIND_PARTY, uuid) : NULL;

  if (uuid == NULL)
    return NULL;
  if (known == NULL)
    {
      /* New in this change: its step is the place to say more about it. */
      GArray *steps = memo_change_get_steps (self->change);
      for (guint i = 0; about != NULL && i < steps->len; i++)
        {
          MemoStep *step = &g_array_index (steps, MemoStep, i);
          if (!g_str_equal (memo_record_get_uuid (step->record), uuid) ||
              memo_record_get_text (step->record, MEMO_PARTY_SUMMARY) != NULL)
            continue;
          MemoRecordBuilder *builder = memo_record_builder_edit (step->record);
          memo_record_builder_set_text (builder, MEMO_PARTY_SUMMARY, about);
          g_object_unref (step->record);
          step->record = memo_record_builder_end (builder);
          g_hash_table_replace (self->made, made_key (MEMO_KIND_PARTY, clean), g_object_ref (step->record));
        }
      return uuid;
    }

  const char *old = memo_record_get_text (known, MEMO_PARTY_NAME);
  g_autofree char *old_key = memo_text_key (old ? old : "");
  g_autofree char *new_key = memo_text_key (clean);
  gboolean rename = g_str_equal (old_key, new_key) && count_shouted_words (clean) < count_shouted_words (old);
  gboolean tell = about != NULL && memo_record_get_text (known, MEMO_PARTY_SUMMARY) == NULL &&
                  g_strcmp0 (memo_record_get_text (known, MEMO_PARTY_KIND), "person") == 0;
  if (rename || tell)
    {
      MemoRecordBuilder *builder = memo_record_builder_edit (known);
      if (rename)
        memo_record_builder_set_text (builder, MEMO_PARTY_NAME, clean);
      if (tell)
        memo_record_builder_set_text (builder, MEMO_PARTY_SUMMARY, about);
      g_autoptr (MemoRecord) changed = memo_record_builder_end (builder);
      memo_change_update (self->change, known, changed);
    }
  return uuid;
}

/* "Name (ACR)" → name and acronym; NULL when there is no acronym. */
static char *
split_acronym (char *name)
{
  char *open = strrchr (name, '(');
  char *close = strrchr (name, ')');
  if (open == NULL || open == name || close == NULL || close[1] != '\0' || close < open + 3)
    return NULL;
  for (const char *p = open + 1; p < close; p = g_utf8_next_char (p))
    if (!g_unichar_isupper (g_utf8_get_char (p)) && *p != '-' && !g_ascii_isdigit (*p))
      return NULL;
  char *acronym = g_strndup (open + 1, close - open - 1);
  *open = '\0';
  g_strchomp (name);
  return acronym;
}

char *
memo_draft_get_body (MemoDraft *self, const char *text, GError **error)
{
  g_autofree char *name = memo_text_collapse (text);
  if (*name == '\0')
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("A body needs a name."));
      return NULL;
    }
  MemoRecord *found = memo_index_find_body (self->index, name);
  g_autofree char *acronym = found ? NULL : split_acronym (name);
  if (found == NULL)
    found = memo_index_find_body (self->index, name);
  if (found == NULL && acronym != NULL)
    found = memo_index_find_body (self->index, acronym);
  if (found == NULL)
    found = find_made (self, MEMO_KIND_BODY, name);
  if (found != NULL)
    return g_strdup (memo_record_get_uuid (found));

  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_BODY, NULL);
  memo_record_builder_set_text (builder, MEMO_BODY_NAME, name);
  memo_record_builder_set_text (builder, MEMO_BODY_ACRONYM, acronym);
  memo_record_builder_set_text (builder, MEMO_BODY_KIND, "commission");
  return make_record (self, builder, name);
}

MemoRecord *
memo_action_find_sector (MemoIndex *index, const char *text)
{
  MemoRecord *found = memo_index_find_sector (index, text);
  const char *code = found ? NULL : memo_seed_find_sector (text);
  return found ? found : code ? memo_index_find_sector (index, code) : NULL;
}

char *
memo_draft_get_sector (MemoDraft *self, const char *text, GError **error)
{
  MemoRecord *found = memo_action_find_sector (self->index, text);
  if (found != NULL)
    return g_strdup (memo_record_get_uuid (found));
  /* Translators: %s is what the user typed. */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no sector “%s” in this library."), text);
  return NULL;
}
