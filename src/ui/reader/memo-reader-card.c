#include "memo-reader-card.h"

#include <glib/gi18n.h>

#include "model/memo-words.h"

struct _MemoReaderCard
{
  GtkButton parent_instance;
  MemoSession *session;
  MemoRecord *record;
  GtkWidget *title;  /* the record it is evidence for */
  GtkWidget *detail; /* "2 of 42 identified" */
  GtkWidget *comment;
  GtkWidget *labels;   /* sectors and tags */
  GtkWidget *conflict; /* what another source says */
  GtkWidget *quote;    /* its first words, when it has no others */
  GCancellable *cancellable;
  char *field; /* of the record that the passage is evidence for; nullable */
  const char *color;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (MemoReaderCard, memo_reader_card, GTK_TYPE_BUTTON)

enum
{
  WORDS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_label (GtkWidget *label, const char *text)
{
  gboolean visible = text && text[0];

  if (visible)
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, visible);
}

static GtkWidget *
add_label (GtkWidget *box, int lines, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* The first quote of a claim that is not the one of this passage. */
static MemoQuote *
find_other (MemoReaderCard *self, MemoClaims *claims)
{
  const char *own = memo_record_get_uuid (self->record);

  for (guint i = 0; i < claims->claims->len; i++)
    {
      MemoClaim *claim = g_ptr_array_index (claims->claims, i);
      gboolean ours = FALSE;

      for (guint j = 0; j < claim->quotes->len; j++)
        {
          MemoQuote *quote = g_ptr_array_index (claim->quotes, j);

          ours |= quote->annotation && g_str_equal (memo_record_get_uuid (quote->annotation), own);
        }
      if (!ours && claim->quotes->len > 0)
        return g_ptr_array_index (claim->quotes, 0);
    }
  return NULL;
}

static void
claims_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoReaderCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = memo_claims_finish (MEMO_LIBRARY (source), result, &error);

  if (all == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Claims beside a passage: %s", error->message);
      return;
    }
  for (guint i = 0; self->record && i < all->len; i++)
    {
      MemoClaims *claims = g_ptr_array_index (all, i);
      MemoQuote *other = NULL;

      if (!claims->agree && g_strcmp0 (claims->field, self->field) == 0)
        other = find_other (self, claims);
      if (other && other->article && other->annotation)
        {
          const char *outlet = memo_record_get_text (other->article, MEMO_ARTICLE_OUTLET);
          /* Translators: a passage that says something else: %1$s is the outlet or title of its article, %2$s its words */
          g_autofree char *text =
              g_strdup_printf (_ ("≠ %1$s: “%2$s”"), outlet ? outlet : memo_record_get_title (other->article),
                               memo_record_get_text (other->annotation, MEMO_ANNOTATION_EXACT));

          set_label (self->conflict, text);
          g_signal_emit (self, signals[WORDS_CHANGED], 0);
          return;
        }
    }
}

static void
records_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoReaderCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  /* Gone with its record, or a later question is on its way: nothing to show. */
  if (record == NULL || memo_record_get_deleted (record) != 0)
    return;
  if (memo_record_get_kind (record) == MEMO_KIND_AGREEMENT)
    {
      gint64 declared = memo_record_get_int (record, MEMO_AGREEMENT_DECLARED);
      const char *kind = memo_record_get_text (record, MEMO_AGREEMENT_KIND);
      const char *status = memo_record_get_text (record, MEMO_AGREEMENT_STATUS);
      MemoCounts counts = { 0 };

      memo_index_get_counts (memo_library_get_index (MEMO_LIBRARY (source)), memo_record_get_id (record), &counts);
      if (g_strcmp0 (kind, "package") == 0 && declared != MEMO_UNSET)
        /* Translators: number of the agreements of a package that are known one by one, and of all */
        detail = g_strdup_printf (_ ("%u of %u identified"), counts.identified, (guint) declared);
      else if (status)
        detail = g_strdup (memo_word_status (status));
      /* Translators: %1$s is a kind of record, "Package", %2$s its title */
      title = g_strdup_printf (_ ("%1$s: %2$s"), memo_word_kind (MEMO_KIND_AGREEMENT, kind ? kind : "agreement"),
                               memo_record_get_title (record));
    }
  else
    title = g_strdup_printf (_ ("%1$s: %2$s"), memo_word_record (memo_record_get_kind (record)),
                             memo_record_get_title (record));
  set_label (self->title, title);
  set_label (self->detail, detail);
  set_label (self->quote, NULL);
  g_signal_emit (self, signals[WORDS_CHANGED], 0);
  if (self->field)
    memo_claims_async (MEMO_LIBRARY (source), memo_record_get_uuid (record), self->cancellable, claims_cb,
                       g_object_ref (self));
}

static void
evidence_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) evidence = memo_library_where_finish (MEMO_LIBRARY (source), result, &error);
  g_autoptr (MemoReaderCard) self = user_data;

  if (evidence == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Evidence of a passage: %s", error->message);
      return;
    }
  for (guint i = 0; i < evidence->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (evidence, i);
      const char *uuid = memo_record_get_text (record, MEMO_EVIDENCE_RECORD);

      if (memo_record_get_deleted (record) == 0 && uuid)
        {
          g_free (self->field);
          self->field = g_strdup (memo_record_get_text (record, MEMO_EVIDENCE_FIELD));
          memo_library_get_async (MEMO_LIBRARY (source), uuid, FALSE, self->cancellable, records_cb,
                                  g_object_ref (self));
          break;
        }
    }
}

void
memo_reader_card_refresh (MemoReaderCard *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (library == NULL || self->record == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  memo_library_where_async (library, MEMO_EVIDENCE_ANNOTATION, memo_record_get_uuid (self->record), self->cancellable,
                            evidence_cb, g_object_ref (self));
}

static void
clicked_cb (MemoReaderCard *self)
{
  if (self->record)
    memo_session_show (self->session, memo_record_get_uuid (self->record));
}

static void
memo_reader_card_dispose (GObject *object)
{
  MemoReaderCard *self = MEMO_READER_CARD (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->field, g_free);
  g_clear_object (&self->record);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_reader_card_parent_class)->dispose (object);
}

static void
memo_reader_card_class_init (MemoReaderCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_reader_card_dispose;
  /* There is more or less to read than before. */
  signals[WORDS_CHANGED] =
      g_signal_new ("words-changed", MEMO_TYPE_READER_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
memo_reader_card_init (MemoReaderCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = add_label (box, 3, "memo-card-title");
  self->comment = add_label (box, 6, NULL);
  self->conflict = add_label (box, 3, "memo-card-conflict");
  self->quote = add_label (box, 1, "dim-label");
  self->labels = add_label (box, 2, "memo-card-labels");
  self->detail = add_label (box, 2, "dim-label");
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "memo-card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  g_signal_connect (self, "clicked", G_CALLBACK (clicked_cb), NULL);
}

MemoReaderCard *
memo_reader_card_new (MemoSession *session)
{
  MemoReaderCard *self = g_object_new (MEMO_TYPE_READER_CARD, NULL);

  self->session = g_object_ref (session);
  return self;
}

void
memo_reader_card_set_record (MemoReaderCard *self, MemoRecord *annotation)
{
  MemoLibrary *library;
  const char *const *tags;
  const char *comment;
  const char *color;
  g_autofree char *sectors = NULL;
  g_autofree char *quote = NULL;
  g_autoptr (GString) labels = g_string_new (NULL);
  gboolean other;

  g_return_if_fail (MEMO_IS_READER_CARD (self));
  if (self->record == annotation)
    return;
  library = memo_session_get_library (self->session);
  other = self->record == NULL || !g_str_equal (memo_record_get_uuid (self->record), memo_record_get_uuid (annotation));
  g_set_object (&self->record, annotation);

  color = memo_reader_colors[memo_reader_color_find (memo_record_get_text (annotation, MEMO_ANNOTATION_COLOR))];
  if (self->color)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->color);
  self->color = color;
  gtk_widget_add_css_class (GTK_WIDGET (self), color);

  comment = memo_record_get_text (annotation, MEMO_ANNOTATION_COMMENT);
  set_label (self->comment, comment);
  if (library)
    sectors = memo_word_names (memo_library_get_index (library), MEMO_KIND_SECTOR,
                               memo_record_get_texts (annotation, MEMO_ANNOTATION_SECTORS));
  if (sectors)
    g_string_append (labels, sectors);
  tags = memo_record_get_texts (annotation, MEMO_ANNOTATION_TAGS);
  for (guint i = 0; tags[i]; i++)
    g_string_append_printf (labels, "%s#%s", labels->len ? "  " : "", tags[i]);
  set_label (self->labels, labels->str);
  if (other)
    {
      set_label (self->title, NULL);
      set_label (self->detail, NULL);
      set_label (self->conflict, NULL);
      memo_reader_card_refresh (self);
    }
  quote = g_strdup (memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT));
  if (quote)
    g_strdelimit (quote, "\n\t", ' ');
  set_label (self->quote, memo_reader_card_has_words (self) ? NULL : quote);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  comment ? comment : (quote ? quote : ""), -1);
}

MemoRecord *
memo_reader_card_get_record (MemoReaderCard *self)
{
  return self->record;
}

gboolean
memo_reader_card_has_words (MemoReaderCard *self)
{
  return gtk_widget_get_visible (self->title) || gtk_widget_get_visible (self->comment) ||
         gtk_widget_get_visible (self->labels);
}

void
memo_reader_card_set_selected (MemoReaderCard *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
}
