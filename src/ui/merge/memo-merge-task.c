#include "memo-merge-task.h"

#include <glib/gi18n.h>

#include "../memo-compat.h"
#include "../memo-dialog.h"
#include "base/memo-error.h"
#include "model/memo-duplicates.h"
#include "model/memo-library-merge.h"
#include "model/memo-value-words.h"
#include "model/memo-words.h"

#define DECISIONS_SHOWN 100
#define VALUE_LENGTH 120

static const char *const library_globs[] = { "*.memorandum", NULL };

/* One merge, from the look to the end. */
typedef struct
{
  GtkWidget *parent;
  MemoSession *session;
  MemoWorkBar *work_bar;
  MemoLibrary *library;
  GCancellable *work;
  char *path;
  MemoMerge *look; /* what it would do */
  guint duplicates;
  gboolean merging; /* the dialog's button was pressed */
  GtkWidget *dialog;
} Task;

static void
task_free (Task *task)
{
  g_object_unref (task->parent);
  g_object_unref (task->session);
  g_object_unref (task->work_bar);
  g_clear_object (&task->library);
  g_clear_object (&task->work);
  g_clear_pointer (&task->look, memo_merge_free);
  g_free (task->path);
  g_free (task);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Task, task_free)

static void
progress_cb (guint done, guint total, gpointer data)
{
  Task *task = data;

  memo_work_bar_progress (task->work_bar, task->work, total > 0 ? (double) done / total : -1, NULL);
}

/* Nothing is said of what the person cancelled. */
static void
fail (Task *task, const char *heading, GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    memo_compat_ask (task->parent, heading, error->message, _ ("_Close"), NULL, FALSE, NULL, NULL);
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Task) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoMerge) merge = memo_library_merge_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *text = NULL;

  memo_work_bar_end (task->work_bar, task->work);
  if (!merge)
    {
      fail (task, _ ("The Library Could Not Be Merged"), error);
      return;
    }
  /* Translators: name of a library's file */
  text = g_strdup_printf (_ ("“%s” was merged"), merge->name);
  memo_session_toast (task->session, text, TRUE);
}

static void
accept_cb (GtkWidget *button, Task *task)
{
  task->merging = TRUE;
  gtk_window_destroy (GTK_WINDOW (task->dialog));
}

/* The dialog is gone: the task goes on, or away with it. */
static void
dialog_gone (gpointer data)
{
  Task *task = data;

  if (!task->merging)
    {
      task_free (task);
      return;
    }
  g_clear_object (&task->work);
  task->work = memo_work_bar_begin (task->work_bar, _ ("Merging the library…"));
  memo_library_merge_async (task->library, task->path, FALSE, progress_cb, task, task->work, merged_cb, task);
}

static void
add_count (GtkWidget *group, const char *title, const char *subtitle, guint count)
{
  GtkWidget *row, *label;
  g_autofree char *number = g_strdup_printf ("%'u", count);

  if (count == 0)
    return;
  row = adw_action_row_new ();
  label = gtk_label_new (number);
  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, number, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_kinds (GtkWidget *page, const char *title, const guint *counts)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      add_count (group, memo_word_record (kind), NULL, counts[kind]);
      n += counts[kind];
    }
  if (n > 0)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  else
    g_object_ref_sink (group), g_object_unref (group);
}

static void
add_decision (Task *task, GtkWidget *expander, MemoMergeDecision *decision)
{
  MemoIndex *index = memo_library_get_index (task->library);
  MemoField field = memo_kind_find_field (decision->kind, decision->field);
  g_autofree char *kept = memo_value_words (index, field, decision->kept, VALUE_LENGTH);
  g_autofree char *aside = memo_value_words (index, field, decision->set_aside, VALUE_LENGTH);
  /* Translators: title of a record, then the name of one of its fields */
  g_autofree char *title =
      g_strdup_printf (_ ("%s: %s"), decision->title ? decision->title : "", memo_word_field (decision->field));
  /* Translators: the value of a field that is kept, the one that is set aside, and the library that has it */
  g_autofree char *subtitle =
      g_strdup_printf (_ ("“%s” is kept, “%s” (%s) is set aside"), kept, aside, decision->origin);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
}

static void
add_decisions (Task *task, GtkWidget *group)
{
  GtkWidget *expander;
  g_autofree char *text = NULL;
  guint shown = MIN (task->look->decisions->len, DECISIONS_SHOWN);

  if (task->look->decided == 0)
    return;
  expander = adw_expander_row_new ();
  text =
      g_strdup_printf (ngettext ("%u field was changed in both", "%u fields were changed in both", task->look->decided),
                       task->look->decided);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), text);
  adw_expander_row_set_subtitle (
      ADW_EXPANDER_ROW (expander),
      _ ("The newer value is kept; the other one stays with the record as an earlier value."));
  for (guint i = 0; i < shown; i++)
    add_decision (task, expander, g_ptr_array_index (task->look->decisions, i));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
}

static void
present (Task *task)
{
  MemoMerge *look = task->look;
  gboolean any = memo_merge_has_changes (look);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *rest = adw_preferences_group_new ();
  GtkWidget *button = NULL;
  /* Translators: title of a dialog; name of a library's file */
  g_autofree char *title = g_strdup_printf (_ ("Merge “%s”"), look->name);

  add_kinds (page, _ ("New"), look->added);
  add_kinds (page, _ ("Changed"), look->changed);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (rest), any ? _ ("In Both") : _ ("There Is Nothing New"));
  add_decisions (task, rest);
  add_count (rest, _ ("Moved to the Trash"), _ ("Deleted there, and not changed here since"), look->trashed);
  add_count (rest, _ ("Taken Out of the Trash"), _ ("Deleted here, but changed there since"), look->restored);
  add_count (rest, _ ("Kept"), _ ("Deleted there, but changed here since"), look->kept);
  add_count (rest, _ ("Possible Duplicates"), _ ("Nothing is joined by itself: look at them after the merge."),
             task->duplicates);
  add_count (rest, _ ("Damaged There"), _ ("Articles or files that are not what was saved; they are left there."),
             look->damaged);
  add_count (rest, _ ("The Same"), NULL, look->same);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (rest));

  task->dialog = memo_dialog_new (task->parent, title, page, any ? _ ("_Merge") : NULL, any ? &button : NULL);
  gtk_window_set_default_size (GTK_WINDOW (task->dialog), 520, 560);
  if (button)
    {
      g_signal_connect (button, "clicked", G_CALLBACK (accept_cb), task);
      gtk_window_set_focus (GTK_WINDOW (task->dialog), button);
    }
  g_object_set_data_full (G_OBJECT (task->dialog), "memo-merge", task, dialog_gone);
  gtk_window_present (GTK_WINDOW (task->dialog));
}

static void
duplicates_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Task) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = memo_library_duplicates_finish (MEMO_LIBRARY (source), result, &error);

  memo_work_bar_end (task->work_bar, task->work);
  if (!found)
    {
      fail (task, _ ("The Library Could Not Be Merged"), error);
      return;
    }
  task->duplicates = found->len;
  present (g_steal_pointer (&task));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Task) task = data;
  g_autoptr (GError) error = NULL;
  MemoLibrary *library = MEMO_LIBRARY (source);
  GCancellable *work = task->work;

  task->look = memo_library_merge_finish (library, result, &error);
  if (!task->look)
    {
      memo_work_bar_end (task->work_bar, task->work);
      fail (task, _ ("The Library Could Not Be Merged"), error);
      return;
    }
  if (task->look->fresh->len == 0)
    {
      memo_work_bar_end (task->work_bar, task->work);
      present (g_steal_pointer (&task));
      return;
    }
  memo_library_duplicates_async (library, task->look->fresh, work, duplicates_cb, task);
  g_steal_pointer (&task);
}

void
memo_merge_task_look (GtkWidget *parent, MemoSession *session, MemoWorkBar *work_bar, const char *path)
{
  MemoLibrary *library = memo_session_get_library (session);
  Task *task;

  if (!library)
    return;
  task = g_new0 (Task, 1);
  task->parent = g_object_ref (parent);
  task->session = g_object_ref (session);
  task->work_bar = g_object_ref (work_bar);
  task->library = g_object_ref (library);
  task->path = g_strdup (path);
  task->work = memo_work_bar_begin (work_bar, _ ("Reading the other library…"));
  memo_library_merge_async (library, path, TRUE, progress_cb, task, task->work, looked_cb, task);
}

typedef struct
{
  GtkWidget *parent;
  MemoSession *session;
  MemoWorkBar *work_bar;
} Choosing;

static void
chosen_cb (GPtrArray *files, gpointer data)
{
  Choosing *choosing = data;
  g_autofree char *path = files ? g_file_get_path (g_ptr_array_index (files, 0)) : NULL;

  if (path)
    memo_merge_task_look (choosing->parent, choosing->session, choosing->work_bar, path);
  g_object_unref (choosing->parent);
  g_object_unref (choosing->session);
  g_object_unref (choosing->work_bar);
  g_free (choosing);
}

void
memo_merge_task_start (GtkWidget *parent, MemoSession *session, MemoWorkBar *work_bar)
{
  const MemoFilePattern patterns[] = { { _ ("Libraries"), library_globs }, { NULL } };
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->parent = g_object_ref (parent);
  choosing->session = g_object_ref (session);
  choosing->work_bar = g_object_ref (work_bar);
  memo_compat_choose_file (parent, MEMO_CHOOSE_OPEN, _ ("Merge Library"), _ ("_Look"), patterns, NULL, chosen_cb,
                           choosing);
}
