#include "memo-package-row.h"

#include <adwaita.h>

#include "base/memo-text.h"
#include "model/memo-words.h"

#define MOST 500

/* What is being read, for the row. */
typedef struct
{
  GtkWidget *row; /* ref */
  char *first, *now;
  GHashTable *without;
} Offering;

static void
offering_free (Offering *offering)
{
  g_object_unref (offering->row);
  g_free (offering->first);
  g_free (offering->now);
  g_hash_table_unref (offering->without);
  g_free (offering);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offering, offering_free)

static void
packages_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Offering) offering = data;
  g_autoptr (GPtrArray) records = memo_library_load_finish (MEMO_LIBRARY (source), result, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GPtrArray *packages;
  guint selected = 0;

  /* A closed dialog has no root any more. */
  if (!records || !gtk_widget_get_root (offering->row))
    return;
  packages = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (offering->row), "memo-packages", packages, (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (packages, g_strdup (""));
  gtk_string_list_append (list, offering->first);
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = NULL;

      if (!record || g_hash_table_contains (offering->without, memo_record_get_uuid (record)))
        continue;
      title = memo_text_ellipsize (memo_record_get_title (record), 60);
      gtk_string_list_append (list, title);
      if (g_strcmp0 (memo_record_get_uuid (record), offering->now) == 0)
        selected = packages->len;
      g_ptr_array_add (packages, g_strdup (memo_record_get_uuid (record)));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (offering->row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (offering->row), selected);
  gtk_widget_set_sensitive (offering->row, packages->len > 1);
}

static gboolean
contains (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static void
ids_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Offering) offering = data;
  MemoLibrary *library = MEMO_LIBRARY (source);
  g_autoptr (MemoSelection) selection = memo_library_select_finish (library, result, NULL);
  g_autoptr (GArray) ids = NULL;
  gint64 now;

  if (!selection)
    return;
  ids = memo_selection_get_ids (selection, MEMO_KIND_AGREEMENT, MEMO_SORT_TITLE, FALSE);
  if (ids->len > MOST)
    g_array_set_size (ids, MOST);
  /* The one that is chosen stays, whatever it is. */
  now = offering->now ? memo_index_get_id (memo_library_get_index (library), MEMO_KIND_AGREEMENT, offering->now) : 0;
  if (now != 0 && !contains (ids, now))
    g_array_append_val (ids, now);
  memo_library_load_async (library, MEMO_KIND_AGREEMENT, ids, FALSE, NULL, packages_cb, g_steal_pointer (&offering));
}

GtkWidget *
memo_package_row_new (MemoSession *session, const char *first, const char *now, const char *const *without)
{
  GtkWidget *row = adw_combo_row_new ();
  Offering *offering = g_new0 (Offering, 1);
  g_autoptr (MemoFilter) empty = memo_filter_new ();
  g_autoptr (MemoFilter) packages = memo_filter_with (empty, MEMO_FACET_KIND, MEMO_CHOICE_ANY, "package");
  const char *const only[] = { first, NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (only);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), memo_word_field ("package"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  gtk_widget_set_sensitive (row, FALSE);
  offering->row = g_object_ref (row);
  offering->first = g_strdup (first);
  offering->now = g_strdup (now);
  offering->without = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (; *without; without++)
    g_hash_table_add (offering->without, g_strdup (*without));
  memo_library_select_async (memo_session_get_library (session), packages, NULL, ids_cb, offering);
  return row;
}

const char *
memo_package_row_get (GtkWidget *row)
{
  GPtrArray *packages = g_object_get_data (G_OBJECT (row), "memo-packages");
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return packages && selected < packages->len ? g_ptr_array_index (packages, selected) : NULL;
}
