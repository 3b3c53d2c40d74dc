#include "memo-record-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "memo-choice-entry.h"
#include "memo-form.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"

/* Fields in the order of the dialog; names by language are not edited here. */
static const MemoField event_fields[] = { MEMO_EVENT_TITLE,   MEMO_EVENT_KIND,    MEMO_EVENT_WHEN,
                                          MEMO_EVENT_PARTIES, MEMO_EVENT_SECTORS, MEMO_EVENT_BODY,
                                          MEMO_EVENT_SESSION, MEMO_EVENT_SUMMARY, MEMO_EVENT_TAGS };
static const MemoField body_fields[] = { MEMO_BODY_NAME,    MEMO_BODY_ACRONYM, MEMO_BODY_KIND,
                                         MEMO_BODY_FOUNDED, MEMO_BODY_PARTIES, MEMO_BODY_SUMMARY };
static const MemoField party_fields[] = { MEMO_PARTY_NAME, MEMO_PARTY_CODE, MEMO_PARTY_KIND, MEMO_PARTY_ALIASES,
                                          MEMO_PARTY_SUMMARY };

typedef struct
{
  MemoSession *session;
  MemoRecord *record; /* nullable */
  MemoKind kind;
  const MemoField *fields;
  guint n;
  GtkWidget *rows[16];
  GtkWidget *error;
  GtkWidget *window;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_clear_object (&dialog->record);
  g_free (dialog);
}

static gboolean
get_fields (MemoKind kind, const MemoField **ret_fields, guint *ret_n)
{
  switch ((int) kind)
    {
    case MEMO_KIND_EVENT:
      *ret_fields = event_fields;
      *ret_n = G_N_ELEMENTS (event_fields);
      return TRUE;
    case MEMO_KIND_BODY:
      *ret_fields = body_fields;
      *ret_n = G_N_ELEMENTS (body_fields);
      return TRUE;
    case MEMO_KIND_PARTY:
      *ret_fields = party_fields;
      *ret_n = G_N_ELEMENTS (party_fields);
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
memo_record_dialog_can_edit (MemoKind kind)
{
  const MemoField *fields;
  guint n;

  return get_fields (kind, &fields, &n);
}

static void
gather_field (Dialog *dialog, GArray *values, MemoField field, GtkWidget *row)
{
  const MemoFieldInfo *info = memo_field_get_info (field);

  if (MEMO_IS_CHOICE_ENTRY (row))
    {
      g_auto (GStrv) chosen = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (row));

      memo_form_add_many (values, info->name, (const char *const *) chosen);
    }
  else if (ADW_IS_COMBO_ROW (row))
    {
      const char *chosen = memo_form_choice_get (row, field);

      memo_form_add (values, info->name, chosen ? chosen : "");
    }
  else if (info->type == MEMO_FIELD_TEXTS)
    {
      g_auto (GStrv) words = memo_form_split (gtk_editable_get_text (GTK_EDITABLE (row)));

      memo_form_add_many (values, info->name, (const char *const *) words);
    }
  else
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
      MemoDate *date =
          dialog->record && info->type == MEMO_FIELD_DATE ? memo_record_get_date (dialog->record, field) : NULL;

      /* A date that was not touched keeps its written form. */
      if (!date || !g_str_equal (memo_date_get_edtf (date), text))
        memo_form_add (values, info->name, text);
    }
}

static void
save_cb (GtkWidget *button, Dialog *dialog)
{
  MemoIndex *index = memo_library_get_index (memo_session_get_library (dialog->session));
  g_autoptr (GArray) values = memo_form_values_new ();
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  for (guint i = 0; i < dialog->n; i++)
    gather_field (dialog, values, dialog->fields[i], dialog->rows[i]);
  change = memo_action_edit (index, dialog->kind, dialog->record, &g_array_index (values, MemoValue, 0), values->len,
                             &record, &error);
  if (!change)
    {
      memo_form_error_say (dialog->error, error->message);
      return;
    }
  /* Translators: %s is the title or name of a record. */
  said = g_strdup_printf (_ ("“%s” was saved"), memo_record_get_title (record));
  memo_session_apply_and_show (dialog->session, change, said, memo_record_get_uuid (record));
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static GtkWidget *
make_choice (Dialog *dialog, MemoField field)
{
  /* Translators: no value has been chosen. */
  return memo_form_choice_new (field, _ ("—"), dialog->record ? memo_record_get_text (dialog->record, field) : NULL);
}

static GtkWidget *
make_references (Dialog *dialog, MemoField field)
{
  MemoIndex *index = memo_library_get_index (memo_session_get_library (dialog->session));
  const MemoFieldInfo *info = memo_field_get_info (field);
  gboolean many = info->type == MEMO_FIELD_REFS;
  MemoKind kind = g_str_equal (info->name, "sectors") ? MEMO_KIND_SECTOR
                  : g_str_equal (info->name, "body")  ? MEMO_KIND_BODY
                                                      : MEMO_KIND_PARTY;
  GtkWidget *entry = memo_choice_entry_new (index, kind, memo_word_field (info->name), many, kind != MEMO_KIND_SECTOR);

  if (dialog->record && many)
    memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (entry), memo_record_get_texts (dialog->record, field));
  else if (dialog->record && memo_record_get_text (dialog->record, field))
    {
      const char *values[] = { memo_record_get_text (dialog->record, field), NULL };

      memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (entry), values);
    }
  return entry;
}

static char *
dup_text (Dialog *dialog, MemoField field)
{
  MemoFieldType type = memo_field_get_info (field)->type;

  if (!dialog->record)
    return NULL;
  if (type == MEMO_FIELD_DATE)
    {
      MemoDate *date = memo_record_get_date (dialog->record, field);

      return date ? g_strdup (memo_date_get_edtf (date)) : NULL;
    }
  if (type == MEMO_FIELD_TEXTS)
    return g_strjoinv (", ", (char **) memo_record_get_texts (dialog->record, field));
  if (type == MEMO_FIELD_INT)
    {
      gint64 number = memo_record_get_int (dialog->record, field);

      return number == MEMO_UNSET ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }
  return g_strdup (memo_record_get_text (dialog->record, field));
}

static GtkWidget *
make_entry (Dialog *dialog, MemoField field)
{
  g_autofree char *text = dup_text (dialog, field);

  return memo_form_entry_new (memo_word_field (memo_field_get_info (field)->name), text);
}

static void
fill (Dialog *dialog, GtkWidget *group)
{
  for (guint i = 0; i < dialog->n; i++)
    {
      MemoField field = dialog->fields[i];
      const MemoFieldInfo *info = memo_field_get_info (field);

      if (info->type == MEMO_FIELD_REF || info->type == MEMO_FIELD_REFS)
        {
          dialog->rows[i] = make_references (dialog, field);
          memo_dialog_add_labelled (group, memo_word_field (info->name), dialog->rows[i]);
          continue;
        }
      dialog->rows[i] = memo_word_get_values (field) ? make_choice (dialog, field) : make_entry (dialog, field);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->rows[i]);
    }
}

static const char *
get_title (MemoKind kind, gboolean is_new)
{
  switch ((int) kind)
    {
    case MEMO_KIND_EVENT:
      return is_new ? _ ("New Event") : _ ("Edit Event");
    case MEMO_KIND_BODY:
      return is_new ? _ ("New Body") : _ ("Edit Body");
    default:
      return is_new ? _ ("New Party") : _ ("Edit Party");
    }
}

void
memo_record_dialog_present (GtkWidget *parent, MemoSession *session, MemoKind kind, MemoRecord *record)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *save;
  Dialog *dialog;

  g_return_if_fail (MEMO_IS_SESSION (session));
  g_return_if_fail (memo_record_dialog_can_edit (kind));
  g_return_if_fail (!record || memo_record_get_kind (record) == kind);

  if (!memo_session_get_library (session))
    return;
  dialog = g_new0 (Dialog, 1);
  dialog->session = g_object_ref (session);
  g_set_object (&dialog->record, record);
  dialog->kind = kind;
  get_fields (kind, &dialog->fields, &dialog->n);
  dialog->error = memo_form_error_new ();
  gtk_widget_set_margin_bottom (dialog->error, 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->error);
  fill (dialog, group);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  dialog->window =
      memo_dialog_new (parent, get_title (kind, record == NULL), page, record ? _ ("_Save") : _ ("_Add"), &save);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-dialog", dialog, dialog_free);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 560, 600);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->rows[0]);
}
