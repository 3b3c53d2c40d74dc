#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The dialog for what is known about an article: title, authors, outlet, dates, language, kind, address, tags. */
void memo_article_dialog_present (GtkWidget *parent, MemoSession *session, MemoRecord *article);

typedef void (*MemoArticlePicked) (const char *uuid, gpointer user_data);
/* Lets a person choose another article: a list with a search entry. @picked is called at most once. */
void memo_article_picker_present (GtkWidget *parent,
                                  MemoSession *session,
                                  const char *title,
                                  const char *except,
                                  MemoArticlePicked picked,
                                  gpointer user_data,
                                  GDestroyNotify free_data);

G_END_DECLS
