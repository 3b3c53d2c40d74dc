#pragma once

#include "model/memo-record-list.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The articles that the filter leaves, in the chosen order, with count and sort menu. Signals: "open" (MemoRow, new-tab): a
 * person chose one; "read": and wants to read on in it (Enter, double click); "menu" (MemoRow, x, y in the list's
 * coordinates): its context menu is wanted. */
#define MEMO_TYPE_ARTICLES_LIST (memo_articles_list_get_type ())
G_DECLARE_FINAL_TYPE (MemoArticlesList, memo_articles_list, MEMO, ARTICLES_LIST, GtkWidget)

/* (transfer floating) */
MemoArticlesList *memo_articles_list_new (MemoSession *session);
/* Selects without opening; nothing when the filter hides it. */
void memo_articles_list_select (MemoArticlesList *self, gint64 id);
MemoRow *memo_articles_list_get_selected (MemoArticlesList *self); /* nullable; borrowed */
guint memo_articles_list_get_n (MemoArticlesList *self);

G_END_DECLS
