#include "memo-export-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "export/memo-export.h"
#include "memo-compat.h"
#include "memo-dialog.h"

static const char *const languages[] = { NULL, "en", "tr", "ru" };

typedef enum
{
  SCOPE_FILTERED,
  SCOPE_ALL,
  SCOPE_SHOWN
} Scope;

typedef struct
{
  MemoSession *session;
  MemoWorkBar *work_bar;
  GtkWidget *parent;
  GtkWidget *window;
  GtkWidget *scope, *format, *group, *kind, *language;
  char *article; /* the shown article, when it is one */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_object_unref (dialog->work_bar);
  g_object_unref (dialog->parent);
  g_free (dialog->article);
  g_free (dialog);
}

typedef struct
{
  MemoSession *session;
  MemoWorkBar *work_bar;
  GCancellable *work;
  GFile *file;
  MemoFilter *filter;
  MemoExportOptions options;
} Export;

static void
export_free (Export *export)
{
  if (export->work)
    memo_work_bar_end (export->work_bar, export->work);
  g_clear_object (&export->work);
  g_object_unref (export->session);
  g_object_unref (export->work_bar);
  g_clear_object (&export->file);
  g_object_unref (export->filter);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *text = NULL;

  if (memo_export_file_finish (MEMO_LIBRARY (source), result, &error))
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_ ("Exported to “%s”"), name);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("The export was cancelled; nothing was written."));
  else
    text = g_strdup (error->message);
  memo_session_toast (export->session, text, FALSE);
}

static void
selected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = memo_library_select_finish (MEMO_LIBRARY (source), result, &error);
  Export *kept = export;

  if (!selection)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        memo_session_toast (export->session, error->message, FALSE);
      return;
    }
  export = NULL;
  memo_export_file_async (MEMO_LIBRARY (source), selection, kept->file, &kept->options, kept->work, written_cb, kept);
}

static void
file_cb (GPtrArray *files, gpointer data)
{
  g_autoptr (Export) export = data;
  MemoLibrary *library = memo_session_get_library (export->session);
  Export *kept = export;

  if (!files || !library)
    return;
  export = NULL;
  kept->file = g_object_ref (g_ptr_array_index (files, 0));
  kept->work = memo_work_bar_begin (kept->work_bar, _ ("Exporting…"));
  memo_library_select_async (library, kept->filter, kept->work, selected_cb, kept);
}

static void
export_cb (GtkWidget *button, Dialog *dialog)
{
  const MemoExportFormat *formats = memo_export_get_formats (NULL);
  const MemoExportFormat *format = &formats[adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->format))];
  Scope scope = adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->scope));
  Export *export = g_new0 (Export, 1);
  g_autofree char *pattern = g_strdup_printf ("*.%s", format->extension);
  /* Translators: proposed name of an exported file, without what follows the point. */
  g_autofree char *name = g_strdup_printf ("%s.%s", _ ("Export"), format->extension);
  const char *globs[] = { pattern, NULL };
  const MemoFilePattern patterns[] = { { _ (format->title), globs }, { NULL } };

  export->session = g_object_ref (dialog->session);
  export->work_bar = g_object_ref (dialog->work_bar);
  if (scope == SCOPE_FILTERED)
    export->filter = g_object_ref (memo_session_get_filter (dialog->session));
  else
    export->filter = memo_filter_new ();
  if (scope == SCOPE_SHOWN)
    {
      MemoFilter *one = memo_filter_with (export->filter, MEMO_FACET_SOURCE, MEMO_CHOICE_ANY, dialog->article);

      g_object_unref (export->filter);
      export->filter = one;
    }
  export->options.format = format->name;
  export->options.kind =
      adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->kind)) == 0 ? MEMO_KIND_AGREEMENT : MEMO_KIND_ANNOTATION;
  export->options.group = adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->group));
  export->options.language = languages[adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->language))];
  memo_compat_choose_file (dialog->parent, MEMO_CHOOSE_SAVE, _ ("Export"), _ ("_Export"), patterns, name, file_cb,
                           export);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

/* What the format has no use for is not asked. */
static void
format_cb (Dialog *dialog)
{
  const MemoExportFormat *formats = memo_export_get_formats (NULL);
  const char *name = formats[adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->format))].name;
  gboolean csv = g_str_equal (name, "csv");

  gtk_widget_set_visible (dialog->kind, csv);
  gtk_widget_set_visible (dialog->group, !csv && !g_str_equal (name, "json"));
}

static GtkWidget *
make_row (GtkWidget *group, const char *title, const char *const *values)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (values);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
make_scope (Dialog *dialog, GtkWidget *group)
{
  MemoLibrary *library = memo_session_get_library (dialog->session);
  MemoIndex *index = memo_library_get_index (library);
  const char *shown = memo_session_get_shown (dialog->session);
  const char *values[] = { _ ("What the Filter Shows"), _ ("The Whole Library"), NULL, NULL };

  if (shown && memo_index_get_id (index, MEMO_KIND_ARTICLE, shown))
    {
      dialog->article = g_strdup (shown);
      values[2] = _ ("The Selected Article");
    }
  return make_row (group, _ ("What"), values);
}

void
memo_export_dialog_present (GtkWidget *parent, MemoSession *session, MemoWorkBar *work_bar)
{
  const char *groups[] = { _ ("By Article"), _ ("By Sector"), _ ("By Agreement"), NULL };
  const char *kinds[] = { _ ("Agreements"), _ ("Annotations"), NULL };
  const char *names[] = { _ ("Like the Interface"), memo_language_own_name ("en"), memo_language_own_name ("tr"),
                          memo_language_own_name ("ru"), NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) titles = NULL;
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  Dialog *dialog;
  GtkWidget *button;
  guint n = 0;
  const MemoExportFormat *formats = memo_export_get_formats (&n);

  if (!memo_session_get_library (session))
    return;
  for (guint i = 0; i < n; i++)
    g_strv_builder_add (builder, _ (formats[i].title));
  titles = g_strv_builder_end (builder);

  dialog = g_new0 (Dialog, 1);
  dialog->session = g_object_ref (session);
  dialog->work_bar = g_object_ref (work_bar);
  dialog->parent = g_object_ref (parent);
  dialog->scope = make_scope (dialog, group);
  dialog->format = make_row (group, _ ("Format"), (const char *const *) titles);
  dialog->group = make_row (group, _ ("Grouped"), groups);
  dialog->kind = make_row (group, _ ("Rows"), kinds);
  dialog->language = make_row (group, _ ("Language of Headings and Dates"), names);
  format_cb (dialog);
  g_signal_connect_swapped (dialog->format, "notify::selected", G_CALLBACK (format_cb), dialog);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  dialog->window = memo_dialog_new (parent, _ ("Export"), page, _ ("_Export…"), &button);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-dialog", dialog, dialog_free);
  g_signal_connect (button, "clicked", G_CALLBACK (export_cb), dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 500, 420);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->scope);
}
