#include "memo-sector-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"

static const char *const languages[] = { "en", "tr", "ru" };
#define N_LANGUAGES G_N_ELEMENTS (languages)

typedef struct
{
  MemoSession *session;
  MemoRecord *sector; /* nullable */
  char *parent;       /* nullable */
  GtkWidget *window, *names[N_LANGUAGES], *code, *error;
} Dialog;

static void
dialog_free (gpointer data, GClosure *closure)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_clear_object (&dialog->sector);
  g_free (dialog->parent);
  g_free (dialog);
}

static MemoIndex *
get_index (MemoSession *session)
{
  return memo_library_get_index (memo_session_get_library (session));
}

static char *
dup_entry (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* The names as JSON; other languages that the sector has stay. NULL when all are empty. */
static char *
make_names (Dialog *dialog)
{
  const char *before = dialog->sector ? memo_record_get_text (dialog->sector, MEMO_SECTOR_NAMES) : NULL;
  g_autoptr (JsonNode) node = before ? json_from_string (before, NULL) : NULL;
  g_autoptr (JsonObject) object =
      node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < N_LANGUAGES; i++)
    {
      g_autofree char *name = dup_entry (dialog->names[i]);

      if (*name)
        json_object_set_string_member (object, languages[i], name);
      else
        json_object_remove_member (object, languages[i]);
    }
  if (json_object_get_size (object) == 0)
    return NULL;
  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}

static void
fail (Dialog *dialog, const char *text)
{
  gtk_label_set_text (GTK_LABEL (dialog->error), text);
  gtk_widget_set_visible (dialog->error, TRUE);
}

/* Behind the last one that has the same parent. */
static gint64
next_position (MemoIndex *index, const char *parent)
{
  GPtrArray *sectors = memo_index_get_records (index, MEMO_KIND_SECTOR);
  gint64 position = 0;

  for (guint i = 0; sectors && i < sectors->len; i++)
    {
      MemoRecord *sector = g_ptr_array_index (sectors, i);
      gint64 at = memo_record_get_int (sector, MEMO_SECTOR_POSITION);

      if (g_strcmp0 (memo_record_get_text (sector, MEMO_SECTOR_PARENT), parent) == 0 && at != MEMO_UNSET)
        position = MAX (position, at + 1);
    }
  return position;
}

static void
accept_cb (Dialog *dialog)
{
  MemoIndex *index = get_index (dialog->session);
  g_autofree char *names = make_names (dialog), *code = dup_entry (dialog->code), *name = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (MemoRecord) record = NULL;
  MemoRecordBuilder *builder;
  MemoRecord *same = *code ? memo_index_find_sector (index, code) : NULL;

  if (!names)
    {
      fail (dialog, _ ("A sector needs a name in at least one language."));
      return;
    }
  if (same && g_strcmp0 (memo_record_get_text (same, MEMO_SECTOR_CODE), code) == 0 &&
      (!dialog->sector || g_strcmp0 (memo_record_get_uuid (same), memo_record_get_uuid (dialog->sector)) != 0))
    {
      g_autofree char *other = memo_word_name (index, MEMO_KIND_SECTOR, memo_record_get_uuid (same));
      /* Translators: %s is the name of a sector. */
      g_autofree char *text = g_strdup_printf (_ ("“%s” has this code already."), other);

      fail (dialog, text);
      return;
    }

  builder =
      dialog->sector ? memo_record_builder_edit (dialog->sector) : memo_record_builder_new (MEMO_KIND_SECTOR, NULL);
  memo_record_builder_set_text (builder, MEMO_SECTOR_NAMES, names);
  memo_record_builder_set_text (builder, MEMO_SECTOR_CODE, code);
  if (!dialog->sector)
    {
      memo_record_builder_set_text (builder, MEMO_SECTOR_PARENT, dialog->parent);
      memo_record_builder_set_int (builder, MEMO_SECTOR_POSITION, next_position (index, dialog->parent));
    }
  record = memo_record_builder_end (builder);
  name = memo_record_dup_name_in (record, MEMO_SECTOR_NAMES, memo_language_of_interface ());
  change = memo_change_new (dialog->sector ? N_ ("Edit sector") : N_ ("Add sector"), name);
  if (dialog->sector)
    memo_change_update (change, dialog->sector, record);
  else
    memo_change_insert (change, record);
  memo_session_apply (dialog->session, change, dialog->sector ? _ ("Sector changed") : _ ("Sector added"), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static char *
dup_name_in (MemoRecord *sector, const char *language)
{
  const char *names = memo_record_get_text (sector, MEMO_SECTOR_NAMES);
  g_autoptr (JsonNode) node = names ? json_from_string (names, NULL) : NULL;

  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (node), language, NULL));
}

void
memo_sector_dialog_present (GtkWidget *widget, MemoSession *session, MemoRecord *sector, const char *parent)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *group = adw_preferences_group_new (), *accept;
  g_autofree char *above = parent ? memo_word_name (get_index (session), MEMO_KIND_SECTOR, parent) : NULL;
  /* Translators: %s is the name of a sector. */
  g_autofree char *below = above ? g_strdup_printf (_ ("New Sector Below “%s”"), above) : NULL;

  dialog->session = g_object_ref (session);
  dialog->sector = sector ? g_object_ref (sector) : NULL;
  dialog->parent = g_strdup (parent);
  for (guint i = 0; i < N_LANGUAGES; i++)
    {
      g_autofree char *name = sector ? dup_name_in (sector, languages[i]) : NULL;
      /* Translators: %s is a language by its own name: "Türkçe". */
      g_autofree char *title =
          g_strdup_printf (_ ("Name (%s)"), memo_language_name (languages[i], memo_language_of_interface ()));

      dialog->names[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->names[i]), title);
      gtk_editable_set_text (GTK_EDITABLE (dialog->names[i]), name ? name : "");
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->names[i]);
      g_signal_connect_swapped (dialog->names[i], "entry-activated", G_CALLBACK (accept_cb), dialog);
    }
  dialog->code = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->code), _ ("Code"));
  if (sector && memo_record_get_text (sector, MEMO_SECTOR_CODE))
    gtk_editable_set_text (GTK_EDITABLE (dialog->code), memo_record_get_text (sector, MEMO_SECTOR_CODE));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->code);
  g_signal_connect_swapped (dialog->code, "entry-activated", G_CALLBACK (accept_cb), dialog);
  dialog->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (dialog->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (dialog->error), 0);
  gtk_widget_add_css_class (dialog->error, "error");
  gtk_widget_set_visible (dialog->error, FALSE);

  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), dialog->error);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  dialog->window = memo_dialog_new (widget,
                                    sector  ? _ ("Edit Sector")
                                    : below ? below
                                            : _ ("New Sector"),
                                    box, sector ? _ ("_Save") : _ ("_Add"), &accept);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 460, -1);
  g_signal_connect_data (accept, "clicked", G_CALLBACK (accept_cb), dialog, dialog_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->names[0]);
}

typedef struct
{
  MemoSession *session;
  MemoRecord *sector;
} Delete;

static void
used_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Delete *delete = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) used = memo_library_select_finish (MEMO_LIBRARY (source), result, &error);
  static const MemoKind kinds[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_EVENT };
  guint n = 0;

  for (guint i = 0; used && i < G_N_ELEMENTS (kinds); i++)
    n += memo_selection_get_count (used, kinds[i]);
  if (!used)
    {
      memo_session_toast (delete->session, error->message, FALSE);
    }
  else if (n > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("The sector stays: %u record uses it.", "The sector stays: %u records use it.", n),
                           n);

      memo_session_toast (delete->session, text, FALSE);
    }
  else
    {
      g_autofree char *name =
          memo_record_dup_name_in (delete->sector, MEMO_SECTOR_NAMES, memo_language_of_interface ());
      g_autoptr (MemoChange) change = memo_change_new (N_ ("Delete sector"), name);

      memo_change_trash (change, delete->sector);
      memo_session_apply (delete->session, change, _ ("Sector deleted"), NULL, NULL);
    }
  g_object_unref (delete->session);
  g_object_unref (delete->sector);
  g_free (delete);
}

void
memo_sector_delete (MemoSession *session, MemoRecord *sector)
{
  GPtrArray *sectors = memo_index_get_records (get_index (session), MEMO_KIND_SECTOR);
  g_autoptr (MemoFilter) all = memo_filter_new (), filter = NULL;
  Delete *delete;

  for (guint i = 0; sectors && i < sectors->len; i++)
    if (g_strcmp0 (memo_record_get_text (g_ptr_array_index (sectors, i), MEMO_SECTOR_PARENT),
                   memo_record_get_uuid (sector)) == 0)
      {
        memo_session_toast (session, _ ("The sector stays: there are others below it."), FALSE);
        return;
      }
  filter = memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, memo_record_get_uuid (sector));
  delete = g_new (Delete, 1);
  *delete = (Delete){ g_object_ref (session), g_object_ref (sector) };
  memo_library_select_async (memo_session_get_library (session), filter, NULL, used_cb, delete);
}

void
memo_sector_move (MemoSession *session, MemoRecord *sector, int step)
{
  GPtrArray *sectors = memo_index_get_records (get_index (session), MEMO_KIND_SECTOR);
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();
  g_autofree char *name = memo_record_dup_name_in (sector, MEMO_SECTOR_NAMES, memo_language_of_interface ());
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Move sector"), name);
  guint place = 0, target;

  for (guint i = 0; sectors && i < sectors->len; i++)
    {
      MemoRecord *other = g_ptr_array_index (sectors, i);

      if (g_strcmp0 (memo_record_get_text (other, MEMO_SECTOR_PARENT),
                     memo_record_get_text (sector, MEMO_SECTOR_PARENT)) != 0)
        continue;
      if (g_strcmp0 (memo_record_get_uuid (other), memo_record_get_uuid (sector)) == 0)
        place = siblings->len;
      g_ptr_array_add (siblings, other);
    }
  if (siblings->len == 0 || (step < 0 && place == 0) || (step > 0 && place + 1 >= siblings->len))
    return;
  target = place + (step < 0 ? -1 : 1);
  {
    gpointer moved = siblings->pdata[place];

    siblings->pdata[place] = siblings->pdata[target];
    siblings->pdata[target] = moved;
  }
  for (guint i = 0; i < siblings->len; i++)
    {
      MemoRecord *base = g_ptr_array_index (siblings, i);
      MemoRecordBuilder *builder;
      g_autoptr (MemoRecord) record = NULL;

      if (memo_record_get_int (base, MEMO_SECTOR_POSITION) == i)
        continue;
      builder = memo_record_builder_edit (base);
      memo_record_builder_set_int (builder, MEMO_SECTOR_POSITION, i);
      record = memo_record_builder_end (builder);
      memo_change_update (change, base, record);
    }
  memo_session_apply (session, change, NULL, NULL, NULL);
}
