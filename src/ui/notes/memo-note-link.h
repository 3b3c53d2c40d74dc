#pragma once

#include "memo-note-editor.h"

G_BEGIN_DECLS

/* A button that puts a link into the note: to the record that is shown, or one found by its words. (transfer floating) */
GtkWidget *memo_note_link_new (MemoSession *session, MemoNoteEditor *editor);

/* Markdown for a link to @record; for an annotation its quote and, with the @article, its citation. (transfer full) */
char *memo_note_link_text (MemoIndex *index, MemoRecord *record, MemoRecord *article);

G_END_DECLS
