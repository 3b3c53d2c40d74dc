#include "memo-details-evidence.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"

static void
open_cb (GtkWidget *card, MemoSession *session)
{
  MemoRecord *annotation = g_object_get_data (G_OBJECT (card), "memo-annotation");

  memo_session_open_article (session, memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE),
                             memo_record_get_int (annotation, MEMO_ANNOTATION_START),
                             memo_record_get_int (annotation, MEMO_ANNOTATION_END));
}

/* Kavşak Institute, 30 November 2025 · cites another source. */
static char *
describe_source (MemoRecord *article, gboolean cited)
{
  const char *outlet = memo_record_get_text (article, MEMO_ARTICLE_OUTLET);
  const char *name = outlet ? outlet : memo_record_get_title (article);
  MemoDate *published = memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED);
  g_autofree char *date =
      published ? memo_date_format (published, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT) : NULL;
  g_autofree char *source = NULL;

  if (date)
    /* Translators: a source and its date: “Guayabo Press, 28 Nov 2025”. */
    source = g_strdup_printf (_ ("%s, %s"), name, date);
  else
    source = g_strdup (name);
  if (cited)
    /* Translators: %s is a source that repeats what another source of the same claim says. */
    return g_strdup_printf (_ ("%s · cites the other source"), source);
  return g_steal_pointer (&source);
}

GtkWidget *
memo_details_quote_new (MemoSession *session, MemoRecord *annotation, MemoRecord *article, gboolean cited)
{
  GtkWidget *card = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *exact = annotation ? memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT) : NULL;
  g_autofree char *line = memo_text_collapse (exact ? exact : "");
  g_autofree char *shortened = memo_text_ellipsize (line, 320);
  /* Translators: a quotation, in the quotation marks of your language. */
  g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), shortened);
  g_autofree char *source = article ? describe_source (article, cited) : g_strdup (_ ("The article is in the trash"));
  /* Translators: for screen readers: a quotation, then its source. */
  g_autofree char *spoken = g_strdup_printf (_ ("%s, %s"), quoted, source);
  GtkWidget *quote = gtk_label_new (quoted);
  GtkWidget *from = gtk_label_new (source);

  gtk_label_set_wrap (GTK_LABEL (quote), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (quote), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (quote), 0);
  gtk_label_set_width_chars (GTK_LABEL (quote), 12);
  gtk_widget_add_css_class (quote, "memo-quote");
  gtk_label_set_wrap (GTK_LABEL (from), TRUE);
  gtk_label_set_xalign (GTK_LABEL (from), 0);
  gtk_label_set_width_chars (GTK_LABEL (from), 12);
  gtk_widget_add_css_class (from, "caption");
  gtk_widget_add_css_class (from, "dim-label");
  gtk_box_append (GTK_BOX (box), quote);
  gtk_box_append (GTK_BOX (box), from);
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "memo-evidence");
  gtk_widget_set_tooltip_text (card, _ ("Open the passage in the reader"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (annotation)
    {
      g_object_set_data_full (G_OBJECT (card), "memo-annotation", g_object_ref (annotation), g_object_unref);
      g_signal_connect_object (card, "clicked", G_CALLBACK (open_cb), session, 0);
    }
  gtk_widget_set_sensitive (card, annotation && article);
  return card;
}

static char *
format_value (MemoLibrary *library, const char *field, const char *value)
{
  MemoIndex *index = memo_library_get_index (library);
  g_autoptr (MemoDate) date = memo_date_new (value, NULL);

  if (date)
    return memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_LONG);
  if (g_strcmp0 (field, "status") == 0)
    return g_strdup (memo_word_status (value));
  if (g_strcmp0 (field, "parties") == 0 && memo_index_get_record (index, MEMO_KIND_PARTY, value))
    return memo_word_name (index, MEMO_KIND_PARTY, value);
  if (g_strcmp0 (field, "sectors") == 0 && memo_index_get_record (index, MEMO_KIND_SECTOR, value))
    return memo_word_name (index, MEMO_KIND_SECTOR, value);
  return g_strdup (value);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css, const char *more_css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, css);
  if (more_css)
    gtk_widget_add_css_class (label, more_css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Do all quotes of the field use the same words? */
static gboolean
same_words (MemoClaims *claims)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < claims->claims->len; i++)
    {
      MemoClaim *claim = g_ptr_array_index (claims->claims, i);

      for (guint j = 0; j < claim->quotes->len; j++)
        {
          MemoQuote *quote = g_ptr_array_index (claim->quotes, j);
          const char *exact =
              quote->annotation ? memo_record_get_text (quote->annotation, MEMO_ANNOTATION_EXACT) : NULL;
          g_autofree char *key = memo_text_key (exact ? exact : "");

          if (!first)
            first = g_steal_pointer (&key);
          else if (!g_str_equal (first, key))
            return FALSE;
        }
    }
  return TRUE;
}

static guint
count_quotes (MemoClaims *claims)
{
  guint n = 0;

  for (guint i = 0; i < claims->claims->len; i++)
    n += ((MemoClaim *) g_ptr_array_index (claims->claims, i))->quotes->len;
  return n;
}

static void
add_field (MemoSession *session, GtkWidget *box, MemoClaims *claims)
{
  MemoLibrary *library = memo_session_get_library (session);
  guint quotes = count_quotes (claims);

  add_label (box, claims->field ? memo_word_field (claims->field) : _ ("The record as a whole"), "caption-heading",
             "dim-label");
  for (guint i = 0; i < claims->claims->len; i++)
    {
      MemoClaim *claim = g_ptr_array_index (claims->claims, i);

      if (claim->value && claim->value[0] && claims->field)
        {
          g_autofree char *value = format_value (library, claims->field, claim->value);

          add_label (box, value, "heading", NULL);
        }
      for (guint j = 0; j < claim->quotes->len; j++)
        {
          MemoQuote *quote = g_ptr_array_index (claim->quotes, j);

          gtk_box_append (GTK_BOX (box),
                          memo_details_quote_new (session, quote->annotation, quote->article, quote->cited));
        }
    }
  if (!claims->agree)
    add_label (box, _ ("≠ the sources differ"), "caption", "memo-conflict");
  else if (quotes > 1 && same_words (claims))
    add_label (box, _ ("✓ same fact, same wording"), "caption", "memo-agree");
  else if (quotes > 1)
    add_label (box, _ ("✓ same fact, different wording"), "caption", "memo-agree");
}

GtkWidget *
memo_details_evidence_new (MemoSession *session, GPtrArray *claims)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < claims->len; i++)
    add_field (session, box, g_ptr_array_index (claims, i));
  return box;
}
