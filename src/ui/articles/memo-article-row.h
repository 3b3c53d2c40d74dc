#pragma once

#include "model/memo-record-list.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* One article in the list: title, outlet · kind, date · languages · annotations. Shows a MemoRow, whose record may come later. */
#define MEMO_TYPE_ARTICLE_ROW (memo_article_row_get_type ())
G_DECLARE_FINAL_TYPE (MemoArticleRow, memo_article_row, MEMO, ARTICLE_ROW, GtkWidget)

/* (transfer floating) */
GtkWidget *memo_article_row_new (MemoSession *session);
/* @row nullable */
void memo_article_row_bind (MemoArticleRow *self, MemoRow *row);
MemoRow *memo_article_row_get_row (MemoArticleRow *self); /* nullable; borrowed */

G_END_DECLS
