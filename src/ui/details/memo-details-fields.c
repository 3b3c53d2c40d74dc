#include "memo-details-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-language.h"
#include "model/memo-words.h"

/* Shown elsewhere, or of no use to a reader. */
static const MemoField hidden[] = {
  MEMO_ARTICLE_BYLINE,     MEMO_ARTICLE_TITLE,       MEMO_ARTICLE_SUMMARY,    MEMO_ARTICLE_WORK,
  MEMO_ARTICLE_ORIGINAL,   MEMO_ARTICLE_MEDIA_TYPE,  MEMO_ARTICLE_SHA256,     MEMO_ARTICLE_TEXT,
  MEMO_ANNOTATION_ARTICLE, MEMO_ANNOTATION_START,    MEMO_ANNOTATION_END,     MEMO_ANNOTATION_EXACT,
  MEMO_ANNOTATION_PREFIX,  MEMO_ANNOTATION_SUFFIX,   MEMO_AGREEMENT_TITLE,    MEMO_AGREEMENT_KIND,
  MEMO_AGREEMENT_PACKAGE,  MEMO_AGREEMENT_DECLARED,  MEMO_EVENT_TITLE,        MEMO_EVENT_KIND,
  MEMO_BODY_NAME,          MEMO_BODY_KIND,           MEMO_PARTY_NAME,         MEMO_PARTY_KIND,
  MEMO_SECTOR_POSITION,    MEMO_FOLLOW_UP_AGREEMENT, MEMO_NOTE_TITLE,         MEMO_NOTE_TEXT,
  MEMO_ARTICLE_KIND,       MEMO_SECTOR_NAMES,        MEMO_ANNOTATION_COMMENT, MEMO_AGREEMENT_SUMMARY,
  MEMO_EVENT_SUMMARY,
};

static gboolean
is_hidden (MemoField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    if (hidden[i] == field)
      return TRUE;
  return FALSE;
}

/* The facet that a reference of this field filters by; FALSE when it is none. */
static gboolean
get_target (MemoField field, MemoFacet *ret_facet)
{
  switch ((int) field)
    {
    case MEMO_AGREEMENT_PARTIES:
    case MEMO_EVENT_PARTIES:
    case MEMO_BODY_PARTIES:
    case MEMO_ARTICLE_AUTHORS:
    case MEMO_ANNOTATION_SPEAKER:
      *ret_facet = MEMO_FACET_PARTY;
      return TRUE;
    case MEMO_AGREEMENT_SECTORS:
    case MEMO_EVENT_SECTORS:
    case MEMO_ARTICLE_SECTORS:
    case MEMO_ANNOTATION_SECTORS:
    case MEMO_SECTOR_PARENT:
      *ret_facet = MEMO_FACET_SECTOR;
      return TRUE;
    case MEMO_AGREEMENT_BODY:
    case MEMO_EVENT_BODY:
      *ret_facet = MEMO_FACET_BODY;
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
link_value (MemoFacet facet, const char *value, const char *name)
{
  return g_markup_printf_escaped ("<a href=\"%s:%s\">%s</a>", memo_facet_get_name (facet), value, name);
}

char *
memo_details_links (MemoIndex *index, MemoFacet facet, const char *const *values)
{
  MemoKind kind = facet == MEMO_FACET_PARTY    ? MEMO_KIND_PARTY
                  : facet == MEMO_FACET_SECTOR ? MEMO_KIND_SECTOR
                                               : MEMO_KIND_BODY;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) links = NULL;

  for (; *values; values++)
    {
      g_autofree char *name = facet == MEMO_FACET_TAG ? g_strdup (*values) : memo_word_name (index, kind, *values);
      g_autofree char *link = link_value (facet, *values, name ? name : *values);

      g_strv_builder_add (builder, link);
    }
  links = g_strv_builder_end (builder);
  return g_strjoinv (", ", links);
}

/* Names in three languages as one line; other JSON is not for people. */
static char *
format_names (MemoRecord *record, MemoField field)
{
  g_autoptr (GString) text = g_string_new (NULL);
  static const char *const languages[] = { "en", "tr", "ru" };
  const char *last = NULL;
  g_autofree char *kept = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = memo_record_dup_name_in (record, field, languages[i]);

      if (!name || g_strcmp0 (name, last) == 0)
        continue;
      g_string_append_printf (text, "%s%s", text->len ? " · " : "", name);
      g_free (kept);
      kept = g_steal_pointer (&name);
      last = kept;
    }
  return text->len ? g_markup_escape_text (text->str, -1) : NULL;
}

/* Markup; NULL when there is nothing to show. */
static char *
format_field (MemoIndex *index, MemoRecord *record, MemoField field)
{
  const MemoFieldInfo *info = memo_field_get_info (field);
  const char *text;
  MemoFacet facet;

  switch (info->type)
    {
    case MEMO_FIELD_DATE:
      {
        MemoDate *date = memo_record_get_date (record, field);
        g_autofree char *formatted =
            date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_LONG) : NULL;

        return formatted ? g_markup_escape_text (formatted, -1) : NULL;
      }
    case MEMO_FIELD_INT:
      {
        gint64 number = memo_record_get_int (record, field);

        return number == MEMO_UNSET ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, number);
      }
    case MEMO_FIELD_TEXTS:
      {
        const char *const *values = memo_record_get_texts (record, field);

        if (!*values)
          return NULL;
        if (g_str_equal (info->name, "tags"))
          return memo_details_links (index, MEMO_FACET_TAG, values);
        else
          {
            g_autofree char *joined = g_strjoinv (", ", (char **) values);

            return g_markup_escape_text (joined, -1);
          }
      }
    case MEMO_FIELD_REFS:
      {
        const char *const *values = memo_record_get_texts (record, field);

        return *values && get_target (field, &facet) ? memo_details_links (index, facet, values) : NULL;
      }
    case MEMO_FIELD_REF:
      {
        const char *values[] = { memo_record_get_text (record, field), NULL };

        return values[0] && get_target (field, &facet) ? memo_details_links (index, facet, values) : NULL;
      }
    case MEMO_FIELD_JSON:
      return g_str_equal (info->name, "names") && memo_record_get_text (record, field) ? format_names (record, field)
                                                                                       : NULL;
    default:
      break;
    }

  text = memo_record_get_text (record, field);
  if (!text)
    return NULL;
  if (g_str_equal (info->name, "status"))
    return g_markup_escape_text (memo_word_status (text), -1);
  if (g_str_equal (info->name, "language"))
    return g_markup_escape_text (memo_language_name (text, memo_language_of_interface ()), -1);
  if (g_str_equal (info->name, "color"))
    return g_markup_escape_text (memo_word_color (text), -1);
  if (field == MEMO_ANNOTATION_STATE)
    return g_str_equal (text, "orphan") ? g_markup_escape_text (_ ("The passage was not found in the text"), -1) : NULL;
  if (field == MEMO_ARTICLE_URL && (g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://")))
    return g_markup_printf_escaped ("<a href=\"%s\">%s</a>", text, text);
  return g_markup_escape_text (text, -1);
}

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, MemoSession *session)
{
  const char *colon = strchr (uri, ':');
  g_autofree char *name = colon ? g_strndup (uri, colon - uri) : NULL;

  for (int facet = 0; name && facet < MEMO_N_FACETS; facet++)
    if (g_str_equal (memo_facet_get_name (facet), name))
      {
        g_autoptr (MemoFilter) changed =
            memo_filter_with (memo_session_get_filter (session), facet, MEMO_CHOICE_ANY, colon + 1);

        memo_session_set_filter (session, changed);
        return TRUE;
      }
  return FALSE;
}

GtkWidget *
memo_details_grid_new (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  return grid;
}

void
memo_details_grid_add (GtkWidget *grid, MemoSession *session, int row, const char *title, const char *markup)
{
  GtkWidget *name = gtk_label_new (title), *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 14);
  gtk_widget_add_css_class (name, "memo-field-name");
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "memo-field-value");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (activate_link_cb), session, 0);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), label, 1, row, 1, 1);
}

GtkWidget *
memo_details_fields_new (MemoSession *session, MemoRecord *record)
{
  MemoIndex *index = memo_library_get_index (memo_session_get_library (session));
  MemoKind kind = memo_record_get_kind (record);
  GtkWidget *grid = memo_details_grid_new ();
  guint n;
  int row = 0;

  memo_kind_get_fields (kind, &n);
  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (kind, i);
      const MemoFieldInfo *info = memo_field_get_info (field);
      g_autofree char *value = is_hidden (field) || info->heavy ? NULL : format_field (index, record, field);

      if (value)
        memo_details_grid_add (grid, session, row++, memo_word_field (info->name), value);
    }
  gtk_widget_set_visible (grid, row > 0);
  return grid;
}

char *
memo_details_describe (MemoRecord *record)
{
  MemoKind kind = memo_record_get_kind (record);
  int field = memo_kind_find_field (kind, "kind");
  const char *value = field >= 0 ? memo_record_get_text (record, field) : NULL;
  const char *word = value ? memo_word_kind (kind, value) : NULL;

  if (!word || g_strcmp0 (word, memo_word_record (kind)) == 0)
    return g_strdup (memo_word_record (kind));
  /* Translators: a kind of record, then what it is more exactly: “Agreement · Protocol”. */
  return g_strdup_printf (_ ("%s · %s"), memo_word_record (kind), word);
}
