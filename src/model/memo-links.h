#pragma once

#include "records/memo-record.h"

G_BEGIN_DECLS

/* By which articles find each other: web address, title, the versions that a page names, and what footnotes cite. Kept beside the
 * index for the whole library, fed whenever it reads an article; safe in any thread. What is found may have gone since: ask
 * the index. */
typedef struct _MemoLinks MemoLinks;

MemoLinks *memo_links_new (void);
void memo_links_free (MemoLinks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoLinks, memo_links_free)

/* The fields that are kept, as MEMO_FIELD_BIT() names them. */
guint32 memo_links_fields (void);
/* Keeps the linking fields of @article, in place of what was kept of it before. */
void memo_links_put (MemoLinks *self, MemoRecord *article);
/* The record as far as it is kept: UUID, row id, title, URL, work, language, published, authors, outlet, versions, references.
 * (transfer full) (nullable) */
MemoRecord *memo_links_get (MemoLinks *self, const char *uuid);

/* Each gives UUIDs of articles. (transfer full): GPtrArray of char *. */
GPtrArray *memo_links_find_url (MemoLinks *self, const char *url);     /* at this address */
GPtrArray *memo_links_find_title (MemoLinks *self, const char *title); /* with this title */
GPtrArray *memo_links_find_version (MemoLinks *self, const char *url); /* that name this address as a version */
GPtrArray *memo_links_find_citing (MemoLinks *self, const char *url, const char *title); /* that cite it, unresolved */
GPtrArray *memo_links_find_work (MemoLinks *self, const char *work);
GPtrArray *
memo_links_find_day (MemoLinks *self, const MemoDate *published, const char *outlet); /* same day and outlet */

/* An address without what does not matter: scheme, "www.", fragment, tracking words, a slash at the end. (transfer full); NULL
 * when it is none. */
char *memo_url_key (const char *url);

G_END_DECLS
