#include "memo-article-dialog.h"

#include <glib/gi18n.h>

#include "memo-article-row.h"
#include "ui/memo-dialog.h"

typedef struct
{
  MemoSession *session;
  MemoRecordList *records;
  GtkWidget *window, *entry;
  GCancellable *cancellable;
  char *except;
  MemoArticlePicked picked;
  gpointer user_data;
  GDestroyNotify free_data;
} Picker;

static void
picker_free (gpointer data)
{
  Picker *picker = data;

  g_cancellable_cancel (picker->cancellable);
  g_clear_object (&picker->cancellable);
  g_clear_object (&picker->records);
  g_clear_object (&picker->session);
  if (picker->free_data)
    picker->free_data (picker->user_data);
  g_free (picker->except);
  g_free (picker);
}

static void
selected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoRecordList) records = user_data;
  gint64 except = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (records), "except"));
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = memo_library_select_finish (MEMO_LIBRARY (source), result, &error);
  g_autoptr (GArray) ids = NULL;

  if (selection == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Search for an article: %s", error->message);
      return;
    }
  ids = memo_selection_get_ids (selection, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE);
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == except)
      {
        g_array_remove_index (ids, i);
        break;
      }
  memo_record_list_set_ids (records, ids);
}

static void
search (Picker *picker)
{
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) filter = memo_filter_with_words (all, gtk_editable_get_text (GTK_EDITABLE (picker->entry)));

  g_cancellable_cancel (picker->cancellable);
  g_set_object (&picker->cancellable, NULL);
  picker->cancellable = g_cancellable_new ();
  memo_library_select_async (memo_session_get_library (picker->session), filter, picker->cancellable, selected_cb,
                             g_object_ref (picker->records));
}

static void
activate_cb (Picker *picker, guint position)
{
  g_autoptr (MemoRow) row = g_list_model_get_item (G_LIST_MODEL (picker->records), position);
  MemoRecord *record = row ? memo_row_get_record (row) : NULL;

  if (record == NULL || g_strcmp0 (memo_record_get_uuid (record), picker->except) == 0)
    return;
  picker->picked (memo_record_get_uuid (record), picker->user_data);
  gtk_window_destroy (GTK_WINDOW (picker->window));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Picker *picker)
{
  gtk_list_item_set_child (item, memo_article_row_new (picker->session));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Picker *picker)
{
  memo_article_row_bind (MEMO_ARTICLE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Picker *picker)
{
  memo_article_row_bind (MEMO_ARTICLE_ROW (gtk_list_item_get_child (item)), NULL);
}

void
memo_article_picker_present (GtkWidget *parent,
                             MemoSession *session,
                             const char *title,
                             const char *except,
                             MemoArticlePicked picked,
                             gpointer user_data,
                             GDestroyNotify free_data)
{
  Picker *picker = g_new0 (Picker, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;
  GtkWidget *list;

  picker->session = g_object_ref (session);
  picker->records = memo_record_list_new (memo_session_get_library (session), MEMO_KIND_ARTICLE);
  picker->except = g_strdup (except);
  if (except)
    g_object_set_data (G_OBJECT (picker->records), "except",
                       GSIZE_TO_POINTER (memo_index_get_id (memo_library_get_index (memo_session_get_library (session)),
                                                            MEMO_KIND_ARTICLE, except)));
  picker->picked = picked;
  picker->user_data = user_data;
  picker->free_data = free_data;
  picker->entry = gtk_search_entry_new ();
  g_object_set (picker->entry, "placeholder-text", _ ("Words of the article"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picker->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words of the article"), -1);
  gtk_box_append (GTK_BOX (box), picker->entry);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), picker);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), picker);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), picker);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (picker->records)));
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_widget_add_css_class (list, "memo-article-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Articles"), -1);
  g_signal_connect_swapped (list, "activate", G_CALLBACK (activate_cb), picker);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  picker->window = memo_dialog_new (parent, title, box, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (picker->window), 480, 560);
  g_object_set_data_full (G_OBJECT (picker->window), "memo-picker", picker, picker_free);
  g_signal_connect_swapped (picker->entry, "search-changed", G_CALLBACK (search), picker);
  search (picker);
  gtk_window_present (GTK_WINDOW (picker->window));
  gtk_widget_grab_focus (picker->entry);
}
