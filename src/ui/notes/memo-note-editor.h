#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The Markdown source of one note, saved a second after the last key and when it is left. Signal "saved" (uuid): it is in the
 * library now, or again. */
#define MEMO_TYPE_NOTE_EDITOR (memo_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (MemoNoteEditor, memo_note_editor, MEMO, NOTE_EDITOR, GtkWidget)

/* (transfer floating) */
MemoNoteEditor *memo_note_editor_new (MemoSession *session);
/* NULL: a new note, in the library once it has words. What was open is saved first. */
void memo_note_editor_open (MemoNoteEditor *self, const char *uuid);
const char *memo_note_editor_get_uuid (MemoNoteEditor *self); /* nullable */
MemoRecord *memo_note_editor_get_note (MemoNoteEditor *self); /* as last saved; nullable */
/* Saves at once what is not saved. */
void memo_note_editor_flush (MemoNoteEditor *self);
/* At the cursor. */
void memo_note_editor_insert (MemoNoteEditor *self, const char *text);
GtkTextBuffer *memo_note_editor_get_buffer (MemoNoteEditor *self); /* borrowed */

/* The first line with words, without Markdown's signs. (transfer full); "" when there is none. */
char *memo_note_title (const char *text);
/* Link under a character of a line: "memo:annotation/UUID" or a web address. (transfer full) (nullable) */
char *memo_note_link_at (const char *line, int offset);

G_END_DECLS
