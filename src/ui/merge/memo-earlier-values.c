#include "memo-earlier-values.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "model/memo-library-merge.h"
#include "model/memo-value-words.h"
#include "model/memo-words.h"

#define VALUE_LENGTH 300

static void
used_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoSession) session = data;
  g_autoptr (GError) error = NULL;

  if (memo_library_use_earlier_finish (MEMO_LIBRARY (source), result, &error))
    memo_session_toast (session, _ ("The earlier value is back"), TRUE);
  else
    memo_session_toast (session, error->message, FALSE);
}

static void
use_cb (GtkWidget *button, MemoSession *session)
{
  MemoLibrary *library = memo_session_get_library (session);
  const char *uuid = g_object_get_data (G_OBJECT (button), "memo-uuid");
  const gint64 *id = g_object_get_data (G_OBJECT (button), "memo-id");

  gtk_widget_set_sensitive (button, FALSE);
  if (library)
    memo_library_use_earlier_async (library, uuid, *id, NULL, used_cb, g_object_ref (session));
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* "21 November 2026" */
static char *
date_words (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *text = local ? g_date_time_format (local, "%Y-%m-%d") : NULL;
  g_autoptr (MemoDate) date = text ? memo_date_new (text, NULL) : NULL;

  return date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT) : g_strdup ("");
}

static void
add_value (GtkWidget *box, MemoSession *session, MemoRecord *record, MemoEarlier *earlier)
{
  MemoLibrary *library = memo_session_get_library (session);
  MemoField field = memo_kind_find_field (memo_record_get_kind (record), earlier->field);
  g_autofree char *value = memo_value_words (memo_library_get_index (library), field, earlier->value, VALUE_LENGTH);
  g_autofree char *date = date_words (earlier->time);
  /* Translators: name of a field, then the library its value stood in, then since when */
  g_autofree char *caption =
      g_strdup_printf (_ ("%s · %s, %s"), memo_word_field (earlier->field), earlier->origin, date);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Use This"));
  GtkWidget *label = add_label (texts, caption, "caption");

  gtk_widget_add_css_class (label, "dim-label");
  add_label (texts, value[0] ? value : _ ("(empty)"), NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, !memo_library_get_read_only (library));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, caption, -1);
  g_object_set_data_full (G_OBJECT (button), "memo-uuid", g_strdup (memo_record_get_uuid (record)), g_free);
  g_object_set_data_full (G_OBJECT (button), "memo-id", g_memdup2 (&earlier->id, sizeof earlier->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (use_cb), session, 0);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (box), row);
}

GtkWidget *
memo_earlier_values_new (MemoSession *session, MemoRecord *record, GPtrArray *earlier)
{
  GtkWidget *expander = NULL, *box = NULL;

  for (guint i = 0; i < earlier->len; i++)
    {
      if (!memo_action_is_earlier_shown (record, earlier, i))
        continue;
      if (!expander)
        {
          expander = gtk_expander_new (_ ("Earlier Values"));
          box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
          gtk_widget_set_margin_top (box, 6);
          gtk_expander_set_child (GTK_EXPANDER (expander), box);
        }
      add_value (box, session, record, g_ptr_array_index (earlier, i));
    }
  return expander;
}
