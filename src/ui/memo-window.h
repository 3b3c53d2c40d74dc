#pragma once

#include <adwaita.h>

#include "memo-session.h"

G_BEGIN_DECLS

#define MEMO_TYPE_WINDOW (memo_window_get_type ())
G_DECLARE_FINAL_TYPE (MemoWindow, memo_window, MEMO, WINDOW, AdwApplicationWindow)

MemoWindow *memo_window_new (GtkApplication *application);
MemoSession *memo_window_get_session (MemoWindow *self);
/* @path nullable: the user's own library. @create: make it when there is none. The one open now is closed. */
void memo_window_open_library (MemoWindow *self, const char *path, gboolean create);
/* The library of last time, or the user's own. */
void memo_window_open_last (MemoWindow *self);
/* Begins to read what memo_window_open_last() will ask for: before there is a window, once. */
void memo_window_open_early (void);
/* The backup takes the place of the library that is open, which is kept beside it and opened again in its new state. */
void memo_window_restore_backup (MemoWindow *self, const char *backup);
/* A copy of the sample library among the user's data. */
void memo_window_open_sample (MemoWindow *self);
/* Libraries are opened, other files are imported into the open library (@open_last: open the last one first). */
void memo_window_open_files (MemoWindow *self, GFile **files, guint n_files, gboolean open_last);

G_END_DECLS
