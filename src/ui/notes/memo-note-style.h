#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Light styling of Markdown source in a buffer: the words stay as they are typed. */
void memo_note_style_attach (GtkTextBuffer *buffer);

G_END_DECLS
