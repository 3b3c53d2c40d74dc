#include "memo-trash-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-text.h"
#include "model/memo-library-care.h"
#include "model/memo-words.h"
#include "ui/care/memo-care.h"
#include "ui/memo-compat.h"
#include "ui/memo-dialog.h"

typedef struct
{
  MemoSession *session;
  MemoLibrary *library;
  GtkWidget *window;
  GtkWidget *stack;
  GtkWidget *search;
  GtkWidget *count;
  GListStore *records;
  GtkFilter *filter;
  GtkFilterListModel *found;
  GtkMultiSelection *selection;
  GSimpleActionGroup *actions;
  GCancellable *cancellable;
  gboolean reading, again;
} Trash;

static const char *const icons[MEMO_N_KINDS] = {
  [MEMO_KIND_ARTICLE] = "text-x-generic-symbolic",     [MEMO_KIND_ANNOTATION] = "user-bookmarks-symbolic",
  [MEMO_KIND_AGREEMENT] = "emblem-documents-symbolic", [MEMO_KIND_FOLLOW_UP] = "document-open-recent-symbolic",
  [MEMO_KIND_EVENT] = "x-office-calendar-symbolic",    [MEMO_KIND_BODY] = "system-users-symbolic",
  [MEMO_KIND_PARTY] = "avatar-default-symbolic",       [MEMO_KIND_SECTOR] = "folder-symbolic",
  [MEMO_KIND_EVIDENCE] = "insert-link-symbolic",       [MEMO_KIND_NOTE] = "accessories-text-editor-symbolic",
  [MEMO_KIND_FILTER] = "edit-find-symbolic",
};

static void
trash_free (gpointer data)
{
  Trash *trash = data;

  g_cancellable_cancel (trash->cancellable);
  g_object_unref (trash->cancellable);
  g_object_unref (trash->session);
  g_object_unref (trash->library);
  g_object_unref (trash->records);
  g_object_unref (trash->filter);
  g_object_unref (trash->found);
  g_object_unref (trash->selection);
  g_object_unref (trash->actions);
  g_free (trash);
}

static Trash *
get_trash (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), "memo-trash");
}

/* UUIDs of the chosen rows, in their order. (transfer full) */
static GStrv
dup_chosen (Trash *trash)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (trash->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (MemoRecord) record = g_list_model_get_item (G_LIST_MODEL (trash->selection), position);

      if (record)
        g_strv_builder_add (builder, memo_record_get_uuid (record));
    }
  return g_strv_builder_end (builder);
}

static void
enable (Trash *trash, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (trash->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (Trash *trash)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (trash->records));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (trash->found));
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (trash->selection));
  guint n = gtk_bitset_get_size (chosen);
  gboolean writable = !memo_library_get_read_only (trash->library);
  g_autofree char *text =
      n > 0 ? g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n)
            : g_strdup_printf (ngettext ("%u record in the trash", "%u records in the trash", all), all);

  enable (trash, "restore", writable && n > 0);
  enable (trash, "delete", writable && n > 0);
  enable (trash, "empty", writable && all > 0);
  gtk_label_set_text (GTK_LABEL (trash->count), all > 0 ? text : "");
  gtk_widget_set_sensitive (trash->search, all > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (trash->stack), all == 0 ? "empty" : shown == 0 ? "none" : "list");
}

static void read_again (Trash *trash);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = memo_library_trash_finish (MEMO_LIBRARY (source), result, &error);
  Trash *trash = get_trash (window);
  guint same = 0, tail = 0, n;

  if (!trash)
    return;
  trash->reading = FALSE;
  if (!records)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        memo_session_toast (trash->session, error->message, FALSE);
      return;
    }
  /* Rows that stay keep their place and whether they are chosen. */
  n = g_list_model_get_n_items (G_LIST_MODEL (trash->records));
  for (; same < MIN (n, records->len); same++)
    {
      g_autoptr (MemoRecord) record = g_list_model_get_item (G_LIST_MODEL (trash->records), same);

      if (!g_str_equal (memo_record_get_uuid (record), memo_record_get_uuid (records->pdata[same])))
        break;
    }
  for (; tail < MIN (n, records->len) - same; tail++)
    {
      g_autoptr (MemoRecord) record = g_list_model_get_item (G_LIST_MODEL (trash->records), n - 1 - tail);

      if (!g_str_equal (memo_record_get_uuid (record), memo_record_get_uuid (records->pdata[records->len - 1 - tail])))
        break;
    }
  g_list_store_splice (trash->records, same, n - same - tail, records->pdata + same, records->len - same - tail);
  update (trash);
  if (trash->again)
    read_again (trash);
}

/* One reading at a time: what comes meanwhile leads to one more. */
static void
read_again (Trash *trash)
{
  trash->again = trash->reading;
  if (trash->reading)
    return;
  trash->reading = TRUE;
  memo_library_trash_async (trash->library, trash->cancellable, read_cb, g_object_ref (trash->window));
}

static void
changed_cb (GtkWidget *window)
{
  Trash *trash = get_trash (window);

  if (trash)
    read_again (trash);
}

static void
chosen_cb (GtkWidget *window)
{
  Trash *trash = get_trash (window);

  if (trash)
    update (trash);
}

static gboolean
match_cb (gpointer item, gpointer data)
{
  Trash *trash = data;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (trash->search));
  g_autofree char *needle = memo_text_key (words);
  g_autofree char *title = NULL;
  g_autofree char *key = NULL;

  if (!needle[0])
    return TRUE;
  title = memo_trash_dup_title (item);
  key = memo_text_key (title);
  return strstr (key, needle) != NULL;
}

static void
searched_cb (Trash *trash)
{
  gtk_filter_changed (trash->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (trash);
}

/* Commands */

typedef struct
{
  MemoSession *session;
  GtkWidget *window;
  char **uuids; /* NULL: all */
  guint n;
} Asked;

static Asked *
asked_new (Trash *trash)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->session = g_object_ref (trash->session);
  asked->window = g_object_ref (trash->window);
  return asked;
}

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->session);
  g_object_unref (asked->window);
  g_strfreev (asked->uuids);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!memo_library_restore_finish (MEMO_LIBRARY (source), result, &error))
    memo_session_toast (asked->session, error->message, FALSE);
  else
    {
      text = g_strdup_printf (ngettext ("%u record was restored", "%u records were restored", asked->n), asked->n);
      memo_session_toast (asked->session, text, TRUE);
    }
}

static void
restore_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Trash *trash = data;
  Asked *asked = asked_new (trash);

  asked->uuids = dup_chosen (trash);
  asked->n = g_strv_length (asked->uuids);
  memo_library_restore_async (trash->library, (const char *const *) asked->uuids, NULL, restored_cb, asked);
}

static void
emptied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint removed = 0;

  if (!memo_library_empty_trash_finish (MEMO_LIBRARY (source), result, &removed, &error))
    memo_session_toast (asked->session, error->message, FALSE);
  else
    {
      text = g_strdup_printf (ngettext ("%u record was deleted permanently", "%u records were deleted permanently",
                                        removed),
                              removed);
      memo_session_toast (asked->session, text, FALSE);
    }
}

static void
answered_cb (gboolean accepted, gpointer data)
{
  g_autoptr (Asked) asked = data;
  Trash *trash = get_trash (asked->window);
  const char *const *uuids = (const char *const *) asked->uuids;

  if (accepted && trash)
    memo_library_empty_trash_async (trash->library, uuids, NULL, emptied_cb, g_steal_pointer (&asked));
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Trash *trash = data;
  Asked *asked = asked_new (trash);
  g_autofree char *heading = NULL;

  asked->uuids = dup_chosen (trash);
  asked->n = g_strv_length (asked->uuids);
  heading = g_strdup_printf (ngettext ("Delete %u Record Permanently?", "Delete %u Records Permanently?", asked->n),
                             asked->n);
  memo_compat_ask (trash->window, heading,
                   _ ("They are removed from the library for good, with the highlights and evidence that belong to "
                      "them. This cannot be undone; undoing earlier steps passes over them."),
                   _ ("_Cancel"), _ ("_Delete"), TRUE, answered_cb, asked);
}

static void
empty_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Trash *trash = data;
  Asked *asked = asked_new (trash);

  memo_compat_ask (trash->window, _ ("Empty the Trash?"),
                   _ ("Everything in it is removed from the library for good, also what a search does not show. This "
                      "cannot be undone; undoing earlier steps passes over it."),
                   _ ("_Cancel"), _ ("_Empty"), TRUE, answered_cb, asked);
}

/* What comes later finds that there is nothing to show it in. */
static void
destroy_cb (GtkWidget *window)
{
  g_object_set_data (G_OBJECT (window), "memo-trash", NULL);
}

static const GActionEntry entries[] = {
  { "restore", restore_cb },
  { "delete", delete_cb },
  { "empty", empty_cb },
};

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *image = gtk_image_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *about = gtk_label_new (NULL);
  GtkWidget *left = gtk_label_new (NULL);

  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_add_css_class (about, "dim-label");
  gtk_widget_add_css_class (left, "caption");
  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), about);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), left);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  MemoRecord *record = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *image = gtk_widget_get_first_child (row);
  GtkWidget *texts = gtk_widget_get_next_sibling (image);
  GtkWidget *title = gtk_widget_get_first_child (texts);
  MemoKind kind = memo_record_get_kind (record);
  guint days = memo_trash_get_days_left (record, g_get_real_time ());
  g_autofree char *name = memo_trash_dup_title (record);
  g_autofree char *time = memo_care_format_time (memo_record_get_deleted (record));
  /* Translators: %u is how many days something stays in the trash. */
  g_autofree char *left = g_strdup_printf (ngettext ("%u day left", "%u days left", days), days);
  /* Translators: kind of a record, then when it was deleted. */
  g_autofree char *about = g_strdup_printf (_ ("%s · deleted on %s"), memo_word_record (kind), time);
  g_autofree char *whole = g_strdup_printf ("%s, %s, %s", name, about, left);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), icons[kind]);
  gtk_label_set_text (GTK_LABEL (title), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), about);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (row)), left);
  gtk_widget_set_tooltip_text (title, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}

static void
activate_cb (GtkWidget *list)
{
  gtk_widget_activate_action (list, "trash.restore", NULL);
}

static GtkWidget *
make_list (Trash *trash)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (trash->selection)), factory);
  g_signal_connect (list, "activate", G_CALLBACK (activate_cb), NULL);
  gtk_list_view_set_enable_rubberband (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Deleted records"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

static GtkWidget *
make_empty (const char *icon, const char *title, const char *text)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  gtk_widget_add_css_class (page, "compact");
  return page;
}

static void
append_button (GtkWidget *bar, const char *label, const char *action, const char *class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (class)
    gtk_widget_add_css_class (button, class);
  gtk_box_append (GTK_BOX (bar), button);
}

static GtkWidget *
make_bar (Trash *trash)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  trash->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (trash->count), 0);
  gtk_label_set_ellipsize (GTK_LABEL (trash->count), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (trash->count, TRUE);
  gtk_widget_add_css_class (trash->count, "dim-label");
  gtk_widget_set_margin_top (bar, 8);
  gtk_widget_set_margin_bottom (bar, 8);
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  gtk_box_append (GTK_BOX (bar), trash->count);
  append_button (bar, _ ("_Empty Trash…"), "trash.empty", NULL);
  append_button (bar, _ ("_Delete Permanently…"), "trash.delete", "destructive-action");
  append_button (bar, _ ("_Restore"), "trash.restore", "suggested-action");
  return bar;
}

static void
add_key (GtkWidget *widget, guint key, GdkModifierType modifiers, const char *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_named_action_new (action)));
  gtk_widget_add_controller (widget, controller);
}

static gboolean
find_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return gtk_widget_grab_focus (data);
}

GtkWidget *
memo_trash_dialog_present (GtkWidget *parent, MemoSession *session)
{
  Trash *trash = g_new0 (Trash, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *list;

  trash->session = g_object_ref (session);
  trash->library = g_object_ref (memo_session_get_library (session));
  trash->cancellable = g_cancellable_new ();
  trash->records = g_list_store_new (MEMO_TYPE_RECORD);
  trash->search = gtk_search_entry_new ();
  trash->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, trash, NULL));
  trash->found = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (trash->records)), g_object_ref (trash->filter));
  trash->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (trash->found)));
  trash->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (trash->actions), entries, G_N_ELEMENTS (entries), trash);

  g_object_set (trash->search, "placeholder-text", _ ("Search in the trash"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (trash->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search in the trash"), -1);
  gtk_widget_set_margin_start (trash->search, 12);
  gtk_widget_set_margin_end (trash->search, 12);
  gtk_widget_set_margin_top (trash->search, 6);
  gtk_widget_set_margin_bottom (trash->search, 6);
  trash->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (trash->stack, TRUE);
  list = make_list (trash);
  gtk_stack_add_named (GTK_STACK (trash->stack), list, "list");
  gtk_stack_add_named (GTK_STACK (trash->stack),
                       make_empty ("user-trash-symbolic", _ ("The Trash Is Empty"),
                                   _ ("What you delete waits here for thirty days and can be restored with all that "
                                      "belongs to it. After that it is removed by itself.")),
                       "empty");
  gtk_stack_add_named (GTK_STACK (trash->stack),
                       make_empty ("edit-find-symbolic", _ ("Nothing Found"),
                                   _ ("No deleted record has these words in its title.")),
                       "none");
  gtk_box_append (GTK_BOX (box), trash->search);
  gtk_box_append (GTK_BOX (box), trash->stack);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_bar (trash));
  trash->window = memo_dialog_new (parent, _ ("Trash"), box, NULL, NULL);
  g_object_set_data_full (G_OBJECT (trash->window), "memo-trash", trash, trash_free);
  gtk_window_set_default_size (GTK_WINDOW (trash->window), 680, 560);
  gtk_widget_insert_action_group (trash->window, "trash", G_ACTION_GROUP (trash->actions));

  add_key (list, GDK_KEY_Delete, 0, "trash.delete");
  add_key (list, GDK_KEY_KP_Delete, 0, "trash.delete");
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (find_cb, trash->search, NULL)));
  gtk_widget_add_controller (trash->window, keys);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (trash->search), list);
  g_signal_connect_swapped (trash->search, "search-changed", G_CALLBACK (searched_cb), trash);
  g_signal_connect (trash->window, "destroy", G_CALLBACK (destroy_cb), NULL);
  g_signal_connect_object (trash->selection, "selection-changed", G_CALLBACK (chosen_cb), trash->window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trash->library, "changed", G_CALLBACK (changed_cb), trash->window, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::library", G_CALLBACK (gtk_window_close), trash->window, G_CONNECT_SWAPPED);
  update (trash);
  read_again (trash);
  gtk_window_present (GTK_WINDOW (trash->window));
  return trash->window;
}
