#pragma once

#include <adwaita.h>
#include "ui/memo-session.h"

/* A library in a temporary folder, with one article, and a session on it. */
typedef struct
{
  char *folder, *path;
  MemoLibrary *library;
  MemoSession *session;
  MemoRecord *article; /* whole */
  GtkWidget *window;   /* nullable */
} Fixture;

/* FALSE: there is no display; the program ends with 77. */
gboolean fixture_init (int *argc, char ***argv);
Fixture *fixture_new (void);
void fixture_free (Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
/* Waits for it; a failure ends the test. */
void fixture_apply (Fixture *fixture, MemoChange *change);
/* A mark on the first place of these words. (transfer full) */
MemoRecord *fixture_mark (Fixture *fixture, const char *words, const char *color, const char *comment);
/* An article of @n paragraphs, whole, not in the library. (transfer full) */
MemoRecord *fixture_make_article (guint n);
/* Puts @widget into a window and waits until it is drawn. */
void fixture_show (Fixture *fixture, GtkWidget *widget, int width, int height);
/* Runs the main loop until @done says so; ends the test after ten seconds. */
typedef gboolean (*FixtureDone) (gpointer user_data);
void fixture_until (FixtureDone done, gpointer user_data);
void fixture_wait (guint milliseconds);
/* Saves what @widget shows as NAME.png when MEMO_TEST_PICTURES names a folder. */
void fixture_picture (GtkWidget *widget, const char *name);
/* First child of that type below @widget, or NULL. */
GtkWidget *fixture_find (GtkWidget *widget, GType type);
