#include "memo-action-private.h"

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-words.h"

#include <glib/gi18n.h>

gboolean
memo_action_is_for_many (const char *field)
{
  static const char *const own[] = { "title", "summary", "declared", NULL };

  return !g_strv_contains (own, field);
}

/* @ret_n: how many records @change changes; @ret_one: the last of them. */
static void
count_updates (MemoChange *change, guint *ret_n, MemoRecord **ret_one)
{
  GArray *steps = memo_change_get_steps (change);

  *ret_n = 0;
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, MemoStep, i).op == MEMO_OP_UPDATE)
      {
        *ret_one = g_array_index (steps, MemoStep, i).record;
        ++*ret_n;
      }
}

MemoChange *
memo_action_edit_many (MemoIndex *index,
                       GPtrArray *agreements,
                       const MemoValue *values,
                       guint n_values,
                       guint *ret_changed,
                       GError **error)
{
  g_auto (MemoDraft) draft = { 0 };
  g_autofree char *detail = NULL;
  MemoRecord *one = NULL;
  guint n = 0;

  g_return_val_if_fail (MEMO_IS_INDEX (index) && agreements != NULL, NULL);

  for (guint i = 0; i < n_values; i++)
    if (!memo_action_is_for_many (values[i].field))
      {
        /* Translators: %s is the name of a field, such as “Title”. */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” can be given to one agreement only."),
                     memo_word_field (values[i].field));
        return NULL;
      }
  memo_draft_init (&draft, index, N_ ("Edit agreements"), NULL);
  draft.only_changed = TRUE;
  for (guint i = 0; i < agreements->len; i++)
    {
      MemoRecord *base = g_ptr_array_index (agreements, i);
      g_autoptr (MemoRecord) record = memo_draft_edit (&draft, MEMO_KIND_AGREEMENT, base, values, n_values, error);

      if (record == NULL)
        return NULL;
    }
  count_updates (draft.change, &n, &one);
  detail = n == 1 ? memo_text_ellipsize (memo_record_get_title (one), 80)
                  : g_strdup_printf (ngettext ("%u agreement", "%u agreements", n), n);
  memo_change_set_detail (draft.change, detail);
  if (ret_changed != NULL)
    *ret_changed = n;
  return memo_draft_end (&draft);
}
