#pragma once

#include "memo-reader-find.h"
#include "memo-reader-page.h"
#include "memo-reader.h"

G_BEGIN_DECLS

struct _MemoReader
{
  GtkWidget parent_instance;
  MemoSession *session;
  GtkWidget *box;
  GtkWidget *heading; /* title while it is scrolled out of sight */
  GtkWidget *outline;
  GtkWidget *versions; /* menu of what can be compared; shown when there is any */
  GtkWidget *stack;    /* page, loading, failed */
  GtkWidget *failed;
  MemoReaderPage *page;
  MemoReaderText *text;
  MemoReaderFind *find;

  char *uuid;
  char *title;
  MemoRecord *article;
  MemoReaderBuffer *buffer;
  MemoReaderHighlights *highlights;
  GCancellable *cancellable; /* of all that loads the open article */
  gboolean loading;          /* the article is on its way */
  GPtrArray *annotations;    /* of the article, when they are here before it */
  glong wanted_start, wanted_end;
  glong place; /* to return to when the text is laid out again; -1 none */

  MemoLibrary *library;
  gulong changed_id, shown_id, library_id, dark_id;
  guint bar_id, place_id;
  gboolean dark;
};

/* What keys and the bar do; memo-reader-actions.c. */
void memo_reader_install_actions (GtkWidgetClass *widget_class);
void memo_reader_add_keys (MemoReader *self);
/* The annotation that a key without a selection means: at the cursor, else the one that is shown. */
MemoRecord *memo_reader_get_target (MemoReader *self);
/* Clicked or Enter at @offset of the buffer; FALSE when there is nothing to follow. */
gboolean memo_reader_activate (MemoReader *self, int offset);

/* Loading; memo-reader-load.c. */
void memo_reader_load (MemoReader *self);
void memo_reader_notice (MemoReader *self, MemoNotice *notice);
/* The article and its versions are there. */
void memo_reader_show_article (MemoReader *self, MemoRecord *article, GPtrArray *versions);
void memo_reader_show_failure (MemoReader *self, const char *message);
/* Annotations are there: places and passages can be shown. */
void memo_reader_settle (MemoReader *self, const char *place);

G_END_DECLS
