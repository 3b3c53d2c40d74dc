#include "memo-agreement-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "memo-choice-entry.h"
#include "memo-evidence-page.h"
#include "memo-form.h"
#include "memo-package-row.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"

typedef struct
{
  MemoSession *session;
  MemoRecord *agreement; /* nullable */
  MemoRecord *article;   /* nullable */
  glong start, end;

  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *evidence; /* of a passage; nullable */
  GPtrArray *groups;   /* of the form, hidden when the passage is for an agreement that is there */
  GtkWidget *error;
  GtkWidget *title;
  GtkWidget *kind;
  GtkWidget *status;
  GtkWidget *signed_on, *in_force, *ends, *horizon;
  GtkWidget *parties;
  GtkWidget *sectors;
  GtkWidget *body;
  GtkWidget *session_number;
  GtkWidget *declared;
  GtkWidget *tags;
  GtkWidget *package;
  GtkTextBuffer *summary;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_clear_object (&dialog->agreement);
  g_clear_object (&dialog->article);
  g_ptr_array_unref (dialog->groups);
  g_free (dialog);
}

static MemoIndex *
get_index (Dialog *dialog)
{
  return memo_library_get_index (memo_session_get_library (dialog->session));
}

static const char *
entry_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
add_choice (GArray *values, const char *field, GtkWidget *row, MemoField of)
{
  const char *chosen = memo_form_choice_get (row, of);

  memo_form_add (values, field, chosen ? chosen : "");
}

/* A date that was not touched keeps its written form. */
static void
add_date (Dialog *dialog, GArray *values, const char *field, GtkWidget *row, MemoField of)
{
  MemoDate *date = dialog->agreement ? memo_record_get_date (dialog->agreement, of) : NULL;

  if (date && g_str_equal (memo_date_get_edtf (date), entry_text (row)))
    return;
  if (!date && !entry_text (row)[0])
    return;
  memo_form_add (values, field, entry_text (row));
}

static GArray *
gather (Dialog *dialog)
{
  GArray *values = memo_form_values_new ();
  g_auto (GStrv) parties = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (dialog->parties));
  g_auto (GStrv) sectors = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (dialog->sectors));
  g_auto (GStrv) bodies = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (dialog->body));
  g_auto (GStrv) tags = memo_form_split (entry_text (dialog->tags));
  GtkTextIter start, end;
  g_autofree char *summary = NULL;
  const char *package = memo_package_row_get (dialog->package);

  gtk_text_buffer_get_bounds (dialog->summary, &start, &end);
  summary = gtk_text_buffer_get_text (dialog->summary, &start, &end, FALSE);

  memo_form_add (values, "title", entry_text (dialog->title));
  add_choice (values, "kind", dialog->kind, MEMO_AGREEMENT_KIND);
  add_choice (values, "status", dialog->status, MEMO_AGREEMENT_STATUS);
  add_date (dialog, values, "signed", dialog->signed_on, MEMO_AGREEMENT_SIGNED);
  add_date (dialog, values, "in_force", dialog->in_force, MEMO_AGREEMENT_IN_FORCE);
  add_date (dialog, values, "ends", dialog->ends, MEMO_AGREEMENT_ENDS);
  add_date (dialog, values, "horizon", dialog->horizon, MEMO_AGREEMENT_HORIZON);
  memo_form_add_many (values, "party", (const char *const *) parties);
  memo_form_add_many (values, "sector", (const char *const *) sectors);
  memo_form_add (values, "body", bodies[0] ? bodies[0] : "");
  memo_form_add (values, "session", entry_text (dialog->session_number));
  memo_form_add (values, "declared", entry_text (dialog->declared));
  memo_form_add_many (values, "tag", (const char *const *) tags);
  memo_form_add (values, "summary", summary);
  if (package)
    memo_form_add (values, "package", package);
  return values;
}

/* The change that the form stands for, and the UUID of the agreement it is about. */
static MemoChange *
make_change (Dialog *dialog, char **ret_uuid, GError **error)
{
  g_autoptr (GArray) values = NULL;
  g_autoptr (MemoRecord) record = NULL;
  MemoRecord *target = dialog->evidence ? memo_evidence_page_get_target (MEMO_EVIDENCE_PAGE (dialog->evidence)) : NULL;
  const MemoValue *pairs;
  MemoChange *change;

  if (target)
    {
      *ret_uuid = g_strdup (memo_record_get_uuid (target));
      return memo_evidence_page_make_change (MEMO_EVIDENCE_PAGE (dialog->evidence), dialog->article, dialog->start,
                                             dialog->end, error);
    }
  values = gather (dialog);
  pairs = &g_array_index (values, MemoValue, 0);
  if (dialog->evidence && !dialog->agreement)
    change = memo_action_agreement_from_passage (get_index (dialog), dialog->article, dialog->start, dialog->end, NULL,
                                                 pairs, values->len, &record, error);
  else
    change = memo_action_edit (get_index (dialog), MEMO_KIND_AGREEMENT, dialog->agreement, pairs, values->len, &record,
                               error);
  if (change)
    *ret_uuid = g_strdup (memo_record_get_uuid (record));
  return change;
}

static void
save_cb (GtkWidget *button, Dialog *dialog)
{
  g_autofree char *uuid = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change = make_change (dialog, &uuid, &error);
  const char *said = _ ("The agreement was added");

  if (!change)
    {
      /* What is wrong stands in the dialog: nothing that was written is lost. */
      memo_form_error_say (dialog->error, error->message);
      return;
    }
  if (dialog->agreement)
    said = _ ("The agreement was changed");
  else if (dialog->evidence && memo_evidence_page_get_target (MEMO_EVIDENCE_PAGE (dialog->evidence)))
    said = _ ("The passage was tied to the agreement");
  memo_session_apply_and_show (dialog->session, change, said, uuid);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static GtkWidget *
make_date (Dialog *dialog, MemoField field)
{
  MemoDate *date = dialog->agreement ? memo_record_get_date (dialog->agreement, field) : NULL;
  GtkWidget *row = memo_form_entry_new (memo_word_field (memo_field_get_info (field)->name),
                                        date ? memo_date_get_edtf (date) : NULL);

  gtk_widget_set_tooltip_text (row, _ ("As it is known: 2025, 2025-11, 28 November 2025, since 2019, 1984~"));
  return row;
}

static GtkWidget *
make_number (Dialog *dialog, MemoField field)
{
  gint64 number = dialog->agreement ? memo_record_get_int (dialog->agreement, field) : MEMO_UNSET;
  g_autofree char *text = number == MEMO_UNSET ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return memo_form_entry_new (memo_word_field (memo_field_get_info (field)->name), text);
}

static GtkWidget *
make_choice (Dialog *dialog, MemoField field)
{
  /* Translators: no value has been chosen. */
  return memo_form_choice_new (field, _ ("—"),
                               dialog->agreement ? memo_record_get_text (dialog->agreement, field) : NULL);
}

static GtkWidget *
make_choices (Dialog *dialog, MemoKind kind, MemoField field, gboolean many, gboolean allow_new)
{
  GtkWidget *entry = memo_choice_entry_new (get_index (dialog), kind,
                                            memo_word_field (memo_field_get_info (field)->name), many, allow_new);

  if (dialog->agreement && many)
    memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (entry), memo_record_get_texts (dialog->agreement, field));
  else if (dialog->agreement && memo_record_get_text (dialog->agreement, field))
    {
      const char *values[] = { memo_record_get_text (dialog->agreement, field), NULL };

      memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (entry), values);
    }
  return entry;
}

static GtkWidget *
make_summary (Dialog *dialog)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *frame = gtk_frame_new (NULL);
  const char *text = dialog->agreement ? memo_record_get_text (dialog->agreement, MEMO_AGREEMENT_SUMMARY) : NULL;

  dialog->summary = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  if (text)
    gtk_text_buffer_set_text (dialog->summary, text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
  gtk_widget_set_size_request (view, -1, 72);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, memo_word_field ("summary"),
                                  -1);
  gtk_frame_set_child (GTK_FRAME (frame), view);
  return frame;
}

/* The agreement itself is not offered. */
static GtkWidget *
make_package (Dialog *dialog)
{
  const char *without[] = { dialog->agreement ? memo_record_get_uuid (dialog->agreement) : NULL, NULL };

  return memo_package_row_new (dialog->session, _ ("—"),
                               dialog->agreement ? memo_record_get_text (dialog->agreement, MEMO_AGREEMENT_PACKAGE)
                                                 : NULL,
                               without);
}

static GtkWidget *
make_group (Dialog *dialog, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (dialog->page), ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (dialog->groups, group);
  return group;
}

static void
target_cb (Dialog *dialog)
{
  gboolean is_new = memo_evidence_page_get_target (MEMO_EVIDENCE_PAGE (dialog->evidence)) == NULL;

  for (guint i = 0; i < dialog->groups->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (dialog->groups, i), is_new);
}

static void
add (GtkWidget *group, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
fill (Dialog *dialog)
{
  g_autofree char *passage = NULL, *title = NULL, *tags = NULL;
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (dialog->page), ADW_PREFERENCES_GROUP (group));
  dialog->error = memo_form_error_new ();
  add (group, dialog->error);

  if (dialog->article && dialog->start >= 0)
    {
      g_autofree char *slice =
          memo_text_slice (memo_record_get_text (dialog->article, MEMO_ARTICLE_TEXT), dialog->start, dialog->end);

      passage = memo_text_collapse (slice);
      title = memo_text_ellipsize (passage, 80);
      dialog->evidence = memo_evidence_page_new (dialog->session, passage);
      add (group, dialog->evidence);
      g_signal_connect_swapped (dialog->evidence, "notify::target", G_CALLBACK (target_cb), dialog);
    }
  group = make_group (dialog, NULL);
  dialog->title = memo_form_entry_new (memo_word_field ("title"),
                                       dialog->agreement ? memo_record_get_title (dialog->agreement) : title);
  add (group, dialog->title);
  dialog->kind = make_choice (dialog, MEMO_AGREEMENT_KIND);
  add (group, dialog->kind);
  dialog->status = make_choice (dialog, MEMO_AGREEMENT_STATUS);
  add (group, dialog->status);

  group = make_group (dialog, _ ("Who and what"));
  dialog->parties = make_choices (dialog, MEMO_KIND_PARTY, MEMO_AGREEMENT_PARTIES, TRUE, TRUE);
  memo_dialog_add_labelled (group, memo_word_field ("parties"), dialog->parties);
  dialog->sectors = make_choices (dialog, MEMO_KIND_SECTOR, MEMO_AGREEMENT_SECTORS, TRUE, FALSE);
  memo_dialog_add_labelled (group, memo_word_field ("sectors"), dialog->sectors);
  tags = dialog->agreement ? g_strjoinv (", ", (char **) memo_record_get_texts (dialog->agreement, MEMO_AGREEMENT_TAGS))
                           : NULL;
  dialog->tags = memo_form_entry_new (_ ("Tags, with commas between"), tags);
  add (group, dialog->tags);

  group = make_group (dialog, _ ("When"));
  dialog->signed_on = make_date (dialog, MEMO_AGREEMENT_SIGNED);
  add (group, dialog->signed_on);
  dialog->in_force = make_date (dialog, MEMO_AGREEMENT_IN_FORCE);
  add (group, dialog->in_force);
  dialog->ends = make_date (dialog, MEMO_AGREEMENT_ENDS);
  add (group, dialog->ends);
  dialog->horizon = make_date (dialog, MEMO_AGREEMENT_HORIZON);
  add (group, dialog->horizon);

  group = make_group (dialog, _ ("Where it belongs"));
  dialog->body = make_choices (dialog, MEMO_KIND_BODY, MEMO_AGREEMENT_BODY, FALSE, TRUE);
  memo_dialog_add_labelled (group, memo_word_field ("body"), dialog->body);
  dialog->session_number = make_number (dialog, MEMO_AGREEMENT_SESSION);
  add (group, dialog->session_number);
  dialog->package = make_package (dialog);
  add (group, dialog->package);
  dialog->declared = make_number (dialog, MEMO_AGREEMENT_DECLARED);
  add (group, dialog->declared);

  group = make_group (dialog, NULL);
  memo_dialog_add_labelled (group, memo_word_field ("summary"), make_summary (dialog));
}

void
memo_agreement_dialog_present (GtkWidget *parent,
                               MemoSession *session,
                               MemoRecord *agreement,
                               MemoRecord *article,
                               glong start,
                               glong end)
{
  GtkWidget *save;
  Dialog *dialog;

  g_return_if_fail (MEMO_IS_SESSION (session));
  g_return_if_fail (!agreement || memo_record_get_kind (agreement) == MEMO_KIND_AGREEMENT);

  if (!memo_session_get_library (session))
    return;
  dialog = g_new0 (Dialog, 1);
  dialog->session = g_object_ref (session);
  g_set_object (&dialog->agreement, agreement);
  g_set_object (&dialog->article, article);
  dialog->start = start;
  dialog->end = end;
  dialog->groups = g_ptr_array_new ();
  dialog->page = adw_preferences_page_new ();
  fill (dialog);
  dialog->window = memo_dialog_new (parent, agreement ? _ ("Edit Agreement") : _ ("New Agreement"), dialog->page,
                                    agreement ? _ ("_Save") : _ ("_Add"), &save);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-dialog", dialog, dialog_free);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 600, 640);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->title);
}
