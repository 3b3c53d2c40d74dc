#include "memo-details-several.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-language.h"
#include "memo-details-fields.h"
#include "memo-details-parts.h"
#include "model/memo-words.h"
#include "ui/register/memo-register-edit.h"

/* What is done is done to those that the page is of: more may be selected by now, and not yet be shown. */
static GArray *
get_agreements (GtkWidget *page)
{
  return g_object_get_data (G_OBJECT (page), "memo-agreements");
}

static GArray *
get_meant (GtkWidget *button)
{
  GArray *agreements = NULL;

  for (GtkWidget *page = button; page && !agreements; page = gtk_widget_get_parent (page))
    agreements = get_agreements (page);
  return agreements;
}

static void
edit_cb (GtkWidget *button, MemoSession *session)
{
  /* The page is made anew when the library changes; the window stays. */
  memo_register_edit (GTK_WIDGET (gtk_widget_get_root (button)), session, get_meant (button));
}

static void
trash_cb (GtkWidget *button, MemoSession *session)
{
  memo_register_trash (session, get_meant (button));
}

/* Of a span that is itself a date its first or its last day, month or year: "since 2019" has no place in another span. */
static char *
format_end (MemoDate *date, gboolean last)
{
  g_auto (GStrv) parts = g_strsplit (memo_date_get_edtf (date), "/", 2);
  guint n = g_strv_length (parts);
  const char *part = n < 2 ? NULL : g_str_equal (parts[last], "..") ? parts[!last] : parts[last];
  g_autoptr (MemoDate) end = part ? memo_date_new (part, NULL) : NULL;

  return memo_date_format (end ? end : date, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT);
}

/* (transfer full) */
static char *
format_dates (MemoDigest *digest)
{
  g_autofree char *from = digest->earliest ? format_end (digest->earliest, FALSE) : NULL;
  g_autofree char *to = digest->latest ? format_end (digest->latest, TRUE) : NULL;
  g_autofree char *undated = g_strdup_printf (ngettext ("%u undated", "%u undated", digest->undated), digest->undated);
  g_autofree char *span = NULL;

  if (!from || !to)
    return g_steal_pointer (&undated);
  /* Translators: the first and the last of several dates: “3 May 2014 – 28 Nov 2025”. */
  span = g_str_equal (from, to) ? g_strdup (from) : g_strdup_printf (_ ("%s – %s"), from, to);
  if (digest->undated == 0)
    return g_steal_pointer (&span);
  return g_strjoin ("\n", span, undated, NULL);
}

static GtkWidget *
add_section (GtkWidget *content, const char *title)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (content), section);
  memo_details_open_section (section, title, NULL);
  return section;
}

static void
add_number (GtkWidget *grid, MemoSession *session, int row, const char *title, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  memo_details_grid_add (grid, session, row, title, text);
}

/* In the order of an agreement's life. */
static void
add_statuses (GtkWidget *content, MemoSession *session, MemoDigest *digest)
{
  GtkWidget *section = add_section (content, memo_word_field ("status")), *grid = memo_details_grid_new ();
  const char *const *statuses = memo_word_get_values (MEMO_AGREEMENT_STATUS);
  guint rest = digest->n;
  int row = 0;

  for (; *statuses; statuses++)
    {
      guint n = memo_digest_count (digest, MEMO_FACET_STATUS, *statuses);

      if (n > 0)
        add_number (grid, session, row++, memo_word_status (*statuses), n);
      rest -= n;
    }
  if (rest > 0)
    add_number (grid, session, row, _ ("No status"), rest);
  gtk_box_append (GTK_BOX (section), grid);
}

/* Links to what all of them have of @facet; NULL: nothing. What is gone from the library has no name. (transfer full) */
static char *
link_common (MemoIndex *index, MemoDigest *digest, MemoFacet facet, MemoKind kind)
{
  g_auto (GStrv) values = memo_digest_dup_values (digest, facet, digest->n);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; values[i]; i++)
    if (facet == MEMO_FACET_TAG || memo_index_get_record (index, kind, values[i]))
      g_ptr_array_add (known, values[i]);
  if (known->len == 0)
    return NULL;
  g_ptr_array_add (known, NULL);
  return memo_details_links (index, facet, (const char *const *) known->pdata);
}

static void
add_common (GtkWidget *content, MemoSession *session, MemoIndex *index, MemoDigest *digest)
{
  static const struct
  {
    MemoFacet facet;
    MemoKind kind;
    const char *field;
  } parts[] = { { MEMO_FACET_PARTY, MEMO_KIND_PARTY, "parties" },
                { MEMO_FACET_SECTOR, MEMO_KIND_SECTOR, "sectors" },
                { MEMO_FACET_BODY, MEMO_KIND_BODY, "body" },
                { MEMO_FACET_TAG, MEMO_KIND_AGREEMENT, "tags" } };
  GtkWidget *section = add_section (content, _ ("In common")), *grid = memo_details_grid_new ();
  int row = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *links = link_common (index, digest, parts[i].facet, parts[i].kind);

      if (links)
        memo_details_grid_add (grid, session, row++, memo_word_field (parts[i].field), links);
    }
  if (row > 0)
    gtk_box_append (GTK_BOX (section), grid);
  else
    {
      g_object_ref_sink (grid);
      g_object_unref (grid);
      memo_details_add_label (section, _ ("No party, sector, body or tag is in all of them."), "dim-label");
    }
}

GtkWidget *
memo_details_several_new (MemoSession *session, GArray *agreements, MemoDigest *digest)
{
  MemoLibrary *library = memo_session_get_library (session);
  MemoIndex *index = memo_library_get_index (library);
  g_autofree char *title = NULL, *dates = NULL, *markup = NULL;
  GtkWidget *content = memo_details_content_new (), *head, *grid;

  g_object_set_data_full (G_OBJECT (content), "memo-agreements", g_array_ref (agreements),
                          (GDestroyNotify) g_array_unref);
  title = g_strdup_printf (ngettext ("%u agreement", "%u agreements", digest->n), digest->n);
  head = memo_details_add_head (content, title, _ ("Selected in the register"));
  if (!memo_library_get_read_only (library))
    {
      g_signal_connect_object (memo_details_add_button (head, "document-edit-symbolic", _ ("Edit")), "clicked",
                               G_CALLBACK (edit_cb), session, 0);
      g_signal_connect_object (memo_details_add_button (head, "user-trash-symbolic", _ ("Move to the Trash")),
                               "clicked", G_CALLBACK (trash_cb), session, 0);
    }
  grid = memo_details_grid_new ();
  dates = format_dates (digest);
  markup = g_markup_escape_text (dates, -1);
  memo_details_grid_add (grid, session, 0, memo_word_field ("date"), markup);
  gtk_box_append (GTK_BOX (content), grid);
  add_statuses (content, session, digest);
  add_common (content, session, index, digest);
  return content;
}

/* All that is written in @widget. */
static void
add_text (GString *text, GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    g_string_append (text, gtk_label_get_label (GTK_LABEL (widget)));
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)))
    g_string_append (text, gtk_button_get_icon_name (GTK_BUTTON (widget)));
  g_string_append_c (text, '\n');
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    add_text (text, child);
}

gboolean
memo_details_several_is_same (GtkWidget *a, GtkWidget *b)
{
  GArray *first = get_agreements (a), *second = get_agreements (b);
  g_autoptr (GString) said = g_string_new (NULL), now = g_string_new (NULL);

  if (first->len != second->len || memcmp (first->data, second->data, first->len * sizeof (gint64)) != 0)
    return FALSE;
  add_text (said, a);
  add_text (now, b);
  return g_string_equal (said, now);
}
