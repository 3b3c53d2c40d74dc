#include "memo-compat.h"

typedef struct
{
  MemoChosen chosen;
  gpointer user_data;
  MemoChoose mode;
} Choosing;

static GListStore *
make_filters (const MemoFilePattern *patterns)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  for (; patterns && patterns->name; patterns++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, patterns->name);
      for (const char *const *pattern = patterns->patterns; *pattern; pattern++)
        gtk_file_filter_add_pattern (filter, *pattern);
      g_list_store_append (filters, filter);
    }
  return filters;
}

static void
finish_choosing (Choosing *choosing, GListModel *files)
{
  if (files && g_list_model_get_n_items (files) > 0)
    {
      g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        g_ptr_array_add (array, g_list_model_get_item (files, i));
      choosing->chosen (array, choosing->user_data);
    }
  else
    choosing->chosen (NULL, choosing->user_data);
  g_free (choosing);
}

#if GTK_CHECK_VERSION(4, 10, 0)

/* Guarded by the version; the declared ceiling of the project is lower. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
dialog_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkFileDialog *dialog = GTK_FILE_DIALOG (source);
  Choosing *choosing = data;
  g_autoptr (GListModel) files = NULL;

  if (choosing->mode == MEMO_CHOOSE_OPEN_MANY)
    files = gtk_file_dialog_open_multiple_finish (dialog, result, NULL);
  else
    {
      g_autoptr (GFile) file = choosing->mode == MEMO_CHOOSE_SAVE ? gtk_file_dialog_save_finish (dialog, result, NULL)
                                                                  : gtk_file_dialog_open_finish (dialog, result, NULL);

      if (file)
        {
          files = G_LIST_MODEL (g_list_store_new (G_TYPE_FILE));
          g_list_store_append (G_LIST_STORE (files), file);
        }
    }
  finish_choosing (choosing, files);
}

void
memo_compat_choose_file (GtkWidget *parent,
                         MemoChoose mode,
                         const char *title,
                         const char *accept,
                         const MemoFilePattern *patterns,
                         const char *name,
                         MemoChosen chosen,
                         gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = make_filters (patterns);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->chosen = chosen;
  choosing->user_data = user_data;
  choosing->mode = mode;
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_accept_label (dialog, accept);
  if (patterns)
    gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  if (name)
    gtk_file_dialog_set_initial_name (dialog, name);
  if (mode == MEMO_CHOOSE_OPEN_MANY)
    gtk_file_dialog_open_multiple (dialog, window, NULL, dialog_cb, choosing);
  else if (mode == MEMO_CHOOSE_SAVE)
    gtk_file_dialog_save (dialog, window, NULL, dialog_cb, choosing);
  else
    gtk_file_dialog_open (dialog, window, NULL, dialog_cb, choosing);
}

G_GNUC_END_IGNORE_DEPRECATIONS

#else

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  finish_choosing (data, files);
  g_object_unref (dialog);
}

void
memo_compat_choose_file (GtkWidget *parent,
                         MemoChoose mode,
                         const char *title,
                         const char *accept,
                         const MemoFilePattern *patterns,
                         const char *name,
                         MemoChosen chosen,
                         gpointer user_data)
{
  GtkFileChooserAction action = mode == MEMO_CHOOSE_SAVE ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (parent)), action, accept, NULL);
  g_autoptr (GListStore) filters = make_filters (patterns);
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->chosen = chosen;
  choosing->user_data = user_data;
  choosing->mode = mode;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), mode == MEMO_CHOOSE_OPEN_MANY);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (filters)); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (G_LIST_MODEL (filters), i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  if (name && mode == MEMO_CHOOSE_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

typedef struct
{
  MemoAnswered answered;
  gpointer user_data;
} Asking;

static void
answer (Asking *asking, const char *response)
{
  if (asking->answered)
    asking->answered (g_strcmp0 (response, "accept") == 0, asking->user_data);
  g_free (asking);
}

#if ADW_CHECK_VERSION(1, 5, 0)

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
alert_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  answer (data, adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result));
}

void
memo_compat_ask (GtkWidget *parent,
                 const char *heading,
                 const char *body,
                 const char *cancel,
                 const char *accept,
                 gboolean destructive,
                 MemoAnswered answered,
                 gpointer user_data)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
  Asking *asking = g_new0 (Asking, 1);

  asking->answered = answered;
  asking->user_data = user_data;
  adw_alert_dialog_add_response (dialog, "cancel", cancel);
  if (accept)
    {
      adw_alert_dialog_add_response (dialog, "accept", accept);
      adw_alert_dialog_set_response_appearance (dialog, "accept",
                                                destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
      adw_alert_dialog_set_default_response (dialog, destructive ? "cancel" : "accept");
    }
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, parent, NULL, alert_cb, asking);
}

G_GNUC_END_IGNORE_DEPRECATIONS

#else

static void
message_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  answer (data, response);
}

void
memo_compat_ask (GtkWidget *parent,
                 const char *heading,
                 const char *body,
                 const char *cancel,
                 const char *accept,
                 gboolean destructive,
                 MemoAnswered answered,
                 gpointer user_data)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body));
  Asking *asking = g_new0 (Asking, 1);

  asking->answered = answered;
  asking->user_data = user_data;
  adw_message_dialog_add_response (dialog, "cancel", cancel);
  if (accept)
    {
      adw_message_dialog_add_response (dialog, "accept", accept);
      adw_message_dialog_set_response_appearance (dialog, "accept",
                                                  destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "accept");
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (message_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

void
memo_compat_get_color (GtkWidget *widget, GdkRGBA *ret_color)
{
#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, ret_color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ret_color);
#endif
}

void
memo_compat_get_accent (GtkWidget *widget, GdkRGBA *ret_color)
{
#if ADW_CHECK_VERSION(1, 6, 0)
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  adw_accent_color_to_rgba (adw_style_manager_get_accent_color (manager), ret_color);
#else
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", ret_color);
#endif
}

G_GNUC_END_IGNORE_DEPRECATIONS
