#pragma once

#include "../patience.h"
#include "model/memo-library.h"

/* A library of its own in a temporary folder, and its calls without callbacks. */

void fixture_init (int *argc, char ***argv);
/* Runs the tests and removes the folder. */
int fixture_run (void);
char *fixture_path (const char *name);
MemoLibrary *fixture_try_open (const char *path, MemoOpenFlags flags, GError **error);
MemoLibrary *fixture_open (const char *path, MemoOpenFlags flags);
void fixture_close (MemoLibrary *library);
/* Takes @library, which was closed, and has to be its last holder, but for a worker's thread that is not through yet. */
void fixture_end (MemoLibrary *library);
void fixture_apply (MemoLibrary *library, MemoChange *change);
void fixture_insert (MemoLibrary *library, const char *name, MemoRecord *record);
MemoRecord *fixture_get (MemoLibrary *library, const char *uuid, gboolean whole, GError **error);
char *fixture_walk (MemoLibrary *library, gboolean undo, GError **error);
MemoSelection *fixture_select (MemoLibrary *library, MemoFilter *filter);
gboolean fixture_flag (MemoLibrary *library, const char *property);
