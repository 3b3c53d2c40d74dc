#include "memo-details-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "memo-agreement-dialog.h"
#include "memo-details-evidence.h"
#include "memo-details-fields.h"
#include "memo-details-parts.h"
#include "memo-details-several.h"
#include "memo-follow-up-dialog.h"
#include "memo-record-dialog.h"
#include "model/memo-library-merge.h"
#include "model/memo-words.h"
#include "ui/articles/memo-article-dialog.h"
#include "ui/memo-dialog.h"
#include "ui/merge/memo-earlier-values.h"
#include "ui/sectors/memo-sector-dialog.h"

struct _MemoDetailsPane
{
  GtkWidget parent_instance;

  MemoSession *session;
  MemoLibrary *library; /* whose changes are watched */
  gulong changed_id;
  MemoRecord *record; /* shown now; nullable */
  GCancellable *loading;

  GtkWidget *stack;
  GtkWidget *scrolled;
  GtkWidget *content;
  GtkWidget *several; /* the page of several agreements, while it is in "scrolled" */
  /* Sections that come later, in order; empty ones are hidden. */
  GtkWidget *package_section;
  GtkWidget *evidence_section;
  GtkWidget *follow_up_section;
  GtkWidget *children_section;
  GtkWidget *earlier_section;
};

G_DEFINE_FINAL_TYPE (MemoDetailsPane, memo_details_pane, GTK_TYPE_WIDGET)

/* Building blocks. */

static GtkWidget *
add_section (MemoDetailsPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_visible (box, FALSE);
  gtk_box_append (GTK_BOX (self->content), box);
  return box;
}

static void
show_cb (GtkWidget *button, MemoSession *session)
{
  memo_session_show (session, g_object_get_data (G_OBJECT (button), "memo-uuid"));
}

/* A row that shows another record's details. */
static GtkWidget *
make_record_row (MemoDetailsPane *self, MemoRecord *record, const char *detail)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *title = memo_text_collapse (memo_record_get_title (record));
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (button, title);
  gtk_box_append (GTK_BOX (box), label);
  if (detail)
    {
      GtkWidget *right = gtk_label_new (detail);

      gtk_widget_add_css_class (right, "dim-label");
      gtk_widget_add_css_class (right, "caption");
      gtk_box_append (GTK_BOX (box), right);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (button), "memo-uuid", g_strdup (memo_record_get_uuid (record)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_cb), self->session, 0);
  return button;
}

/* Answers of the library; a late one for another record was cancelled. */

static void
claims_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) claims = memo_claims_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *counted = NULL, *independent = NULL, *detail = NULL;
  MemoCounts counts;

  if (!claims || !self->record || !self->evidence_section)
    return;
  if (claims->len == 0 && memo_record_get_kind (self->record) != MEMO_KIND_AGREEMENT)
    return;
  if (memo_record_get_kind (self->record) == MEMO_KIND_AGREEMENT && claims->len > 0 &&
      memo_index_get_counts (memo_library_get_index (MEMO_LIBRARY (source)), memo_record_get_id (self->record),
                             &counts))
    {
      counted = g_strdup_printf (ngettext ("%u source", "%u sources", counts.sources), counts.sources);
      independent =
          g_strdup_printf (ngettext ("%u independent", "%u independent", counts.independent), counts.independent);
      /* Translators: how many sources there are, and how many of them are independent: “2 sources · 1 independent”. */
      detail = g_strdup_printf (_ ("%s · %s"), counted, independent);
    }
  memo_details_open_section (self->evidence_section, _ ("Evidence"), detail);
  if (claims->len == 0)
    memo_details_add_label (
        self->evidence_section,
        _ ("No passage stands behind this record yet. Select one in the reader to tie it to the record."), "dim-label");
  else
    gtk_box_append (GTK_BOX (self->evidence_section), memo_details_evidence_new (self->session, claims));
}

static int
compare_follow_ups (gconstpointer a, gconstpointer b)
{
  MemoRecord *first = *(MemoRecord **) a, *second = *(MemoRecord **) b;

  return memo_date_compare (memo_record_get_date (first, MEMO_FOLLOW_UP_DATE),
                            memo_record_get_date (second, MEMO_FOLLOW_UP_DATE));
}

static void
add_follow_up_cb (MemoDetailsPane *self)
{
  if (self->record)
    memo_follow_up_dialog_present (GTK_WIDGET (self), self->session, self->record);
}

static void
follow_ups_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (GPtrArray) records = memo_library_where_finish (MEMO_LIBRARY (source), result, NULL);
  GtkWidget *button;

  if (!records || !self->record || !self->follow_up_section)
    return;
  memo_details_open_section (self->follow_up_section, _ ("Follow-up"), NULL);
  g_ptr_array_sort (records, compare_follow_ups);
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      MemoDate *date = memo_record_get_date (record, MEMO_FOLLOW_UP_DATE);
      const char *comment = memo_record_get_text (record, MEMO_FOLLOW_UP_COMMENT);
      const char *status = memo_record_get_text (record, MEMO_FOLLOW_UP_STATUS);
      g_autofree char *when = date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT)
                                   : g_strdup (_ ("undated"));
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      GtkWidget *label = memo_details_add_label (row, when, NULL);

      gtk_label_set_width_chars (GTK_LABEL (label), -1);
      gtk_widget_set_hexpand (label, TRUE);
      label = memo_details_add_label (row, status ? memo_word_status (status) : "", NULL);
      gtk_label_set_width_chars (GTK_LABEL (label), -1);
      gtk_box_append (GTK_BOX (self->follow_up_section), row);
      if (comment)
        {
          label = memo_details_add_label (self->follow_up_section, comment, "dim-label");
          gtk_widget_add_css_class (label, "caption");
        }
    }
  button = gtk_button_new_with_label (_ ("Add Follow-up…"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_sensitive (button, !memo_library_get_read_only (MEMO_LIBRARY (source)));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_follow_up_cb), self);
  gtk_box_append (GTK_BOX (self->follow_up_section), button);
}

static void
children_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (GPtrArray) records = memo_library_where_finish (MEMO_LIBRARY (source), result, NULL);
  gint64 declared;
  g_autofree char *detail = NULL;

  if (!records || !self->record || !self->children_section)
    return;
  declared = memo_record_get_int (self->record, MEMO_AGREEMENT_DECLARED);
  if (records->len == 0 && declared == MEMO_UNSET)
    return;
  if (declared != MEMO_UNSET)
    /* Translators: how many agreements of a package are known, of how many it has. */
    detail = g_strdup_printf (_ ("%u of %u identified"), records->len, (guint) declared);
  memo_details_open_section (self->children_section, _ ("In this package"), detail);
  if (declared > 0)
    {
      GtkWidget *bar = gtk_level_bar_new_for_interval (0, declared);

      gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), MIN (records->len, declared));
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, detail, -1);
      gtk_box_append (GTK_BOX (self->children_section), bar);
    }
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      const char *status = memo_record_get_text (record, MEMO_AGREEMENT_STATUS);

      gtk_box_append (GTK_BOX (self->children_section),
                      make_record_row (self, record, status ? memo_word_status (status) : NULL));
    }
}

static void
package_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (MemoRecord) package = memo_library_get_finish (MEMO_LIBRARY (source), result, NULL);
  GtkWidget *row;

  if (!package || !self->record || !self->package_section)
    return;
  gtk_widget_set_visible (self->package_section, TRUE);
  memo_details_add_label (self->package_section, _ ("Part of the package"), "dim-label");
  row = make_record_row (self, package, NULL);
  gtk_box_append (GTK_BOX (self->package_section), row);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  gint64 first = memo_record_get_int (*(MemoRecord **) a, MEMO_ANNOTATION_START);
  gint64 second = memo_record_get_int (*(MemoRecord **) b, MEMO_ANNOTATION_START);

  return first < second ? -1 : first > second;
}

/* The annotations of an article: a list of quotes. */
static void
annotations_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (GPtrArray) records = memo_library_where_finish (MEMO_LIBRARY (source), result, NULL);
  g_autofree char *detail = NULL;

  if (!records || !self->record || !self->children_section || records->len == 0)
    return;
  detail = g_strdup_printf ("%u", records->len);
  memo_details_open_section (self->children_section, _ ("Annotations"), detail);
  g_ptr_array_sort (records, compare_starts);
  for (guint i = 0; i < records->len && i < 200; i++)
    gtk_box_append (GTK_BOX (self->children_section),
                    memo_details_quote_new (self->session, g_ptr_array_index (records, i), self->record, FALSE));
}

/* The article that an annotation stands in. */
static void
article_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (MemoRecord) article = memo_library_get_finish (MEMO_LIBRARY (source), result, NULL);

  if (!article || !self->record || !self->package_section)
    return;
  gtk_widget_set_visible (self->package_section, TRUE);
  gtk_box_append (GTK_BOX (self->package_section),
                  memo_details_quote_new (self->session, self->record, article, FALSE));
}

/* What a note names. */

#define MOST_LINKS 50

static void
linked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, NULL);

  if (!record || memo_record_get_deleted (record) || !self->record || !self->children_section)
    return;
  if (!gtk_widget_get_visible (self->children_section))
    memo_details_open_section (self->children_section, _ ("Named in this note"), NULL);
  gtk_box_append (GTK_BOX (self->children_section),
                  make_record_row (self, record, memo_word_record (memo_record_get_kind (record))));
}

static void
note_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (MemoRecord) note = memo_library_get_finish (MEMO_LIBRARY (source), result, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) address = g_regex_new ("memo:[a-z_]+/([0-9a-f-]{36})", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  const char *text = note ? memo_record_get_text (note, MEMO_NOTE_TEXT) : NULL;

  if (!text || !self->record)
    return;
  for (g_regex_match (address, text, 0, &match); g_match_info_matches (match) && g_hash_table_size (seen) < MOST_LINKS;
       g_match_info_next (match, NULL))
    {
      char *uuid = g_match_info_fetch (match, 1);

      if (!g_hash_table_contains (seen, uuid))
        memo_library_get_async (self->library, uuid, FALSE, self->loading, linked_cb, g_object_ref (self));
      g_hash_table_add (seen, uuid);
    }
}

static void
earlier_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (GPtrArray) earlier = memo_library_earlier_finish (MEMO_LIBRARY (source), result, NULL);
  GtkWidget *values;

  if (!earlier || !self->record || !self->earlier_section)
    return;
  values = memo_earlier_values_new (self->session, self->record, earlier);
  if (!values)
    return;
  gtk_widget_set_visible (self->earlier_section, TRUE);
  gtk_box_append (GTK_BOX (self->earlier_section), values);
}

/* What can be done with a record. */

static void
edit_cb (MemoDetailsPane *self)
{
  if (!self->record)
    return;
  switch (memo_record_get_kind (self->record))
    {
    case MEMO_KIND_AGREEMENT:
      memo_agreement_dialog_present (GTK_WIDGET (self), self->session, self->record, NULL, -1, -1);
      break;
    case MEMO_KIND_ARTICLE:
      memo_article_dialog_present (GTK_WIDGET (self), self->session, self->record);
      break;
    case MEMO_KIND_SECTOR:
      memo_sector_dialog_present (GTK_WIDGET (self), self->session, self->record, NULL);
      break;
    default:
      memo_record_dialog_present (GTK_WIDGET (self), self->session, memo_record_get_kind (self->record), self->record);
    }
}

static void
open_cb (MemoDetailsPane *self)
{
  if (self->record)
    memo_session_open_article (self->session, memo_record_get_uuid (self->record), -1, -1);
}

static void
trash_cb (MemoDetailsPane *self)
{
  g_autoptr (MemoChange) change = NULL;
  g_autofree char *title = NULL, *said = NULL;

  if (!self->record)
    return;
  title = memo_text_ellipsize (memo_record_get_title (self->record), 60);
  change = memo_change_new (N_ ("Delete"), title);
  memo_change_trash (change, self->record);
  /* Translators: %s is the title of a record. */
  said = g_strdup_printf (_ ("“%s” was moved to the trash"), title);
  memo_session_apply (self->session, change, said, NULL, NULL);
}

static void
filter_by_cb (MemoDetailsPane *self)
{
  MemoFacet facet = MEMO_FACET_SOURCE;
  g_autoptr (MemoFilter) changed = NULL;

  if (!self->record)
    return;
  switch ((int) memo_record_get_kind (self->record))
    {
    case MEMO_KIND_PARTY:
      facet = MEMO_FACET_PARTY;
      break;
    case MEMO_KIND_SECTOR:
      facet = MEMO_FACET_SECTOR;
      break;
    case MEMO_KIND_BODY:
      facet = MEMO_FACET_BODY;
      break;
    default:
      break;
    }
  changed = memo_filter_with (memo_session_get_filter (self->session), facet, MEMO_CHOICE_ANY,
                              memo_record_get_uuid (self->record));
  memo_session_set_filter (self->session, changed);
}

static void
add_button (MemoDetailsPane *self, GtkWidget *box, const char *icon, const char *name, GCallback callback)
{
  g_signal_connect_swapped (memo_details_add_button (box, icon, name), "clicked", callback, self);
}

static void
add_buttons (MemoDetailsPane *self, GtkWidget *box)
{
  gboolean writable = !memo_library_get_read_only (self->library);
  MemoKind kind = memo_record_get_kind (self->record);

  if (writable && (kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_ARTICLE || kind == MEMO_KIND_SECTOR ||
                   memo_record_dialog_can_edit (kind)))
    add_button (self, box, "document-edit-symbolic", _ ("Edit"), G_CALLBACK (edit_cb));
  switch (kind)
    {
    case MEMO_KIND_ARTICLE:
      add_button (self, box, "document-open-symbolic", _ ("Read"), G_CALLBACK (open_cb));
      add_button (self, box, "funnel-symbolic", _ ("Filter by This"), G_CALLBACK (filter_by_cb));
      break;
    case MEMO_KIND_PARTY:
    case MEMO_KIND_SECTOR:
    case MEMO_KIND_BODY:
      add_button (self, box, "funnel-symbolic", _ ("Filter by This"), G_CALLBACK (filter_by_cb));
      return;
    default:
      break;
    }
  if (writable)
    add_button (self, box, "user-trash-symbolic", _ ("Move to the Trash"), G_CALLBACK (trash_cb));
}

static void
ask_more (MemoDetailsPane *self)
{
  const char *uuid = memo_record_get_uuid (self->record);
  const char *other;

  memo_claims_async (self->library, uuid, self->loading, claims_cb, g_object_ref (self));
  memo_library_earlier_async (self->library, uuid, self->loading, earlier_cb, g_object_ref (self));
  switch (memo_record_get_kind (self->record))
    {
    case MEMO_KIND_AGREEMENT:
      memo_library_where_async (self->library, MEMO_FOLLOW_UP_AGREEMENT, uuid, self->loading, follow_ups_cb,
                                g_object_ref (self));
      memo_library_where_async (self->library, MEMO_AGREEMENT_PACKAGE, uuid, self->loading, children_cb,
                                g_object_ref (self));
      other = memo_record_get_text (self->record, MEMO_AGREEMENT_PACKAGE);
      if (other)
        memo_library_get_async (self->library, other, FALSE, self->loading, package_cb, g_object_ref (self));
      break;
    case MEMO_KIND_ARTICLE:
      memo_library_where_async (self->library, MEMO_ANNOTATION_ARTICLE, uuid, self->loading, annotations_cb,
                                g_object_ref (self));
      break;
    case MEMO_KIND_ANNOTATION:
      other = memo_record_get_text (self->record, MEMO_ANNOTATION_ARTICLE);
      memo_library_get_async (self->library, other, FALSE, self->loading, article_cb, g_object_ref (self));
      break;
    case MEMO_KIND_NOTE:
      memo_library_get_async (self->library, uuid, TRUE, self->loading, note_cb, g_object_ref (self));
      break;
    default:
      break;
    }
}

static void
fill (MemoDetailsPane *self)
{
  MemoIndex *index = memo_library_get_index (self->library);
  MemoKind kind = memo_record_get_kind (self->record);
  g_autofree char *described = memo_details_describe (self->record);
  g_autofree char *title = NULL;
  const char *prose = NULL;
  GtkWidget *label;

  self->content = memo_details_content_new ();
  if (kind == MEMO_KIND_SECTOR || kind == MEMO_KIND_PARTY || kind == MEMO_KIND_BODY)
    title = memo_word_name (index, kind, memo_record_get_uuid (self->record));
  else if (kind == MEMO_KIND_ANNOTATION)
    title = g_strdup (memo_record_get_text (self->record, MEMO_ANNOTATION_COMMENT));
  else
    title = memo_text_collapse (memo_record_get_title (self->record));
  add_buttons (self,
               memo_details_add_head (self->content, title && title[0] ? title : memo_word_record (kind), described));

  self->package_section = add_section (self);
  gtk_box_append (GTK_BOX (self->content), memo_details_fields_new (self->session, self->record));
  if (kind == MEMO_KIND_AGREEMENT)
    prose = memo_record_get_text (self->record, MEMO_AGREEMENT_SUMMARY);
  else if (kind == MEMO_KIND_EVENT)
    prose = memo_record_get_text (self->record, MEMO_EVENT_SUMMARY);
  if (prose)
    {
      label = memo_details_add_label (self->content, prose, NULL);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    }
  self->evidence_section = add_section (self);
  self->follow_up_section = add_section (self);
  self->children_section = add_section (self);
  self->earlier_section = add_section (self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->content);
  self->several = NULL;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->scrolled);
  ask_more (self);
}

static void
clear (MemoDetailsPane *self)
{
  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->record);
  self->package_section = self->evidence_section = self->follow_up_section = self->children_section = NULL;
  self->earlier_section = NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);
  gboolean same =
      record && self->record && g_str_equal (memo_record_get_uuid (record), memo_record_get_uuid (self->record));
  GtkAdjustment *adjustment;
  double place;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || source != (GObject *) self->library)
    return;
  if (!record || memo_record_get_deleted (record))
    {
      g_clear_object (&self->record);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
      return;
    }
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  place = same ? gtk_adjustment_get_value (adjustment) : 0;
  g_set_object (&self->record, record);
  fill (self);
  gtk_adjustment_set_value (adjustment, place);
}

/* The same sections follow each other on every page of several: the place stays, whatever more is selected. */
static void
show_page (MemoDetailsPane *self, GtkWidget *page)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  double place = self->several ? gtk_adjustment_get_value (adjustment) : 0;

  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->scrolled);
  if (self->several && memo_details_several_is_same (self->several, page))
    return;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), page);
  self->several = page;
  gtk_adjustment_set_value (adjustment, place);
}

static void
digested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoDetailsPane) self = data;
  g_autoptr (MemoDigest) digest = memo_digest_new_finish (result, NULL);
  GArray *several = self->session ? memo_session_get_several (self->session) : NULL;
  g_autoptr (GtkWidget) page = NULL;

  /* Cancelled: others are shown now, or they have changed. */
  if (!digest || !several)
    return;
  if (digest->n == 0)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
      return;
    }
  page = g_object_ref_sink (memo_details_several_new (self->session, several, digest));
  show_page (self, page);
}

/* Instead of a record: several agreements, or nothing. */
static void
show_several (MemoDetailsPane *self)
{
  GArray *several = self->library ? memo_session_get_several (self->session) : NULL;

  if (!several)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
      return;
    }
  self->loading = g_cancellable_new ();
  memo_digest_new_async (memo_library_get_index (self->library), several, self->loading, digested_cb,
                         g_object_ref (self));
}

static void
reload (MemoDetailsPane *self)
{
  const char *shown = memo_session_get_shown (self->session);

  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (!shown || !self->library)
    {
      clear (self);
      show_several (self);
      return;
    }
  self->loading = g_cancellable_new ();
  memo_library_get_async (self->library, shown, FALSE, self->loading, loaded_cb, g_object_ref (self));
}

static void
library_cb (MemoDetailsPane *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);

  if (self->library)
    g_clear_signal_handler (&self->changed_id, self->library);
  clear (self);
  g_set_object (&self->library, library);
  if (library)
    self->changed_id = g_signal_connect_swapped (library, "changed", G_CALLBACK (reload), self);
  reload (self);
}

static void
memo_details_pane_dispose (GObject *object)
{
  MemoDetailsPane *self = MEMO_DETAILS_PANE (object);

  clear (self);
  if (self->library)
    g_clear_signal_handler (&self->changed_id, self->library);
  g_clear_object (&self->library);
  g_clear_object (&self->session);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (memo_details_pane_parent_class)->dispose (object);
}

static void
memo_details_pane_class_init (MemoDetailsPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_details_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
memo_details_pane_init (MemoDetailsPane *self)
{
}

GtkWidget *
memo_details_pane_new (MemoSession *session)
{
  MemoDetailsPane *self = g_object_new (MEMO_TYPE_DETAILS_PANE, NULL);
  GtkWidget *empty = adw_status_page_new ();

  self->session = g_object_ref (session);
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing Selected"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (empty),
      _ ("Select an article, an agreement or an entry of the timeline to see its details here."));
  gtk_widget_add_css_class (empty, "compact");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_stack_add_named (GTK_STACK (self->stack), self->scrolled, "record");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Details"), -1);

  g_signal_connect_object (session, "notify::shown", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::library", G_CALLBACK (library_cb), self, G_CONNECT_SWAPPED);
  library_cb (self);
  return GTK_WIDGET (self);
}
