#pragma once

#include <gumbo.h>
#include "memo-draft.h"

G_BEGIN_DECLS

/* What a page says about itself outside the article: JSON-LD, OpenGraph, meta elements, microdata, links, title. */
typedef struct
{
  char *title; /* best title; never NULL after memo_metadata_read() */
  char *base;  /* address for relative links; nullable */
  gboolean named_author;
  const GumboNode *body;    /* NULL: a page of frames, or no page */
  const GumboNode *heading; /* the h1 that is the title; nullable */
} MemoMetadata;

/* Fills @draft's metadata fields. */
void memo_metadata_read (const GumboNode *root, MemoDraft *draft, MemoMetadata *ret_metadata);
void memo_metadata_clear (MemoMetadata *self);
/* "By A and B", "Yazan: A" into authors of the draft. */
void memo_metadata_add_byline (MemoDraft *draft, const char *byline);
/* Behind the titles at the start of a name: "Prof. Dr. Işıl İncirli" → "Işıl İncirli". Borrowed. */
const char *memo_byline_skip_titles (const char *name);
/* Words in place of a name: "Editor", "Haber Merkezi", "Редакция". */
gboolean memo_byline_is_nobody (const char *name);
/* Text below a node of gumbo's, white space folded, at most @limit bytes. (transfer full) */
char *memo_gumbo_dup_text (const GumboNode *node, gsize limit);
/* JSON-LD (memo-metadata-ld.c): fills what is there; ret_title (transfer full) (nullable). TRUE: it was an article's. */
gboolean memo_metadata_read_ld (const char *json, const char *html_title, MemoDraft *draft, char **ret_title);

G_END_DECLS
