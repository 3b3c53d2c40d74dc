#pragma once

#include "memo-places.h"
#include "memo-window.h"
#include "memo-work-bar.h"

G_BEGIN_DECLS

struct _MemoWindow
{
  AdwApplicationWindow parent_instance;

  MemoSession *session;
  MemoPlaces *places;

  GtkWidget *toasts;
  GtkWidget *main;   /* GtkStack: the panes, or why there is no library to be shown in them */
  GtkWidget *failed; /* AdwStatusPage; nullable: nothing has failed yet */
  GtkWidget *views;  /* GtkStack: a bin for each view, filled when first shown */
  GtkWidget *outer;  /* filter | rest */
  GtkWidget *inner;  /* view | details */
  GtkWidget *header;
  GtkWidget *switcher; /* of the views: in the header, or in its bin where that has no room */
  GtkWidget *switcher_bin;
  GtkWidget *filter_bin;
  GtkWidget *details_bin;
  GtkWidget *bottom;
  MemoWorkBar *work_bar;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkWidget *search_button;
  GMenu *recent;

  gboolean filter_wanted, details_wanted; /* by the person; the width may fold them */
  gboolean details_asked;                 /* also where the text comes first */
  gboolean pane_asked;                    /* where a pane has room only instead of the view */
  int room;                               /* 0: for no side pane, 1: one, 2: both, 3: and the margin, 4: wide ones */
  int header_needs;                       /* pixels, with the switcher in it */
  gboolean narrow;                        /* less than that */
  guint fit_id;
  guint build_id;
  guint built;     /* parts of the window that are made */
  gboolean moving; /* between places: not a new one */
  gboolean closing;
  gboolean close_wanted; /* once what is being saved is saved */
  gboolean close_anyway; /* although something is not saved */
  guint opening;         /* generation of the library being opened */
  char *failed_path;     /* of the library that could not be opened; NULL too for the own one of the person */
  MemoOpenFlags failed_flags;
  GPtrArray *pending; /* files to import when the library is open; nullable */
  GPtrArray *results; /* of the last import */
};

/* memo-window-actions.c */
void memo_window_init_actions (MemoWindow *self);
void memo_window_update_actions (MemoWindow *self);
void memo_window_update_recent (MemoWindow *self);

/* memo-window-dnd.c */
void memo_window_init_dnd (MemoWindow *self);
void memo_window_paste (MemoWindow *self);

/* memo-import-task.c */
void memo_window_import (MemoWindow *self, GPtrArray *files);
void memo_window_import_text (MemoWindow *self, const char *text, gboolean html);
void memo_window_show_import_results (MemoWindow *self);

/* memo-window-library.c */
/* There is no library, for one could not be opened. */
gboolean memo_window_has_failed (MemoWindow *self);
void memo_window_open_again (MemoWindow *self);
void memo_window_update_title (MemoWindow *self);

/* memo-window.c */
/* Makes the view that is shown, when it is not there yet. */
void memo_window_build_view (MemoWindow *self);
void memo_window_set_view (MemoWindow *self, const char *name);
const char *memo_window_get_view (MemoWindow *self);
void memo_window_set_panes (MemoWindow *self, gboolean filter, gboolean details);
/* TRUE while the details are folded for the sake of the text beside them. */
gboolean memo_window_text_comes_first (MemoWindow *self);
void memo_window_move (MemoWindow *self, int step);
void memo_window_add_toast (MemoWindow *self, const char *text, const char *button, const char *action);
void memo_window_show_search (MemoWindow *self);

G_END_DECLS
