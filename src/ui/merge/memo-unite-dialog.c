#include "memo-unite-dialog.h"

#include <glib/gi18n.h>

#include "../memo-compat.h"
#include "../memo-dialog.h"
#include "model/memo-duplicates.h"
#include "model/memo-value-words.h"
#include "model/memo-words.h"

#define VALUE_LENGTH 300

typedef struct
{
  GtkWidget *parent;
  MemoSession *session;
  MemoRecord *one, *other; /* @other goes into @one */
  GtkWidget *window;
  GPtrArray *choices; /* GtkCheckButton of the other's value, data "memo-field" */
  GSourceFunc done;
  gpointer done_data;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->parent);
  g_object_unref (dialog->session);
  g_clear_object (&dialog->one);
  g_clear_object (&dialog->other);
  g_ptr_array_unref (dialog->choices);
  g_free (dialog);
}

static void
finish (Dialog *dialog)
{
  if (dialog->done)
    dialog->done (dialog->done_data);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static void
united_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "memo-unite");
  g_autoptr (GError) error = NULL;

  if (!memo_library_unite_finish (MEMO_LIBRARY (source), result, &error))
    {
      memo_session_toast (dialog->session, error->message, FALSE);
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  memo_session_toast (dialog->session, _ ("The two are one now"), TRUE);
  memo_session_show (dialog->session, memo_record_get_uuid (dialog->one));
  finish (dialog);
}

static void
unite_cb (GtkWidget *button, Dialog *dialog)
{
  MemoLibrary *library = memo_session_get_library (dialog->session);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) take = NULL;

  if (!library)
    return;
  for (guint i = 0; i < dialog->choices->len; i++)
    {
      GtkWidget *choice = g_ptr_array_index (dialog->choices, i);

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)))
        g_strv_builder_add (builder, g_object_get_data (G_OBJECT (choice), "memo-field"));
    }
  take = g_strv_builder_end (builder);
  gtk_widget_set_sensitive (dialog->window, FALSE);
  memo_library_unite_async (library, memo_record_get_uuid (dialog->other), memo_record_get_uuid (dialog->one),
                            (const char *const *) take, NULL, united_cb, g_object_ref (dialog->window));
}

static void
apart_cb (GtkWidget *button, Dialog *dialog)
{
  MemoLibrary *library = memo_session_get_library (dialog->session);

  if (!library)
    return;
  memo_library_keep_apart (library, memo_record_get_uuid (dialog->one), memo_record_get_uuid (dialog->other));
  finish (dialog);
}

static GtkWidget *
make_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_choice (const char *text, const char *field)
{
  GtkWidget *choice = gtk_check_button_new ();
  GtkWidget *label = make_label (text, FALSE);
  /* Translators: name of a field, then one of its values */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), memo_word_field (field), text);

  gtk_widget_set_valign (choice, GTK_ALIGN_START);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return choice;
}

/* What a person can compare and choose. */
static gboolean
is_shown (MemoField field)
{
  switch ((int) field)
    {
    case MEMO_ARTICLE_BLOCKS:
    case MEMO_ARTICLE_TEXT:
    case MEMO_ARTICLE_SHA256:
    case MEMO_ARTICLE_ORIGINAL:
    case MEMO_ARTICLE_MEDIA_TYPE:
    case MEMO_ARTICLE_FILE:
    case MEMO_ARTICLE_BYLINE:
    case MEMO_ARTICLE_WORK:
    case MEMO_ARTICLE_VERSIONS:
    case MEMO_ARTICLE_REFERENCES:
    case MEMO_ARTICLE_BIOGRAPHIES:
    case MEMO_AGREEMENT_ROLES:
    case MEMO_AGREEMENT_PACKAGE:
      return FALSE;
    default:
      return TRUE;
    }
}

/* One field: a choice where both have another value, else what it will be. */
static void
add_field (Dialog *dialog, GtkWidget *grid, int *row, MemoField field)
{
  MemoIndex *index = memo_library_get_index (memo_session_get_library (dialog->session));
  const MemoFieldInfo *info = memo_field_get_info (field);
  g_autofree char *ours = memo_record_dup_stored (dialog->one, field);
  g_autofree char *theirs = memo_record_dup_stored (dialog->other, field);
  g_autofree char *our_words = memo_value_words (index, field, ours, VALUE_LENGTH);
  g_autofree char *their_words = memo_value_words (index, field, theirs, VALUE_LENGTH);
  GtkWidget *label;

  if ((!ours && !theirs) || !is_shown (field))
    return;
  label = make_label (memo_word_field (info->name), TRUE);
  gtk_widget_set_margin_top (label, 3);
  gtk_grid_attach (GTK_GRID (grid), label, 0, *row, 1, 1);
  if (!ours || !theirs || g_str_equal (our_words, their_words))
    gtk_grid_attach (GTK_GRID (grid), make_label (ours ? our_words : their_words, FALSE), 1, *row, 2, 1);
  else if (info->type == MEMO_FIELD_TEXTS || info->type == MEMO_FIELD_REFS)
    {
      gtk_grid_attach (GTK_GRID (grid), make_label (our_words, FALSE), 1, *row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), make_label (their_words, FALSE), 2, *row, 1, 1);
    }
  else
    {
      GtkWidget *one = make_choice (our_words, info->name), *other = make_choice (their_words, info->name);

      gtk_check_button_set_group (GTK_CHECK_BUTTON (other), GTK_CHECK_BUTTON (one));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (one), TRUE);
      g_object_set_data (G_OBJECT (other), "memo-field", (gpointer) info->name);
      g_ptr_array_add (dialog->choices, other);
      gtk_grid_attach (GTK_GRID (grid), one, 1, *row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), other, 2, *row, 1, 1);
    }
  ++*row;
}

static void
fill (Dialog *dialog, GtkWidget *box)
{
  MemoKind kind = memo_record_get_kind (dialog->one);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *apart = gtk_button_new_with_mnemonic (_ ("_Not Duplicates"));
  GtkWidget *note = make_label (
      _ ("Lists are joined, gaps are filled. Whatever refers to one of the two refers to the one that stays; the other "
         "goes to the trash."),
      TRUE);
  int row = 0;
  guint n;

  memo_kind_get_fields (kind, &n);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), FALSE);
  for (guint i = 0; i < n; i++)
    add_field (dialog, grid, &row, MEMO_FIELD (kind, i));
  gtk_widget_set_halign (apart, GTK_ALIGN_START);
  g_signal_connect (apart, "clicked", G_CALLBACK (apart_cb), dialog);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), apart);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "memo-unite");
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);

  if (!gtk_widget_get_root (window) || !memo_session_get_library (dialog->session))
    return;
  if (!record)
    {
      memo_session_toast (dialog->session, error->message, FALSE);
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  if (!dialog->one)
    {
      const char *other = g_object_get_data (G_OBJECT (window), "memo-other");

      dialog->one = g_steal_pointer (&record);
      memo_library_get_async (MEMO_LIBRARY (source), other, FALSE, NULL, loaded_cb, g_object_ref (window));
      return;
    }
  dialog->other = g_steal_pointer (&record);
  fill (dialog, g_object_get_data (G_OBJECT (window), "memo-box"));
}

void
memo_unite_dialog_present (GtkWidget *parent,
                           MemoSession *session,
                           const char *uuid,
                           const char *other_uuid,
                           GSourceFunc done,
                           gpointer data)
{
  MemoLibrary *library = memo_session_get_library (session);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button;
  Dialog *dialog;

  if (!library)
    {
      g_object_ref_sink (scrolled);
      g_object_unref (scrolled);
      return;
    }
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);

  dialog = g_new0 (Dialog, 1);
  dialog->parent = g_object_ref (parent);
  dialog->session = g_object_ref (session);
  dialog->choices = g_ptr_array_new ();
  dialog->done = done;
  dialog->done_data = data;
  dialog->window = memo_dialog_new (parent, _ ("Merge Into One"), scrolled, _ ("_Merge Into One"), &button);
  g_object_set_data (G_OBJECT (dialog->window), "memo-box", box);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-other", g_strdup (other_uuid), g_free);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-unite", dialog, dialog_free);
  g_signal_connect (button, "clicked", G_CALLBACK (unite_cb), dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 760, 560);
  gtk_window_set_focus (GTK_WINDOW (dialog->window), button);
  gtk_window_present (GTK_WINDOW (dialog->window));
  memo_library_get_async (library, uuid, FALSE, NULL, loaded_cb, g_object_ref (dialog->window));
}
