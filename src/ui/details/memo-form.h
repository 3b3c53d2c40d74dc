#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* What the dialogs for records share: rows, and what stands in them as memo_action_edit() takes it. */

/* (transfer full): GArray of MemoValue that owns its values; its fields are static. */
GArray *memo_form_values_new (void);
void memo_form_add (GArray *values, const char *field, const char *text);
/* None says that the field is to be emptied. */
void memo_form_add_many (GArray *values, const char *field, const char *const *texts);

GtkWidget *memo_form_entry_new (const char *title, const char *text); /* @text nullable */
/* "air, draft" → the words. (transfer full) */
GStrv memo_form_split (const char *text);

/* The values that @field may take, after @first: what says that there is none, or that it stays. @now nullable. */
GtkWidget *memo_form_choice_new (MemoField field, const char *first, const char *now);
/* Static; NULL: the first. */
const char *memo_form_choice_get (GtkWidget *row, MemoField field);

/* Where a form says what is wrong with it; not seen until then. */
GtkWidget *memo_form_error_new (void);
void memo_form_error_say (GtkWidget *label, const char *message);

G_END_DECLS
