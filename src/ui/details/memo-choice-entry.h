#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* An entry for several records of a small kind (parties, sectors) or one (a body): what is typed is completed from a list
 * below it; what was chosen stands above as chips. New names are taken where the kind allows it. */
#define MEMO_TYPE_CHOICE_ENTRY (memo_choice_entry_get_type ())
G_DECLARE_FINAL_TYPE (MemoChoiceEntry, memo_choice_entry, MEMO, CHOICE_ENTRY, GtkWidget)

/* @kind: party, sector or body. @allow_new: names that are not in the library are values too. */
GtkWidget *
memo_choice_entry_new (MemoIndex *index, MemoKind kind, const char *title, gboolean many, gboolean allow_new);
/* What stands in the entry while it is empty (nullable); its title at first. */
void memo_choice_entry_set_placeholder (MemoChoiceEntry *self, const char *text);
/* UUIDs, or names of new ones. */
void memo_choice_entry_set_values (MemoChoiceEntry *self, const char *const *values);
/* What is still in the entry counts too. (transfer full) */
GStrv memo_choice_entry_dup_values (MemoChoiceEntry *self);

G_END_DECLS
