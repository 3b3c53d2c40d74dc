#include "memo-agreements-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "memo-choice-entry.h"
#include "memo-form.h"
#include "memo-package-row.h"
#include "memo-value-checks.h"
#include "model/memo-words.h"
#include "model/memo-worker.h"
#include "ui/memo-dialog.h"

/* What can be taken away, and how the actions name it. */
static const struct
{
  MemoFacet facet;
  const char *field, *title;
} away[] = {
  { MEMO_FACET_PARTY, "remove_party", N_ ("Take away parties") },
  { MEMO_FACET_SECTOR, "remove_sector", N_ ("Take away sectors") },
  { MEMO_FACET_TAG, "remove_tag", N_ ("Take away tags") },
};

typedef struct
{
  MemoSession *session;
  GPtrArray *agreements;
  GCancellable *saving;

  GtkWidget *window;
  GtkWidget *error;
  GtkWidget *status, *kind, *body, *package;
  GtkWidget *parties, *sectors, *tags;
  GtkWidget *away[G_N_ELEMENTS (away)]; /* nullable: there is nothing to take away */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_ptr_array_unref (dialog->agreements);
  g_object_unref (dialog->saving);
  g_free (dialog);
}

static MemoIndex *
get_index (Dialog *dialog)
{
  return memo_library_get_index (memo_session_get_library (dialog->session));
}

/* What is empty is not said: it stays as it is. */
static void
add_some (GArray *values, const char *field, GStrv texts)
{
  if (texts[0])
    memo_form_add_many (values, field, (const char *const *) texts);
}

static GArray *
gather (Dialog *dialog)
{
  GArray *values = memo_form_values_new ();
  const char *status = memo_form_choice_get (dialog->status, MEMO_AGREEMENT_STATUS);
  const char *kind = memo_form_choice_get (dialog->kind, MEMO_AGREEMENT_KIND);
  const char *package = memo_package_row_get (dialog->package);
  g_auto (GStrv) body = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (dialog->body));
  g_auto (GStrv) parties = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (dialog->parties));
  g_auto (GStrv) sectors = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (dialog->sectors));
  g_auto (GStrv) tags = memo_form_split (gtk_editable_get_text (GTK_EDITABLE (dialog->tags)));

  if (status)
    memo_form_add (values, "status", status);
  if (kind)
    memo_form_add (values, "kind", kind);
  if (package && *package)
    memo_form_add (values, "package", package);
  add_some (values, "body", body);
  for (guint i = 0; i < G_N_ELEMENTS (away); i++)
    {
      g_auto (GStrv) ticked = dialog->away[i] ? memo_value_checks_dup_values (dialog->away[i]) : NULL;

      if (ticked)
        add_some (values, away[i].field, ticked);
    }
  add_some (values, "add_party", parties);
  add_some (values, "add_sector", sectors);
  add_some (values, "add_tag", tags);
  return values;
}

/* All of a large register may be selected: the change is made in a thread. */
typedef struct
{
  MemoIndex *index;
  GPtrArray *agreements;
  GArray *values;
  guint changed;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->index);
  g_ptr_array_unref (work->agreements);
  g_array_unref (work->values);
  g_free (work);
}

static void
make_change (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  MemoChange *change = memo_action_edit_many (work->index, work->agreements, (MemoValue *) work->values->data,
                                              work->values->len, &work->changed, &error);

  if (change)
    g_task_return_pointer (task, change, (GDestroyNotify) memo_change_unref);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *window, GAsyncResult *result, gpointer data)
{
  Dialog *dialog = g_object_get_data (window, "memo-dialog");
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *said = NULL;

  /* It was closed meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!change)
    {
      /* What is wrong stands in the dialog: nothing that was chosen is lost. */
      gtk_widget_set_sensitive (GTK_WIDGET (window), TRUE);
      memo_form_error_say (dialog->error, error->message);
      return;
    }
  if (work->changed > 0)
    {
      said = g_strdup_printf (ngettext ("%u agreement was changed", "%u agreements were changed", work->changed),
                              work->changed);
      memo_session_apply (dialog->session, change, said, NULL, NULL);
    }
  else
    memo_session_toast (dialog->session, _ ("Nothing had to be changed"), FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
save_cb (GtkWidget *button, Dialog *dialog)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (!memo_session_get_library (dialog->session))
    return;
  work = g_new0 (Work, 1);
  work->index = g_object_ref (get_index (dialog));
  work->agreements = g_ptr_array_ref (dialog->agreements);
  work->values = gather (dialog);
  task = g_task_new (dialog->window, dialog->saving, made_cb, NULL);
  g_task_set_source_tag (task, save_cb);
  g_task_set_task_data (task, work, work_free);
  gtk_widget_set_sensitive (dialog->window, FALSE);
  memo_worker_run (task, make_change);
}

static GtkWidget *
add_group (GtkWidget *page)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add (GtkWidget *group, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
add_choices (Dialog *dialog,
             GtkWidget *group,
             MemoKind kind,
             const char *title,
             const char *placeholder,
             gboolean allow_new)
{
  GtkWidget *entry = memo_choice_entry_new (get_index (dialog), kind, title, kind != MEMO_KIND_BODY, allow_new);

  memo_choice_entry_set_placeholder (MEMO_CHOICE_ENTRY (entry), placeholder);
  memo_dialog_add_labelled (group, title, entry);
  return entry;
}

static void
add_away (Dialog *dialog, GtkWidget *group, guint i, MemoDigest *digest)
{
  dialog->away[i] = memo_value_checks_new (get_index (dialog), away[i].facet, digest);
  if (dialog->away[i])
    memo_dialog_add_labelled (group, _ (away[i].title), dialog->away[i]);
}

static void
fill (Dialog *dialog, GtkWidget *page, MemoDigest *digest)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uuids = NULL;
  GtkWidget *group = add_group (page);

  for (guint i = 0; i < dialog->agreements->len; i++)
    g_strv_builder_add (builder, memo_record_get_uuid (g_ptr_array_index (dialog->agreements, i)));
  uuids = g_strv_builder_end (builder);
  dialog->error = memo_form_error_new ();
  add (group, dialog->error);
  group = add_group (page);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("What is left unchanged or empty stays as it is in each of them."));
  dialog->status = memo_form_choice_new (MEMO_AGREEMENT_STATUS, _ ("Unchanged"), NULL);
  add (group, dialog->status);
  dialog->kind = memo_form_choice_new (MEMO_AGREEMENT_KIND, _ ("Unchanged"), NULL);
  add (group, dialog->kind);
  dialog->package = memo_package_row_new (dialog->session, _ ("Unchanged"), NULL, (const char *const *) uuids);
  add (group, dialog->package);
  dialog->body = add_choices (dialog, group, MEMO_KIND_BODY, memo_word_field ("body"), _ ("Unchanged"), TRUE);

  group = add_group (page);
  dialog->parties = add_choices (dialog, group, MEMO_KIND_PARTY, _ ("Add parties"), NULL, TRUE);
  add_away (dialog, group, 0, digest);
  group = add_group (page);
  dialog->sectors = add_choices (dialog, group, MEMO_KIND_SECTOR, _ ("Add sectors"), NULL, FALSE);
  add_away (dialog, group, 1, digest);
  group = add_group (page);
  dialog->tags = memo_form_entry_new (_ ("Add tags, with commas between"), NULL);
  add (group, dialog->tags);
  add_away (dialog, group, 2, digest);
}

void
memo_agreements_dialog_present (GtkWidget *parent, MemoSession *session, GPtrArray *agreements, MemoDigest *digest)
{
  GtkWidget *page = adw_preferences_page_new (), *save;
  g_autofree char *title = NULL;
  Dialog *dialog;

  g_return_if_fail (MEMO_IS_SESSION (session));
  g_return_if_fail (agreements && agreements->len > 1);

  if (!memo_session_get_library (session))
    return;
  dialog = g_new0 (Dialog, 1);
  dialog->session = g_object_ref (session);
  dialog->saving = g_cancellable_new ();
  dialog->agreements = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < agreements->len; i++)
    g_ptr_array_add (dialog->agreements, g_object_ref (g_ptr_array_index (agreements, i)));
  fill (dialog, page, digest);
  title = g_strdup_printf (ngettext ("Edit %u Agreement", "Edit %u Agreements", agreements->len), agreements->len);
  dialog->window = memo_dialog_new (parent, title, page, _ ("_Save"), &save);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-dialog", dialog, dialog_free);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), dialog);
  g_signal_connect_object (dialog->window, "destroy", G_CALLBACK (g_cancellable_cancel), dialog->saving,
                           G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 600, 640);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->status);
}
