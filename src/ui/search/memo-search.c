#include "memo-search.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"
#include "store/memo-query.h"
#include "ui/memo-dialog.h"
#include "ui/memo-settings.h"

#define LIMIT 50

typedef struct
{
  MemoSession *session;
  GtkWidget *window;
  GtkWidget *entry;
  GtkWidget *within;  /* the filter */
  GtkWidget *grouped; /* by kind, else best first */
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *none;
  GCancellable *searching;
  GPtrArray *hits; /* of MemoHit: those listed */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  if (search->searching)
    g_cancellable_cancel (search->searching);
  g_clear_object (&search->searching);
  g_clear_pointer (&search->hits, g_ptr_array_unref);
  g_object_unref (search->session);
  g_free (search);
}

/* U+0002 and U+0003 around the hits become bold; lists, such as tags, are read without their brackets. */
static char *
make_markup (const char *snippet)
{
  g_autoptr (GString) plain = g_string_new (snippet);
  g_autofree char *line = NULL;
  g_autoptr (GString) markup = g_string_new (NULL);
  gboolean bold = FALSE;
  const char *rest;

  g_string_replace (plain, "\",\"", ", ", 0);
  g_string_replace (plain, "[\"", " ", 0);
  g_string_replace (plain, "\"]", " ", 0);
  line = memo_text_collapse (plain->str);
  rest = line;
  while (*rest)
    {
      gsize length = strcspn (rest, "\x02\x03");
      g_autofree char *escaped = g_markup_escape_text (rest, length);

      g_string_append (markup, escaped);
      rest += length;
      if (*rest == '\x02' && !bold)
        g_string_append (markup, "<b>");
      else if (*rest == '\x03' && bold)
        g_string_append (markup, "</b>");
      if (*rest)
        bold = *rest++ == '\x02';
    }
  if (bold)
    g_string_append (markup, "</b>");
  return g_string_free (g_steal_pointer (&markup), FALSE);
}

static GtkWidget *
make_caption (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

/* @kind: whether the row says what it is, as no header does. */
static GtkWidget *
make_row (MemoHit *hit, gboolean kind)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *title = memo_text_collapse (hit->title ? hit->title : "");
  g_autofree char *markup = hit->snippet ? make_markup (hit->snippet) : NULL;
  GtkWidget *label = gtk_label_new (title);
  /* Translators: for screen readers: the title of a result, and what it is. */
  g_autofree char *spoken = g_strdup_printf (_ ("%s, %s"), title, memo_word_record (hit->kind));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (top), label);
  if (hit->kind == MEMO_KIND_ARTICLE && hit->language)
    gtk_box_append (GTK_BOX (top), make_caption (memo_language_name (hit->language, memo_language_of_interface ())));
  if (kind)
    gtk_box_append (GTK_BOX (top), make_caption (memo_word_record (hit->kind)));
  gtk_box_append (GTK_BOX (box), top);
  if (hit->reason)
    gtk_box_append (GTK_BOX (box), make_caption (hit->reason));
  if (markup && markup[0])
    {
      label = gtk_label_new (NULL);
      gtk_label_set_markup (GTK_LABEL (label), markup);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_lines (GTK_LABEL (label), 2);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "memo-hit", hit);
  return row;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  MemoHit *hit = g_object_get_data (G_OBJECT (row), "memo-hit");
  MemoHit *previous = before ? g_object_get_data (G_OBJECT (before), "memo-hit") : NULL;
  GtkWidget *label;

  if (previous && previous->kind == hit->kind)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (memo_word_record (hit->kind));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 10);
  gtk_widget_set_margin_bottom (label, 2);
  gtk_widget_set_margin_start (label, 10);
  gtk_list_box_row_set_header (row, label);
}

/* The row keeps what it shows: it may outlive the search while the window goes. */
static void
append_row (Search *search, MemoHit *hit, gboolean kind)
{
  GtkWidget *row = make_row (hit, kind);

  g_object_set_data_full (G_OBJECT (row), "memo-hits", g_ptr_array_ref (search->hits),
                          (GDestroyNotify) g_ptr_array_unref);
  gtk_list_box_append (GTK_LIST_BOX (search->list), row);
}

/* Grouped by kind, the groups in the order of their best hit; or all best first. */
static void
fill (Search *search)
{
  gboolean grouped = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (search->grouped));
  gboolean done[MEMO_N_KINDS] = { FALSE };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (search->list)))
    gtk_list_box_remove (GTK_LIST_BOX (search->list), child);
  gtk_list_box_set_header_func (GTK_LIST_BOX (search->list), grouped ? header_cb : NULL, NULL, NULL);
  for (guint i = 0; i < search->hits->len; i++)
    {
      MemoHit *first = g_ptr_array_index (search->hits, i);

      if (!grouped)
        append_row (search, first, TRUE);
      if (!grouped || done[first->kind])
        continue;
      done[first->kind] = TRUE;
      for (guint j = i; j < search->hits->len; j++)
        {
          MemoHit *hit = g_ptr_array_index (search->hits, j);

          if (hit->kind == first->kind)
            append_row (search, hit, FALSE);
        }
    }
  gtk_list_box_select_row (GTK_LIST_BOX (search->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (search->list), 0));
  gtk_stack_set_visible_child_name (GTK_STACK (search->stack), search->hits->len ? "hits" : "none");
}

static void
grouped_cb (Search *search)
{
  memo_settings_set_boolean ("search-grouped", gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (search->grouped)));
  if (search->hits)
    fill (search);
}

typedef struct
{
  GtkWidget *window; /* ref: the search lives as long as it */
  GCancellable *cancellable;
} Asked;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = memo_library_search_finish (MEMO_LIBRARY (source), result, &error);
  Search *search = g_object_get_data (G_OBJECT (asked->window), "memo-search");

  /* A later letter has asked again. */
  if (search && search->searching == asked->cancellable && hits && gtk_widget_get_root (search->entry))
    {
      GPtrArray *old = search->hits;

      search->hits = g_steal_pointer (&hits);
      fill (search);
      g_clear_pointer (&old, g_ptr_array_unref);
    }
  else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && search)
    {
      adw_status_page_set_description (ADW_STATUS_PAGE (search->none), error->message);
      gtk_stack_set_visible_child_name (GTK_STACK (search->stack), "none");
    }
  g_object_unref (asked->window);
  g_object_unref (asked->cancellable);
  g_free (asked);
}

static void
ask (Search *search)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (search->entry));
  MemoLibrary *library = memo_session_get_library (search->session);
  gboolean within = gtk_check_button_get_active (GTK_CHECK_BUTTON (search->within));
  Asked *asked;

  if (search->searching)
    g_cancellable_cancel (search->searching);
  g_clear_object (&search->searching);
  if (!words[0] || !library)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (search->stack), "start");
      return;
    }
  search->searching = g_cancellable_new ();
  asked = g_new0 (Asked, 1);
  asked->window = g_object_ref (search->window);
  asked->cancellable = g_object_ref (search->searching);
  memo_library_search_async (library, words, TRUE, within ? memo_session_get_filter (search->session) : NULL, LIMIT,
                             search->searching, found_cb, asked);
}

/* What belongs to a sector is what the views then show. */
static void
filter_by_sector (MemoSession *session, const char *uuid)
{
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) filter = memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, uuid);

  memo_session_set_filter (session, filter);
  memo_session_go (session, "register");
}

/* An annotation opens its article at the passage. */
static void
annotation_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoSession) session = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) annotation = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);

  if (annotation)
    memo_session_open_article (session, memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE),
                               memo_record_get_int (annotation, MEMO_ANNOTATION_START),
                               memo_record_get_int (annotation, MEMO_ANNOTATION_END));
  else
    memo_session_toast (session, error->message, FALSE);
}

/* How long the first hit in the snippet is: what to mark in the reader. */
static glong
get_hit_length (const char *snippet)
{
  const char *start = snippet ? strchr (snippet, '\x02') : NULL;
  const char *end = start ? strchr (start, '\x03') : NULL;

  return end ? g_utf8_strlen (start + 1, end - start - 1) : 0;
}

static void
row_cb (Search *search, GtkListBoxRow *row)
{
  MemoHit *hit = g_object_get_data (G_OBJECT (row), "memo-hit");
  g_autoptr (MemoSession) session = g_object_ref (search->session);
  MemoLibrary *library = memo_session_get_library (session);
  g_autofree char *uuid = g_strdup (hit->uuid);
  MemoKind kind = hit->kind;
  glong offset = hit->offset;
  glong length = get_hit_length (hit->snippet);

  gtk_window_destroy (GTK_WINDOW (search->window));
  switch (kind)
    {
    case MEMO_KIND_ARTICLE:
      memo_session_show (session, uuid);
      memo_session_open_article (session, uuid, offset, offset >= 0 ? offset + length : -1);
      break;
    case MEMO_KIND_ANNOTATION:
      if (library)
        memo_library_get_async (library, uuid, FALSE, NULL, annotation_cb, g_object_ref (session));
      break;
    case MEMO_KIND_SECTOR:
      filter_by_sector (session, uuid);
      break;
    case MEMO_KIND_AGREEMENT:
      memo_session_go (session, "register");
      memo_session_show (session, uuid);
      break;
    case MEMO_KIND_EVENT:
      memo_session_go (session, "timeline");
      memo_session_show (session, uuid);
      break;
    case MEMO_KIND_NOTE:
      memo_session_go (session, "notes");
      memo_session_show (session, uuid);
      break;
    default:
      memo_session_show (session, uuid);
    }
}

static void
activate_cb (Search *search)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (search->list));

  if (row && g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (search->stack)), "hits"))
    row_cb (search, row);
}

/* Arrow keys move in the list while the words keep the focus. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Search *search)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (search->list));
  int step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  int at = row ? gtk_list_box_row_get_index (row) + step : 0;
  graphene_rect_t bounds;

  if (!step)
    return FALSE;
  row = at >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (search->list), at) : NULL;
  if (row)
    {
      GtkWidget *scrolled = gtk_widget_get_ancestor (search->list, GTK_TYPE_SCROLLED_WINDOW);

      gtk_list_box_select_row (GTK_LIST_BOX (search->list), row);
      if (gtk_widget_compute_bounds (GTK_WIDGET (row), search->list, &bounds))
        gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                                   bounds.origin.y, bounds.origin.y + bounds.size.height);
    }
  return TRUE;
}

/* A field word takes its place behind what is typed; its value follows. */
static void
field_cb (Search *search, GtkButton *button)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (search->entry));
  g_autofree char *text = g_strdup_printf ("%s%s%s", words, words[0] && !g_str_has_suffix (words, " ") ? " " : "",
                                           gtk_button_get_label (button));

  gtk_editable_set_text (GTK_EDITABLE (search->entry), text);
  gtk_widget_grab_focus (search->entry);
  gtk_editable_set_position (GTK_EDITABLE (search->entry), -1);
}

/* The words that narrow a search, in the language of the interface. */
static GtkWidget *
make_hints (Search *search)
{
  static const struct
  {
    MemoQueryField field;
    const char *hint;
  } hints[] = {
    { MEMO_QUERY_SECTOR, N_ ("A sector and what is below it, by name or code") },
    { MEMO_QUERY_PARTY, N_ ("A party, by name in any language or ISO code") },
    { MEMO_QUERY_STATUS, N_ ("The status of an agreement") },
    { MEMO_QUERY_KIND, N_ ("What it is: an agreement, a note, a treaty, news") },
    { MEMO_QUERY_AUTHOR, N_ ("Who wrote the article") },
    { MEMO_QUERY_TITLE, N_ ("Words of the title") },
    { MEMO_QUERY_LANGUAGE, N_ ("The language of the source") },
    { MEMO_QUERY_TAG, N_ ("A tag") },
    { MEMO_QUERY_AFTER, N_ ("From this date on") },
    { MEMO_QUERY_BEFORE, N_ ("Up to this date") },
  };
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 5);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (box), 3);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Words that narrow a search"),
                                  -1);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autofree char *label =
          g_strconcat (memo_query_field_name (hints[i].field, memo_language_of_interface ()), ":", NULL);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_set_tooltip_text (button, _ (hints[i].hint));
      gtk_widget_add_css_class (button, "pill");
      gtk_widget_add_css_class (button, "caption");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (field_cb), search);
      gtk_flow_box_insert (GTK_FLOW_BOX (box), button, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  return box;
}

static GtkWidget *
make_results (Search *search)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *start = adw_status_page_new ();

  search->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (search->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (search->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (search->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Results"), -1);
  g_signal_connect_swapped (search->list, "row-activated", G_CALLBACK (row_cb), search);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), search->list);

  search->none = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (search->none), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (search->none), _ ("Nothing Found"));
  adw_status_page_set_description (ADW_STATUS_PAGE (search->none), _ ("Try fewer words, or another form of them."));
  gtk_widget_add_css_class (search->none, "compact");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (start), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (start), _ ("Search Everything"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (start), _ ("Articles, annotations, agreements, events and notes, in all languages. Narrow it "
                                  "with words such as these, or leave things out with a minus in front."));
  adw_status_page_set_child (ADW_STATUS_PAGE (start), make_hints (search));
  gtk_widget_add_css_class (start, "compact");

  search->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (search->stack), start, "start");
  gtk_stack_add_named (GTK_STACK (search->stack), scrolled, "hits");
  gtk_stack_add_named (GTK_STACK (search->stack), search->none, "none");
  return search->stack;
}

void
memo_search_present (GtkWidget *parent, MemoSession *session)
{
  Search *search = g_new0 (Search, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  search->session = g_object_ref (session);
  search->entry = gtk_search_entry_new ();
  g_object_set (search->entry, "placeholder-text", _ ("Search everything"), NULL);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (search->entry), 40);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search everything"), -1);
  gtk_widget_set_hexpand (search->entry, TRUE);
  search->within = gtk_check_button_new_with_label (_ ("Within the filter"));
  gtk_widget_set_visible (search->within, !memo_filter_is_empty (memo_session_get_filter (session)));
  search->grouped = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (search->grouped), "view-list-symbolic");
  gtk_widget_set_tooltip_text (search->grouped, _ ("Group by kind"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (search->grouped), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Group by kind"),
                                  -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (search->grouped), memo_settings_get_boolean ("search-grouped"));
  gtk_widget_set_margin_start (top, 12);
  gtk_widget_set_margin_end (top, 12);
  gtk_widget_set_margin_top (top, 8);
  gtk_widget_set_margin_bottom (top, 8);
  gtk_box_append (GTK_BOX (top), search->entry);
  gtk_box_append (GTK_BOX (top), search->within);
  gtk_box_append (GTK_BOX (top), search->grouped);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), make_results (search));
  gtk_widget_set_vexpand (search->stack, TRUE);

  search->window = memo_dialog_new (parent, _ ("Search"), box, NULL, NULL);
  g_object_set_data_full (G_OBJECT (search->window), "memo-search", search, search_free);
  g_signal_connect_swapped (search->entry, "search-changed", G_CALLBACK (ask), search);
  g_signal_connect_swapped (search->within, "toggled", G_CALLBACK (ask), search);
  g_signal_connect_swapped (search->grouped, "toggled", G_CALLBACK (grouped_cb), search);
  g_signal_connect_swapped (search->entry, "activate", G_CALLBACK (activate_cb), search);
  g_signal_connect_swapped (search->entry, "stop-search", G_CALLBACK (gtk_window_close), search->window);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), search);
  gtk_widget_add_controller (search->entry, keys);
  gtk_window_set_default_size (GTK_WINDOW (search->window), 640, 560);
  gtk_window_present (GTK_WINDOW (search->window));
  gtk_widget_grab_focus (search->entry);
}
