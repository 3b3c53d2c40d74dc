#include "memo-register-edit.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "model/memo-words.h"
#include "ui/details/memo-agreement-dialog.h"
#include "ui/details/memo-agreements-dialog.h"
#include "ui/memo-dialog.h"

typedef void (*Then) (GtkWidget *parent, MemoSession *session, GPtrArray *records, const char *value);

typedef struct
{
  GtkWidget *parent; /* nullable */
  MemoSession *session;
  Then then;
  char *value;
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->parent);
  g_object_unref (load->session);
  g_free (load->value);
  g_free (load);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = memo_library_load_finish (MEMO_LIBRARY (source), result, &error);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  for (guint i = 0; found && i < found->len; i++)
    if (g_ptr_array_index (found, i))
      g_ptr_array_add (records, g_ptr_array_index (found, i));
  if (!found)
    memo_session_toast (load->session, error->message, FALSE);
  else if (records->len > 0)
    load->then (load->parent, load->session, records, load->value);
  load_free (load);
}

static void
load (GtkWidget *parent, MemoSession *session, GArray *ids, Then then, const char *value)
{
  Load *data;

  if (ids->len == 0 || !memo_session_get_library (session))
    return;
  data = g_new (Load, 1);
  *data = (Load){ parent ? g_object_ref (parent) : NULL, g_object_ref (session), then, g_strdup (value) };
  memo_library_load_async (memo_session_get_library (session), MEMO_KIND_AGREEMENT, ids, TRUE, NULL, loaded_cb, data);
}

/* What the change is about, for history: a title, or how many. */
static char *
make_detail (GPtrArray *records)
{
  if (records->len == 1)
    return g_strdup (memo_record_get_title (g_ptr_array_index (records, 0)));
  return g_strdup_printf (ngettext ("%u agreement", "%u agreements", records->len), records->len);
}

static void
trash (GtkWidget *parent, MemoSession *session, GPtrArray *records, const char *value)
{
  g_autofree char *detail = make_detail (records);
  g_autofree char *said =
      g_strdup_printf (ngettext ("%u agreement moved to the trash", "%u agreements moved to the trash", records->len),
                       records->len);
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Move to the trash"), detail);

  for (guint i = 0; i < records->len; i++)
    memo_change_trash (change, g_ptr_array_index (records, i));
  memo_session_apply (session, change, said, NULL, NULL);
}

static void
set_status (GtkWidget *parent, MemoSession *session, GPtrArray *records, const char *status)
{
  g_autofree char *detail = make_detail (records);
  /* Translators: %s is the status of an agreement. */
  g_autofree char *said = g_strdup_printf (_ ("Status: %s"), memo_word_status (status));
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Change status"), detail);

  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *base = g_ptr_array_index (records, i);
      MemoRecordBuilder *builder;
      g_autoptr (MemoRecord) record = NULL;

      if (g_strcmp0 (memo_record_get_text (base, MEMO_AGREEMENT_STATUS), status) == 0)
        continue;
      builder = memo_record_builder_edit (base);
      memo_record_builder_set_text (builder, MEMO_AGREEMENT_STATUS, status);
      record = memo_record_builder_end (builder);
      memo_change_update (change, base, record);
    }
  if (memo_change_get_steps (change)->len > 0)
    memo_session_apply (session, change, said, NULL, NULL);
}

/* Several on the way to their dialog. */
typedef struct
{
  GtkWidget *parent;
  MemoSession *session;
  GPtrArray *records;
} Several;

static void
digested_cb (GObject *index, GAsyncResult *result, gpointer user_data)
{
  Several *several = user_data;
  g_autoptr (MemoDigest) digest = memo_digest_new_finish (result, NULL);
  MemoLibrary *library = memo_session_get_library (several->session);

  /* Unless the window or the library was closed meanwhile. */
  if (digest && gtk_widget_get_root (several->parent) && library &&
      G_OBJECT (memo_library_get_index (library)) == index)
    memo_agreements_dialog_present (several->parent, several->session, several->records, digest);
  g_object_unref (several->parent);
  g_object_unref (several->session);
  g_ptr_array_unref (several->records);
  g_free (several);
}

static void
edit_several (GtkWidget *parent, MemoSession *session, GPtrArray *records)
{
  g_autoptr (GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), records->len);
  Several *several = g_new (Several, 1);

  *several =
      (Several){ g_object_ref (parent), g_object_ref (session), g_ptr_array_new_with_free_func (g_object_unref) };
  for (guint i = 0; i < records->len; i++)
    {
      gint64 id = memo_record_get_id (g_ptr_array_index (records, i));

      g_ptr_array_add (several->records, g_object_ref (g_ptr_array_index (records, i)));
      g_array_append_val (ids, id);
    }
  memo_digest_new_async (memo_library_get_index (memo_session_get_library (session)), ids, NULL, digested_cb, several);
}

static void
edit (GtkWidget *parent, MemoSession *session, GPtrArray *records, const char *value)
{
  if (!gtk_widget_get_root (parent) || !memo_session_get_library (session))
    return;
  if (records->len == 1)
    memo_agreement_dialog_present (parent, session, g_ptr_array_index (records, 0), NULL, -1, -1);
  else
    edit_several (parent, session, records);
}

typedef struct
{
  MemoSession *session;
  MemoRecord *record;
  GtkWidget *window, *entry;
} Rename;

static void
rename_free (gpointer data, GClosure *closure)
{
  Rename *rename = data;

  g_object_unref (rename->session);
  g_object_unref (rename->record);
  g_free (rename);
}

static void
renamed_cb (Rename *rename)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (rename->entry))));

  if (*title && g_strcmp0 (title, memo_record_get_title (rename->record)) != 0)
    {
      MemoRecordBuilder *builder = memo_record_builder_edit (rename->record);
      g_autoptr (MemoChange) change = memo_change_new (N_ ("Rename agreement"), title);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, title);
      record = memo_record_builder_end (builder);
      memo_change_update (change, rename->record, record);
      memo_session_apply (rename->session, change, _ ("Agreement renamed"), NULL, NULL);
    }
  gtk_window_destroy (GTK_WINDOW (rename->window));
}

static void
rename_record (GtkWidget *parent, MemoSession *session, GPtrArray *records, const char *value)
{
  Rename *rename;
  GtkWidget *group, *accept;

  if (!gtk_widget_get_root (parent))
    return;
  rename = g_new0 (Rename, 1);
  rename->session = g_object_ref (session);
  rename->record = g_object_ref (g_ptr_array_index (records, 0));
  group = adw_preferences_group_new ();
  rename->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rename->entry), _ ("Title"));
  gtk_editable_set_text (GTK_EDITABLE (rename->entry), memo_record_get_title (rename->record));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rename->entry);
  gtk_widget_set_margin_top (group, 12);
  gtk_widget_set_margin_bottom (group, 18);
  gtk_widget_set_margin_start (group, 18);
  gtk_widget_set_margin_end (group, 18);
  rename->window = memo_dialog_new (parent, _ ("Rename Agreement"), group, _ ("_Rename"), &accept);
  gtk_window_set_default_size (GTK_WINDOW (rename->window), 480, -1);
  g_signal_connect_data (accept, "clicked", G_CALLBACK (renamed_cb), rename, rename_free, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (rename->entry, "entry-activated", G_CALLBACK (renamed_cb), rename);
  gtk_window_present (GTK_WINDOW (rename->window));
  gtk_widget_grab_focus (rename->entry);
}

void
memo_register_trash (MemoSession *session, GArray *ids)
{
  load (NULL, session, ids, trash, NULL);
}

void
memo_register_set_status (MemoSession *session, GArray *ids, const char *status)
{
  load (NULL, session, ids, set_status, status);
}

void
memo_register_edit (GtkWidget *parent, MemoSession *session, GArray *ids)
{
  load (parent, session, ids, edit, NULL);
}

void
memo_register_rename (GtkWidget *parent, MemoSession *session, gint64 id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  load (parent, session, ids, rename_record, NULL);
}
