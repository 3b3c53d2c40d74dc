#include "memo-duplicates-dialog.h"

#include <glib/gi18n.h>

#include "../memo-dialog.h"
#include "memo-unite-dialog.h"
#include "model/memo-duplicates.h"
#include "model/memo-words.h"

#define ROWS_MAX 500 /* best first: more is no list for people */

typedef struct
{
  MemoSession *session;
  GtkWidget *window;
  GtkWidget *stack;
  GtkWidget *list;
  GCancellable *looking;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_cancellable_cancel (dialog->looking);
  g_object_unref (dialog->looking);
  g_object_unref (dialog->session);
  g_free (dialog);
}

static const char *
reason_words (const char *reason)
{
  if (g_str_equal (reason, "text"))
    return _ ("the same text");
  if (g_str_equal (reason, "url"))
    return _ ("the same address");
  if (g_str_equal (reason, "name"))
    return _ ("the same name");
  if (g_str_equal (reason, "title"))
    return _ ("the same title");
  if (g_str_equal (reason, "day"))
    return _ ("the same parties, the same day");
  return _ ("similar titles, the same parties");
}

/* A row whose pair is settled goes. */
static gboolean
settled_cb (gpointer data)
{
  GtkWidget *row = data;
  GtkWidget *list = gtk_widget_get_parent (row);

  if (list)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
  g_object_unref (row);
  return G_SOURCE_REMOVE;
}

static void
row_cb (Dialog *dialog, GtkListBoxRow *row)
{
  MemoDuplicate *duplicate = g_object_get_data (G_OBJECT (row), "memo-duplicate");

  memo_unite_dialog_present (dialog->window, dialog->session, memo_record_get_uuid (duplicate->one),
                             memo_record_get_uuid (duplicate->other), settled_cb, g_object_ref (row));
}

static GtkWidget *
make_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Takes @duplicate. */
static void
add_row (Dialog *dialog, MemoDuplicate *duplicate)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  /* Translators: a kind of record, then what two of them have in common */
  g_autofree char *caption = g_strdup_printf (_ ("%s: %s"), memo_word_record (memo_record_get_kind (duplicate->one)),
                                              reason_words (duplicate->reason));
  GtkWidget *line = make_line (caption, "caption");

  gtk_widget_add_css_class (line, "dim-label");
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), make_line (memo_record_get_title (duplicate->one), NULL));
  gtk_box_append (GTK_BOX (box), make_line (memo_record_get_title (duplicate->other), NULL));
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_margin_end (arrow, 12);
  gtk_box_append (GTK_BOX (outer), box);
  gtk_box_append (GTK_BOX (outer), arrow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), outer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  memo_record_get_title (duplicate->one), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, caption,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "memo-duplicate", duplicate, (GDestroyNotify) memo_duplicate_free);
  gtk_list_box_append (GTK_LIST_BOX (dialog->list), row);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "memo-duplicates");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = memo_library_duplicates_finish (MEMO_LIBRARY (source), result, &error);

  if (!found)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        memo_session_toast (dialog->session, error->message, FALSE);
      return;
    }
  for (guint i = 0; found->len > 0 && i < ROWS_MAX; i++)
    add_row (dialog, g_ptr_array_steal_index (found, 0));
  gtk_stack_set_visible_child_name (GTK_STACK (dialog->stack), "list");
}

static GtkWidget *
make_list (Dialog *dialog)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = adw_status_page_new ();

  dialog->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (dialog->list), GTK_SELECTION_NONE);
  gtk_list_box_set_show_separators (GTK_LIST_BOX (dialog->list), TRUE);
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("No Duplicates"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("No two agreements, articles, bodies or parties look like the same thing."));
  gtk_list_box_set_placeholder (GTK_LIST_BOX (dialog->list), empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Possible Duplicates"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->list);
  g_signal_connect_swapped (dialog->list, "row-activated", G_CALLBACK (row_cb), dialog);
  return scrolled;
}

void
memo_duplicates_dialog_present (GtkWidget *parent, MemoSession *session)
{
  MemoLibrary *library = memo_session_get_library (session);
  GtkWidget *spinner;
  Dialog *dialog;

  if (!library)
    return;
  dialog = g_new0 (Dialog, 1);
  dialog->session = g_object_ref (session);
  dialog->looking = g_cancellable_new ();
  dialog->stack = gtk_stack_new ();
  spinner = gtk_spinner_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (dialog->stack), spinner, "looking");
  gtk_stack_add_named (GTK_STACK (dialog->stack), make_list (dialog), "list");
  dialog->window = memo_dialog_new (parent, _ ("Possible Duplicates"), dialog->stack, NULL, NULL);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-duplicates", dialog, dialog_free);
  /* The search holds the window: closing it has to end the search first. */
  g_signal_connect_object (dialog->window, "unrealize", G_CALLBACK (g_cancellable_cancel), dialog->looking,
                           G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 560, 520);
  gtk_window_present (GTK_WINDOW (dialog->window));
  memo_library_duplicates_async (library, NULL, dialog->looking, found_cb, g_object_ref (dialog->window));
}
