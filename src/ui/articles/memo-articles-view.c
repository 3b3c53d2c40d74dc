#include "memo-articles-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "memo-article-actions.h"
#include "memo-article-dialog.h"
#include "memo-articles-list.h"
#include "ui/memo-cell.h"
#include "ui/reader/memo-reader-look.h"
#include "ui/reader/memo-reader-pair.h"

#define MEMO_TYPE_ARTICLES_VIEW (memo_articles_view_get_type ())
G_DECLARE_FINAL_TYPE (MemoArticlesView, memo_articles_view, MEMO, ARTICLES_VIEW, GtkWidget)

struct _MemoArticlesView
{
  GtkWidget parent_instance;
  MemoSession *session;
  MemoLibrary *library;
  GtkWidget *paned, *stack;
  MemoArticlesList *list;
  AdwTabView *tabs;
  MemoRecord *aimed; /* the article that the menu is about */
};

G_DEFINE_FINAL_TYPE (MemoArticlesView, memo_articles_view, GTK_TYPE_WIDGET)

/* What a person sees first: what this is, and the buttons to begin. */
static GtkWidget *
make_start (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *import = gtk_button_new_with_label (_ ("Import Files…"));
  GtkWidget *sample = gtk_button_new_with_label (_ ("Open Sample Library"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "win.import");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (sample), "win.sample-library");
  gtk_widget_add_css_class (import, "pill");
  gtk_widget_add_css_class (import, "suggested-action");
  gtk_widget_add_css_class (sample, "pill");
  gtk_box_append (GTK_BOX (box), import);
  gtk_box_append (GTK_BOX (box), sample);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "document-open-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Begin with an article"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Add saved web pages or texts: drop them on the window, paste them, "
                                      "or choose them. What you mark in "
                                      "them becomes the evidence of your register."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static void
show_pages (MemoArticlesView *self)
{
  gboolean any = self->library ? memo_index_get_n (memo_library_get_index (self->library), MEMO_KIND_ARTICLE) > 0
                               : memo_session_get_listed (self->session) != NULL;

  if (!any && !gtk_stack_get_child_by_name (GTK_STACK (self->stack), "start"))
    gtk_stack_add_named (GTK_STACK (self->stack), make_start (), "start");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    adw_tab_view_get_n_pages (self->tabs) ? "tabs" : (any ? "none" : "start"));
}

static MemoReader *
get_reader (MemoArticlesView *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  return page ? memo_reader_pair_get_reader (MEMO_READER_PAIR (adw_tab_page_get_child (page))) : NULL;
}

static MemoReader *
add_reader (MemoArticlesView *self)
{
  MemoReaderPair *pair = memo_reader_pair_new (self->session);
  AdwTabPage *page = adw_tab_view_append (self->tabs, GTK_WIDGET (pair));

  g_object_bind_property (pair, "title", page, "title", G_BINDING_SYNC_CREATE);
  adw_tab_view_set_selected_page (self->tabs, page);
  show_pages (self);
  return memo_reader_pair_get_reader (pair);
}

static void
open_article (MemoArticlesView *self, const char *uuid, glong start, glong end, gboolean new_tab)
{
  MemoReader *reader = NULL;

  /* One tab for one article: a second would show two places of the same text. */
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (self->tabs, i);
      MemoReader *other = memo_reader_pair_get_reader (MEMO_READER_PAIR (adw_tab_page_get_child (page)));

      if (g_strcmp0 (memo_reader_get_uuid (other), uuid) == 0)
        {
          reader = other;
          adw_tab_view_set_selected_page (self->tabs, page);
          break;
        }
    }
  if (reader == NULL)
    reader = new_tab ? NULL : get_reader (self);
  if (reader == NULL)
    reader = add_reader (self);
  if (g_strcmp0 (memo_reader_get_uuid (reader), uuid) != 0)
    memo_reader_pair_compare (MEMO_READER_PAIR (gtk_widget_get_ancestor (GTK_WIDGET (reader), MEMO_TYPE_READER_PAIR)),
                              NULL);
  memo_reader_open (reader, uuid, start, end);
}

static void
row_open_cb (MemoArticlesView *self, MemoRow *row, gboolean new_tab)
{
  MemoRecord *record = memo_row_get_record (row);
  const char *uuid =
      record ? memo_record_get_uuid (record)
             : memo_index_get_uuid (memo_library_get_index (self->library), MEMO_KIND_ARTICLE, memo_row_get_id (row));

  if (uuid == NULL)
    return;
  open_article (self, uuid, -1, -1, new_tab);
  /* Enter on a row that only has the focus. */
  memo_articles_list_select (self->list, memo_row_get_id (row));
  memo_session_show (self->session, uuid);
}

static void
session_open_cb (MemoArticlesView *self, const char *uuid, glong start, glong end)
{
  gint64 id = self->library ? memo_index_get_id (memo_library_get_index (self->library), MEMO_KIND_ARTICLE, uuid) : 0;
  MemoReader *reader;

  open_article (self, uuid, start, end, FALSE);
  if (id)
    memo_articles_list_select (self->list, id);
  reader = get_reader (self);
  if (reader)
    gtk_widget_grab_focus (GTK_WIDGET (reader));
}

/* The list follows the tab. */
static void
page_cb (MemoArticlesView *self)
{
  MemoReader *reader = get_reader (self);
  const char *uuid = reader ? memo_reader_get_uuid (reader) : NULL;
  gint64 id;

  show_pages (self);
  if (uuid == NULL || self->library == NULL)
    return;
  id = memo_index_get_id (memo_library_get_index (self->library), MEMO_KIND_ARTICLE, uuid);
  if (id)
    memo_articles_list_select (self->list, id);
}

static void
close_all (MemoArticlesView *self)
{
  while (adw_tab_view_get_n_pages (self->tabs) > 0)
    adw_tab_view_close_page (self->tabs, adw_tab_view_get_nth_page (self->tabs, 0));
  show_pages (self);
}

/* An article that went to the trash does not stay open. */
static void
changed_cb (MemoArticlesView *self, MemoNotice *notice)
{
  MemoIndex *index = memo_library_get_index (self->library);

  if (!memo_notice_is_everything (notice) && !memo_notice_touches (notice, MEMO_KIND_ARTICLE))
    return;
  for (int i = adw_tab_view_get_n_pages (self->tabs) - 1; i >= 0; i--)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (self->tabs, i);
      MemoReader *reader = memo_reader_pair_get_reader (MEMO_READER_PAIR (adw_tab_page_get_child (page)));

      if (memo_reader_get_article (reader) &&
          !memo_index_get_id (index, MEMO_KIND_ARTICLE, memo_reader_get_uuid (reader)))
        adw_tab_view_close_page (self->tabs, page);
    }
  show_pages (self);
}

static void
library_cb (MemoArticlesView *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);

  if (library == self->library)
    return;
  if (self->library)
    g_signal_handlers_disconnect_by_data (self->library, self);
  close_all (self);
  g_set_object (&self->library, library);
  if (library)
    g_signal_connect_object (library, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show_pages (self);
}

/* --- the menu of an article --- */

/* After the chosen action has run. */
static gboolean
menu_gone_cb (gpointer popover)
{
  GtkWidget *view = gtk_widget_get_ancestor (popover, MEMO_TYPE_ARTICLES_VIEW);

  if (view)
    g_clear_object (&MEMO_ARTICLES_VIEW (view)->aimed);
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
menu_closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_LOW, menu_gone_cb, g_object_ref (popover), g_object_unref);
}

static void
row_menu_cb (MemoArticlesView *self, MemoRow *row, double x, double y)
{
  MemoRecord *record = memo_row_get_record (row);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();
  GtkWidget *popover;

  if (record == NULL)
    return;
  g_set_object (&self->aimed, record);
  g_menu_append (first, _ ("Open"), "article.open");
  g_menu_append (first, _ ("Open in New Tab"), "article.open-tab");
  g_menu_append (second, _ ("Edit…"), "article.edit");
  g_menu_append (second, _ ("Attach as Version of…"), "article.attach");
  if (memo_record_get_text (record, MEMO_ARTICLE_ORIGINAL))
    g_menu_append (second, _ ("Open Original"), "article.original");
  if (memo_record_get_text (record, MEMO_ARTICLE_URL))
    g_menu_append (second, _ ("Web Address…"), "article.address");
  g_menu_append (third, _ ("Move to Trash"), "article.trash");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->list));
  g_signal_connect (popover, "closed", G_CALLBACK (menu_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
article_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoArticlesView *self = MEMO_ARTICLES_VIEW (widget);
  MemoRow *row = memo_articles_list_get_selected (self->list);
  g_autoptr (MemoRecord) article = NULL;

  if (self->aimed)
    article = g_steal_pointer (&self->aimed);
  else if (row && memo_row_get_record (row))
    article = g_object_ref (memo_row_get_record (row));
  if (article == NULL || self->library == NULL)
    return;
  if (g_str_equal (name, "article.open"))
    memo_session_open_article (self->session, memo_record_get_uuid (article), -1, -1);
  else if (g_str_equal (name, "article.open-tab"))
    open_article (self, memo_record_get_uuid (article), -1, -1, TRUE);
  else if (g_str_equal (name, "article.edit"))
    memo_article_dialog_present (widget, self->session, article);
  else if (g_str_equal (name, "article.attach"))
    memo_article_attach (widget, self->session, article);
  else if (g_str_equal (name, "article.original"))
    memo_article_open_original (widget, self->session, article);
  else if (g_str_equal (name, "article.address"))
    memo_article_show_address (widget, self->session, article);
  else
    memo_article_trash (self->session, article);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoReader *reader = get_reader (MEMO_ARTICLES_VIEW (widget));

  if (reader)
    memo_reader_find (reader);
}

static void
close_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoArticlesView *self = MEMO_ARTICLES_VIEW (widget);
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  if (page)
    adw_tab_view_close_page (self->tabs, page);
}

static void
memo_articles_view_dispose (GObject *object)
{
  MemoArticlesView *self = MEMO_ARTICLES_VIEW (object);

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->library)
    g_signal_handlers_disconnect_by_data (self->library, self);
  if (self->tabs)
    g_signal_handlers_disconnect_by_data (self->tabs, self);
  self->tabs = NULL;
  g_clear_pointer (&self->paned, gtk_widget_unparent);
  g_clear_object (&self->aimed);
  g_clear_object (&self->library);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_articles_view_parent_class)->dispose (object);
}

static gboolean
memo_articles_view_grab_focus (GtkWidget *widget)
{
  MemoArticlesView *self = MEMO_ARTICLES_VIEW (widget);
  MemoReader *reader = get_reader (self);

  return gtk_widget_grab_focus (reader ? GTK_WIDGET (reader) : GTK_WIDGET (self->list));
}

static void
memo_articles_view_class_init (MemoArticlesViewClass *klass)
{
  static const char *const actions[] = { "article.open",     "article.open-tab", "article.edit", "article.attach",
                                         "article.original", "article.address",  "article.trash" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_articles_view_dispose;
  widget_class->grab_focus = memo_articles_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, article_action);
  gtk_widget_class_install_action (widget_class, "articles-view.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "articles-view.close-tab", NULL, close_tab_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "articles-view.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F4, GDK_CONTROL_MASK, "articles-view.close-tab", NULL);
}

static void
memo_articles_view_init (MemoArticlesView *self)
{
}

/* As libadwaita's page of a status looks: that one measures its words a hundred times before the first frame. */
static GtkWidget *
make_none (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "document-open-symbolic", "pixel-size", 128,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *title = gtk_label_new (_ ("No article is open"));
  GtkWidget *text = gtk_label_new (_ ("Choose one in the list. Select words in it and press H to highlight them, N to "
                                      "comment, A to make an agreement of them."));
  GtkWidget *labels[] = { title, text };
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_bottom (image, 24);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_add_css_class (title, "title-1");
  gtk_widget_add_css_class (text, "body");
  gtk_box_append (GTK_BOX (box), image);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkLabel *label = GTK_LABEL (labels[i]);

      gtk_label_set_wrap (label, TRUE);
      gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
      gtk_label_set_max_width_chars (label, 76);
      gtk_widget_set_halign (labels[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 36);
  gtk_widget_set_margin_bottom (box, 36);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

GtkWidget *
memo_articles_view_new (MemoSession *session)
{
  MemoArticlesView *self = g_object_new (MEMO_TYPE_ARTICLES_VIEW, NULL);
  AdwTabBar *bar = adw_tab_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  memo_reader_add_style ();
  self->session = g_object_ref (session);
  self->list = memo_articles_list_new (session);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 180, -1);
  self->tabs = adw_tab_view_new ();
  /* Home and End with Ctrl belong to the text. */
  adw_tab_view_remove_shortcuts (self->tabs, ADW_TAB_VIEW_SHORTCUT_CONTROL_HOME | ADW_TAB_VIEW_SHORTCUT_CONTROL_END |
                                                 ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_HOME |
                                                 ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_END);
  gtk_widget_set_vexpand (GTK_WIDGET (self->tabs), TRUE);
  adw_tab_bar_set_view (bar, self->tabs);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tabs));
  self->stack = gtk_stack_new ();
  /* Pages that are not seen need not be measured. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_none (), "none");
  gtk_stack_add_named (GTK_STACK (self->stack), box, "tabs");
  gtk_widget_set_size_request (self->stack, 280, -1);
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned), GTK_WIDGET (self->list));
  gtk_paned_set_end_child (GTK_PANED (self->paned), self->stack);
  gtk_paned_set_resize_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_position (GTK_PANED (self->paned), memo_cell_scale (self->paned, 290));
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));

  g_signal_connect_swapped (self->list, "open", G_CALLBACK (row_open_cb), self);
  g_signal_connect_swapped (self->list, "read", G_CALLBACK (gtk_widget_grab_focus), self);
  g_signal_connect_swapped (self->list, "menu", G_CALLBACK (row_menu_cb), self);
  g_signal_connect_swapped (self->tabs, "notify::selected-page", G_CALLBACK (page_cb), self);
  g_signal_connect_swapped (session, "notify::library", G_CALLBACK (library_cb), self);
  g_signal_connect_swapped (session, "notify::selection", G_CALLBACK (show_pages), self);
  g_signal_connect_swapped (session, "notify::head", G_CALLBACK (show_pages), self);
  g_signal_connect_swapped (session, "open-article", G_CALLBACK (session_open_cb), self);
  library_cb (self);
  return GTK_WIDGET (self);
}
