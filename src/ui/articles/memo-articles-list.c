#include "memo-articles-list.h"

#include <glib/gi18n.h>

#include "memo-article-row.h"
#include "ui/memo-dialog.h"
#include "ui/memo-paced.h"
#include "ui/memo-settings.h"

struct _MemoArticlesList
{
  GtkWidget parent_instance;
  MemoSession *session;
  MemoLibrary *library;
  MemoRecordList *records;
  MemoPaced *paced; /* the records, as the list gets them */
  gint64 wanted;    /* to be selected once the list has it */
  gboolean scroll;  /* to it then */
  GtkSingleSelection *selection;
  GtkWidget *box, *count, *sort, *stack, *list;
  guint open_id;      /* a row was chosen and will be opened soon */
  gboolean quiet;     /* selected by the program */
  gboolean too_early; /* a row was to be opened before the library was there */
  gboolean stale;     /* to be filled again before it is looked at */
  gulong selection_id, library_id, head_id;
};

G_DEFINE_FINAL_TYPE (MemoArticlesList, memo_articles_list, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  READ,
  MENU,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  MemoSort sort;
  gboolean descending;
  const char *label;
} sorts[] = {
  { "date", MEMO_SORT_DATE, TRUE, N_ ("Published") },
  { "title", MEMO_SORT_TITLE, FALSE, N_ ("Title") },
  { "author", MEMO_SORT_AUTHOR, FALSE, N_ ("Author") },
  { "outlet", MEMO_SORT_OUTLET, FALSE, N_ ("Outlet") },
  { "language", MEMO_SORT_LANGUAGE, FALSE, N_ ("Language") },
  { "kind", MEMO_SORT_KIND, FALSE, N_ ("Kind") },
  { "annotations", MEMO_SORT_ANNOTATIONS, TRUE, N_ ("Annotations") },
  { "created", MEMO_SORT_CREATED, TRUE, N_ ("Added") },
};

static guint
get_sort (void)
{
  g_autofree char *name = memo_settings_get_string ("articles-sort");

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i].name, name))
      return i;
  return 0;
}

/* What to say when there is nothing to list. */
static const char *
choose_page (MemoArticlesList *self, guint shown)
{
  if (shown > 0)
    return "list";
  if (self->library && memo_library_get_index (self->library) &&
      memo_index_get_n (memo_library_get_index (self->library), MEMO_KIND_ARTICLE) > 0)
    return "hidden";
  return "empty";
}

static void
select_id (MemoArticlesList *self, gint64 id, gboolean scroll)
{
  guint position = self->records ? memo_record_list_find (self->records, id) : G_MAXUINT;
  gboolean was_quiet = self->quiet;

  self->wanted = 0;
  if (position != G_MAXUINT && position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    {
      self->wanted = id;
      self->scroll = scroll;
      position = G_MAXUINT;
    }
  self->quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position);
  if (scroll && position != G_MAXUINT && gtk_widget_get_mapped (self->list))
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
  self->quiet = was_quiet;
}

static void
whole_cb (MemoArticlesList *self)
{
  if (self->wanted != 0)
    select_id (self, self->wanted, self->scroll);
}

static void
refill_now (MemoArticlesList *self)
{
  guint sort = get_sort ();
  MemoHead *head;
  MemoSelection *selection =
      memo_session_get_rows (self->session, MEMO_KIND_ARTICLE, sorts[sort].sort, sorts[sort].descending, &head);
  gboolean was_quiet = self->quiet;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *count = NULL;
  MemoRow *row;
  gint64 kept;
  gboolean scroll, moved;
  guint n;

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->sort), _ (sorts[sort].label));
  if (selection == NULL || self->records == NULL)
    return;
  row = gtk_single_selection_get_selected_item (self->selection);
  kept = row ? memo_row_get_id (row) : self->wanted;
  /* Asked for and not done yet. */
  scroll = kept == self->wanted && self->scroll;
  ids = memo_selection_get_ids (selection, MEMO_KIND_ARTICLE, sorts[sort].sort, sorts[sort].descending);
  if (head)
    memo_record_list_add_records (self->records, memo_head_get_records (head));
  else
    memo_library_keep_head (self->library, selection, MEMO_KIND_ARTICLE, sorts[sort].sort, sorts[sort].descending, ids);
  self->quiet = TRUE;
  moved = memo_paced_set_ids (self->paced, ids);
  row = gtk_single_selection_get_selected_item (self->selection);
  /* The cursor goes where the list is scrolled to. */
  if (kept && (row == NULL || memo_row_get_id (row) != kept))
    select_id (self, kept, scroll || moved);
  self->quiet = was_quiet;
  n = head ? memo_head_get_total (head) : ids->len;
  count = g_strdup_printf (ngettext ("%u article", "%u articles", n), n);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), choose_page (self, n));
}

/* What is not seen waits until it is. */
static void
refill (MemoArticlesList *self)
{
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->stale)
    refill_now (self);
}

static void
catch_up (MemoArticlesList *self)
{
  if (!self->stale)
    return;
  self->stale = FALSE;
  refill_now (self);
}

static void
setting_cb (MemoArticlesList *self, const char *key)
{
  refill (self);
}

/* Of a library that is not there yet, what was chosen last opens when it is. */
static void
open_row (MemoArticlesList *self, MemoRow *row, gboolean new_tab)
{
  self->too_early = !memo_session_get_library (self->session);
  if (!self->too_early)
    g_signal_emit (self, signals[OPEN], 0, row, new_tab);
}

static gboolean
open_cb (gpointer user_data)
{
  MemoArticlesList *self = user_data;
  MemoRow *row = gtk_single_selection_get_selected_item (self->selection);

  self->open_id = 0;
  if (row)
    open_row (self, row, FALSE);
  return G_SOURCE_REMOVE;
}

/* Going through the list with the arrow keys opens only what one stops at. */
static void
selected_cb (MemoArticlesList *self)
{
  if (self->quiet || gtk_single_selection_get_selected_item (self->selection) == NULL)
    return;
  g_clear_handle_id (&self->open_id, g_source_remove);
  self->open_id = g_timeout_add (120, open_cb, self);
}

static void
activate_cb (MemoArticlesList *self, guint position)
{
  g_autoptr (MemoRow) row = g_list_model_get_item (G_LIST_MODEL (self->records), position);

  g_clear_handle_id (&self->open_id, g_source_remove);
  if (!row)
    return;
  open_row (self, row, FALSE);
  g_signal_emit (self, signals[READ], 0);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoArticleRow *widget)
{
  MemoArticlesList *self = MEMO_ARTICLES_LIST (gtk_widget_get_ancestor (GTK_WIDGET (widget), MEMO_TYPE_ARTICLES_LIST));
  MemoRow *row = memo_article_row_get_row (widget);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  graphene_point_t point;

  if (self == NULL || row == NULL)
    return;
  if (button == GDK_BUTTON_SECONDARY)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      if (gtk_widget_compute_point (GTK_WIDGET (widget), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
        g_signal_emit (self, signals[MENU], 0, row, (double) point.x, (double) point.y);
    }
  else if (button == GDK_BUTTON_MIDDLE || (state & GDK_CONTROL_MASK))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      open_row (self, row, TRUE);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoArticlesList *self)
{
  GtkWidget *row = memo_article_row_new (self->session);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoArticlesList *self)
{
  memo_article_row_bind (MEMO_ARTICLE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoArticlesList *self)
{
  memo_article_row_bind (MEMO_ARTICLE_ROW (gtk_list_item_get_child (item)), NULL);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, MemoArticlesList *self)
{
  MemoRow *row = gtk_single_selection_get_selected_item (self->selection);
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (row == NULL)
    return FALSE;
  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK)))
    {
      g_signal_emit (self, signals[MENU], 0, row, 40.0, 60.0);
      return TRUE;
    }
  if (control && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    {
      open_row (self, row, TRUE);
      return TRUE;
    }
  if (!control && keyval == GDK_KEY_Delete)
    return gtk_widget_activate_action (GTK_WIDGET (self), "article.trash", NULL);
  return FALSE;
}

static void
library_cb (MemoArticlesList *self)
{
  MemoLibrary *library = memo_session_get_listed (self->session);

  if (library == self->library)
    {
      if (self->too_early)
        selected_cb (self);
      return;
    }
  g_set_object (&self->library, library);
  self->too_early = FALSE;
  self->quiet = TRUE;
  self->wanted = 0;
  gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->paced);
  g_clear_object (&self->records);
  if (library)
    {
      self->records = memo_record_list_new (library, MEMO_KIND_ARTICLE);
      self->paced = memo_paced_new (self->records, self->list);
      g_signal_connect_object (self->paced, "whole", G_CALLBACK (whole_cb), self, G_CONNECT_SWAPPED);
      gtk_single_selection_set_model (self->selection, memo_paced_get_model (self->paced));
    }
  self->quiet = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), choose_page (self, library ? 1 : 0));
  self->stale = FALSE;
  refill_now (self);
}

static GtkWidget *
make_page (const char *icon, const char *title, const char *text, ...)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *label = gtk_label_new (text);
  const char *word;
  va_list list;
  gboolean first = TRUE;

  gtk_image_set_pixel_size (GTK_IMAGE (image), 48);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_widget_add_css_class (heading, "title-4");
  gtk_widget_add_css_class (label, "dim-label");
  for (guint i = 0; i < 2; i++)
    {
      GtkLabel *one = GTK_LABEL (i ? label : heading);

      gtk_label_set_wrap (one, TRUE);
      gtk_label_set_wrap_mode (one, PANGO_WRAP_WORD_CHAR);
      gtk_label_set_justify (one, GTK_JUSTIFY_CENTER);
    }
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), label);
  va_start (list, text);
  while ((word = va_arg (list, const char *)))
    {
      GtkWidget *button = gtk_button_new_with_label (word);

      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), GTK_JUSTIFY_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), va_arg (list, const char *));
      gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "pill");
      if (first)
        gtk_widget_add_css_class (button, "suggested-action");
      first = FALSE;
      gtk_box_append (GTK_BOX (box), button);
    }
  va_end (list);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  return box;
}

static GtkWidget *
make_sort_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (sorts[i].label), NULL);

      g_menu_item_set_action_and_target (item, "articles.sort", "s", sorts[i].name);
      g_menu_append_item (menu, item);
    }
  memo_dialog_add_menu (button, G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ (sorts[get_sort ()].label));
  gtk_widget_set_tooltip_text (button, _ ("Order of the list"));
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
sort_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_simple_action_set_state (action, parameter);
  memo_settings_set_string ("articles-sort", g_variant_get_string (parameter, NULL));
}

static void
memo_articles_list_dispose (GObject *object)
{
  MemoArticlesList *self = MEMO_ARTICLES_LIST (object);

  g_clear_handle_id (&self->open_id, g_source_remove);
  g_clear_signal_handler (&self->selection_id, self->session);
  g_clear_signal_handler (&self->library_id, self->session);
  g_clear_signal_handler (&self->head_id, self->session);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->paced);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  /* A menu that is still open. */
  while (gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  g_clear_object (&self->selection);
  g_clear_object (&self->records);
  g_clear_object (&self->library);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_articles_list_parent_class)->dispose (object);
}

static void
memo_articles_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (memo_articles_list_parent_class)->map (widget);
  catch_up (MEMO_ARTICLES_LIST (widget));
}

static gboolean
memo_articles_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_ARTICLES_LIST (widget)->list);
}

static void
memo_articles_list_class_init (MemoArticlesListClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = memo_articles_list_map;
  GTK_WIDGET_CLASS (klass)->grab_focus = memo_articles_list_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = memo_articles_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[OPEN] = g_signal_new ("open", MEMO_TYPE_ARTICLES_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                MEMO_TYPE_ROW, G_TYPE_BOOLEAN);
  signals[READ] =
      g_signal_new ("read", MEMO_TYPE_ARTICLES_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", MEMO_TYPE_ARTICLES_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                MEMO_TYPE_ROW, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
memo_articles_list_init (MemoArticlesList *self)
{
}

MemoArticlesList *
memo_articles_list_new (MemoSession *session)
{
  MemoArticlesList *self = g_object_new (MEMO_TYPE_ARTICLES_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful ("sort", G_VARIANT_TYPE_STRING, g_variant_new_string (sorts[get_sort ()].name));

  self->session = g_object_ref (session);
  g_signal_connect (action, "change-state", G_CALLBACK (sort_cb), NULL);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "articles", G_ACTION_GROUP (group));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (bar, "memo-list-bar");
  self->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->count), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_add_css_class (self->count, "count");
  gtk_box_append (GTK_BOX (bar), self->count);
  self->sort = make_sort_button ();
  gtk_box_append (GTK_BOX (bar), self->sort);
  gtk_box_append (GTK_BOX (self->box), bar);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->list, "memo-article-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Articles"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->list, keys);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);

  self->stack = gtk_stack_new ();
  /* Pages that are not seen need not be measured. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       make_page ("document-open-symbolic", _ ("No articles yet"),
                                  _ ("They are listed here once they are in the library."), NULL),
                       "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       make_page ("edit-find-symbolic", _ ("No article matches the filter"),
                                  _ ("All of them are still in the library."), _ ("Clear Filter"), "win.clear-filter",
                                  NULL),
                       "hidden");
  gtk_box_append (GTK_BOX (self->box), self->stack);

  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  self->selection_id = g_signal_connect_swapped (session, "notify::selection", G_CALLBACK (refill), self);
  self->library_id = g_signal_connect_swapped (session, "notify::library", G_CALLBACK (library_cb), self);
  self->head_id = g_signal_connect_swapped (session, "notify::head", G_CALLBACK (library_cb), self);
  memo_settings_watch ("articles-sort", G_CALLBACK (setting_cb), G_OBJECT (self));
  library_cb (self);
  return self;
}

void
memo_articles_list_select (MemoArticlesList *self, gint64 id)
{
  g_return_if_fail (MEMO_IS_ARTICLES_LIST (self));
  catch_up (self);
  select_id (self, id, TRUE);
}

MemoRow *
memo_articles_list_get_selected (MemoArticlesList *self)
{
  g_return_val_if_fail (MEMO_IS_ARTICLES_LIST (self), NULL);
  catch_up (self);
  return gtk_single_selection_get_selected_item (self->selection);
}

guint
memo_articles_list_get_n (MemoArticlesList *self)
{
  g_return_val_if_fail (MEMO_IS_ARTICLES_LIST (self), 0);
  catch_up (self);
  return self->records ? g_list_model_get_n_items (G_LIST_MODEL (self->records)) : 0;
}
