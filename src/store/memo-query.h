#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the user types into a search: words, "phrases", prefix*, -not, OR (also VEYA, ИЛИ), and field words such as
 * title:health or -party:"United Kingdom", whose names are known in English, Turkish and Russian. What cannot be read as such
 * is plain words. */
typedef enum
{
  MEMO_QUERY_WORDS, /* no field word */
  MEMO_QUERY_TITLE,
  MEMO_QUERY_AUTHOR,
  MEMO_QUERY_SECTOR,
  MEMO_QUERY_PARTY,
  MEMO_QUERY_STATUS,
  MEMO_QUERY_LANGUAGE,
  MEMO_QUERY_TAG,
  MEMO_QUERY_AFTER,
  MEMO_QUERY_BEFORE,
  MEMO_QUERY_KIND,
  MEMO_N_QUERY_FIELDS
} MemoQueryField;

typedef struct
{
  MemoQueryField field;
  char *text;  /* what to look for; of a field word the value, without quotes */
  char *typed; /* as it was typed */
  gboolean phrase;
  gboolean prefix;      /* it ends with a star */
  gboolean unfinished;  /* the last one while somebody types: a prefix too */
  gboolean negative;    /* a minus stands before it */
  gboolean alternative; /* OR stands before it */
} MemoQueryItem;

/* The name of a field word as people type it, without the colon, in @language ("en", "tr", "ru"). Static. */
const char *memo_query_field_name (MemoQueryField field, const char *language);

/* @typing: the last word is unfinished unless a blank follows. (transfer full) GArray of MemoQueryItem. */
GArray *memo_query_read (const char *words, gboolean typing);

/* An expression for FTS5 whose strings are all tokens made here (memo-tokenizer.h). Of the field words only title: is known
 * to it, others are plain words.
 * @stems: inflected forms too. @titled: the records have a title; none without one is found by title:.
 * NULL when there is no word in it. (transfer full) */
char *memo_query_build (const char *words, gboolean typing, gboolean stems, gboolean titled);

/* The words of a text, each as the forms under which it is found: the word itself first, then its stems. (transfer full)
 * GPtrArray of GStrv. */
GPtrArray *memo_query_forms (const char *text);

G_END_DECLS
