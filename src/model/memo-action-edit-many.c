#include "memo-action-private.h"

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-words.h"

#include <glib/gi18n.h>

gboolean
memo_action_is_for_many (const char *field)
{
  switch (memo_draft_find_field (MEMO_KIND_AGREEMENT, field))
    {
    case MEMO_AGREEMENT_TITLE:
    case MEMO_AGREEMENT_SUMMARY:
    case MEMO_AGREEMENT_DECLARED:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Whether the steps of @change from @first on say something of an agreement, be it only in the history of its status. */
static gboolean
has_step (MemoChange *change, guint first)
{
  GArray *steps = memo_change_get_steps (change);

  for (guint i = first; i < steps->len; i++)
    {
      MemoKind kind = memo_record_get_kind (g_array_index (steps, MemoStep, i).record);

      if (kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_FOLLOW_UP)
        return TRUE;
    }
  return FALSE;
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
  MemoRecord *one = NULL; /* the last that is changed */
  guint n = 0;

  g_return_val_if_fail (MEMO_IS_INDEX (index) && agreements != NULL, NULL);

  for (guint i = 0; i < n_values; i++)
    if (!memo_action_is_for_many (values[i].field))
      {
        /* Translators: %s is the name of a field, such as “Title”. */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” can be given to one agreement only."),
                     memo_word_field (
                         memo_field_get_info (memo_draft_find_field (MEMO_KIND_AGREEMENT, values[i].field))->name));
        return NULL;
      }
  memo_draft_init (&draft, index, N_ ("Edit agreements"), NULL);
  draft.only_changed = TRUE;
  for (guint i = 0; i < agreements->len; i++)
    {
      MemoRecord *base = g_ptr_array_index (agreements, i);
      guint first = memo_change_get_steps (draft.change)->len;
      g_autoptr (MemoRecord) record = memo_draft_edit (&draft, MEMO_KIND_AGREEMENT, base, values, n_values, error);

      if (record == NULL)
        return NULL;
      if (!has_step (draft.change, first))
        continue;
      one = base;
      n++;
    }
  detail = n == 1 ? memo_text_ellipsize (memo_record_get_title (one), 80)
                  : g_strdup_printf (ngettext ("%u agreement", "%u agreements", n), n);
  memo_change_set_detail (draft.change, detail);
  if (ret_changed != NULL)
    *ret_changed = n;
  return memo_draft_end (&draft);
}
