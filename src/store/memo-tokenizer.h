#pragma once

/* Words of a text for the search index and for snippets. Inside store/ only. */

#include <sqlite3.h>
#include <glib.h>

G_BEGIN_DECLS

/* The first character of a column may say in which language its words are; without one, Latin words are taken as
 * English and Turkish, Cyrillic ones as Russian. */
#define MEMO_MARK_EN 0xE001
#define MEMO_MARK_TR 0xE002
#define MEMO_MARK_RU 0xE003
#define MEMO_MARK_OTHER 0xE004

/* In a query, a string that begins with one of these is one token as it stands. */
#define MEMO_QUERY_STEM '\1'
#define MEMO_QUERY_EXACT '\2'

/* @form: the word in the form under which all its spellings are the same (memo_text_key()). @start and @end: bytes.
 * @word: where it lies in the text. FALSE stops. */
typedef gboolean (*MemoWordFunc) (const char *form, const char *word, int start, int end, gpointer data);

/* Calls @func for every word of the UTF-8 text, in order; the n-th call is the index' n-th token. */
void memo_tokenizer_words (const char *text, int length, MemoWordFunc func, gpointer data);

/* The stems @word may have as part of a query, folded, more than the index has of a word where a language's stems part ways; without
 * those that equal its folded form. (transfer full) */
char **memo_tokenizer_stems (const char *word, int length);

/* The number that a word of a query stands for ("XIX", "xixth", "19th", "nineteenth"), as a token, or NULL. (transfer
 * full) */
char *memo_tokenizer_number (const char *word);

gboolean memo_tokenizer_register (sqlite3 *db);

G_END_DECLS
