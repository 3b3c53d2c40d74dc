#include "memo-evidence-page.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "model/memo-words.h"

#define MAX_AGREEMENTS 1000

/* Facts that a passage can prove; the first stands for the record as a whole. */
static const MemoField facts[] = {
  0,
  MEMO_AGREEMENT_SIGNED,
  MEMO_AGREEMENT_IN_FORCE,
  MEMO_AGREEMENT_ENDS,
  MEMO_AGREEMENT_HORIZON,
  MEMO_AGREEMENT_STATUS,
  MEMO_AGREEMENT_PARTIES,
  MEMO_AGREEMENT_SECTORS,
  MEMO_AGREEMENT_DECLARED,
  MEMO_AGREEMENT_BODY,
  MEMO_AGREEMENT_SUMMARY,
};

struct _MemoEvidencePage
{
  GtkWidget parent_instance;

  MemoSession *session;
  GPtrArray *agreements; /* of MemoRecord, in the order of the row after its first entry; nullable */
  GCancellable *loading;
  GtkWidget *group;
  GtkWidget *target;
  GtkWidget *fact;
  GtkWidget *value;
};

G_DEFINE_FINAL_TYPE (MemoEvidencePage, memo_evidence_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TARGET,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

MemoRecord *
memo_evidence_page_get_target (MemoEvidencePage *self)
{
  guint selected;

  g_return_val_if_fail (MEMO_IS_EVIDENCE_PAGE (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->target));
  if (!self->agreements || selected == 0 || selected > self->agreements->len)
    return NULL;
  return g_ptr_array_index (self->agreements, selected - 1);
}

static void
target_cb (MemoEvidencePage *self)
{
  gboolean existing = memo_evidence_page_get_target (self) != NULL;

  gtk_widget_set_visible (self->fact, existing);
  gtk_widget_set_visible (self->value, existing && adw_combo_row_get_selected (ADW_COMBO_ROW (self->fact)) > 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGET]);
}

static void
fact_cb (MemoEvidencePage *self)
{
  gtk_widget_set_visible (self->value, adw_combo_row_get_selected (ADW_COMBO_ROW (self->fact)) > 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoEvidencePage) self = data;
  g_autoptr (GPtrArray) records = memo_library_load_finish (MEMO_LIBRARY (source), result, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  if (!records || !self->group)
    return;
  gtk_string_list_append (list, _ ("A New Agreement"));
  self->agreements = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = NULL;

      if (!record)
        continue;
      title = memo_text_ellipsize (memo_record_get_title (record), 60);
      gtk_string_list_append (list, title);
      g_ptr_array_add (self->agreements, g_object_ref (record));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->target), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->target), 0);
  gtk_widget_set_visible (self->target, self->agreements->len > 0);
}

static void
selected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoEvidencePage) self = data;
  g_autoptr (MemoSelection) selection = memo_library_select_finish (MEMO_LIBRARY (source), result, NULL);
  g_autoptr (GArray) ids = NULL;

  if (!selection || !self->group)
    return;
  ids = memo_selection_get_ids (selection, MEMO_KIND_AGREEMENT, MEMO_SORT_MODIFIED, TRUE);
  if (ids->len > MAX_AGREEMENTS)
    g_array_set_size (ids, MAX_AGREEMENTS);
  memo_library_load_async (MEMO_LIBRARY (source), MEMO_KIND_AGREEMENT, ids, FALSE, self->loading, loaded_cb,
                           g_object_ref (self));
}

static void
memo_evidence_page_dispose (GObject *object)
{
  MemoEvidencePage *self = MEMO_EVIDENCE_PAGE (object);

  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_pointer (&self->agreements, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_evidence_page_parent_class)->dispose (object);
}

static void
memo_evidence_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MemoRecord *target;

  if (id != PROP_TARGET)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  target = memo_evidence_page_get_target (MEMO_EVIDENCE_PAGE (object));
  g_value_set_string (value, target ? memo_record_get_uuid (target) : NULL);
}

static void
memo_evidence_page_class_init (MemoEvidencePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = memo_evidence_page_dispose;
  object_class->get_property = memo_evidence_page_get_property;
  props[PROP_TARGET] = g_param_spec_string ("target", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
memo_evidence_page_init (MemoEvidencePage *self)
{
}

GtkWidget *
memo_evidence_page_new (MemoSession *session, const char *passage)
{
  MemoEvidencePage *self = g_object_new (MEMO_TYPE_EVIDENCE_PAGE, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *escaped = g_markup_escape_text (passage, -1);
  g_autoptr (MemoFilter) all = memo_filter_new ();

  self->session = g_object_ref (session);
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("Evidence"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), escaped);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));

  self->target = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->target), _ ("The passage is for"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->target);
  gtk_widget_set_visible (self->target, FALSE);

  self->fact = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fact), _ ("What it proves"));
  gtk_string_list_append (list, _ ("The record as a whole"));
  for (guint i = 1; i < G_N_ELEMENTS (facts); i++)
    gtk_string_list_append (list, memo_word_field (memo_field_get_info (facts[i])->name));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->fact), G_LIST_MODEL (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->fact);
  gtk_widget_set_visible (self->fact, FALSE);

  self->value = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->value), _ ("As this source has it (empty: as the record)"));
  g_object_set (self->value, "activates-default", TRUE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->value);
  gtk_widget_set_visible (self->value, FALSE);

  g_signal_connect_swapped (self->target, "notify::selected", G_CALLBACK (target_cb), self);
  g_signal_connect_swapped (self->fact, "notify::selected", G_CALLBACK (fact_cb), self);
  self->loading = g_cancellable_new ();
  memo_library_select_async (memo_session_get_library (session), all, self->loading, selected_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

MemoChange *
memo_evidence_page_make_change (MemoEvidencePage *self, MemoRecord *article, glong start, glong end, GError **error)
{
  MemoRecord *target = memo_evidence_page_get_target (self);
  guint fact = adw_combo_row_get_selected (ADW_COMBO_ROW (self->fact));
  const char *value = gtk_editable_get_text (GTK_EDITABLE (self->value));
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (MemoRecord) evidence = NULL;
  g_autoptr (MemoChange) marking = NULL;
  g_autoptr (MemoChange) proving = NULL;
  g_autofree char *normal = NULL;
  MemoChange *change;
  GArray *steps;

  g_return_val_if_fail (target, NULL);

  if (fact > 0 && value[0] && memo_field_get_info (facts[fact])->type == MEMO_FIELD_DATE)
    {
      MemoDate *published = memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED);
      g_autoptr (MemoDate) date =
          memo_date_parse (value, memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE), published, error);

      if (!date)
        return NULL;
      normal = g_strdup (memo_date_get_edtf (date));
    }
  marking = memo_action_annotate (article, start, end, NULL, NULL, NULL, NULL, NULL, &annotation, error);
  if (!marking)
    return NULL;
  proving = memo_action_evidence (target, annotation, fact > 0 ? memo_field_get_info (facts[fact])->name : NULL,
                                  normal                 ? normal
                                  : value[0] && fact > 0 ? value
                                                         : NULL,
                                  &evidence, error);
  if (!proving)
    return NULL;
  change = memo_change_new (memo_change_get_name (proving), memo_change_get_detail (proving));
  memo_change_insert (change, annotation);
  steps = memo_change_get_steps (proving);
  for (guint i = 0; i < steps->len; i++)
    memo_change_insert (change, g_array_index (steps, MemoStep, i).record);
  return change;
}
