#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Small popovers that ask for a comment, tags or sectors of a passage. What was written is kept when the popover is closed, by
 * whatever way but Escape; @done is called once, and only when there is something new. A comment is one value. */
typedef void (*MemoEditorDone) (const char *const *values, gpointer user_data);

/* @at: the passage, in @parent's coordinates. @free_data (nullable) runs when the popover is gone. */
void memo_reader_edit_comment (GtkWidget *parent,
                               const GdkRectangle *at,
                               const char *comment,
                               MemoEditorDone done,
                               gpointer user_data,
                               GDestroyNotify free_data);
void memo_reader_edit_tags (GtkWidget *parent,
                            const GdkRectangle *at,
                            MemoSession *session,
                            const char *const *tags,
                            MemoEditorDone done,
                            gpointer user_data,
                            GDestroyNotify free_data);
void memo_reader_edit_sectors (GtkWidget *parent,
                               const GdkRectangle *at,
                               MemoSession *session,
                               const char *const *sectors,
                               MemoEditorDone done,
                               gpointer user_data,
                               GDestroyNotify free_data);

/* "a, b ,a" to a, b. (transfer full) */
GStrv memo_reader_split_tags (const char *text);

G_END_DECLS
