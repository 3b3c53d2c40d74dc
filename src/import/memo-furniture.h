#pragma once

#include "base/memo-date.h"

G_BEGIN_DECLS

/* Words of web pages that are no article, in the languages of the interface, and what labels mean. All comparisons are by
 * memo_text_key(): case, marks and typography do not count. Thread-safe. */

/* The article kind that a label names: "Analiz" → "analysis"; NULL: none. Static. */
const char *memo_furniture_kind (const char *label);
/* The whole line is a button, a counter, a menu's entry: "Paylaş", "Share on Facebook", "Поделиться". */
gboolean memo_furniture_is_button (const char *line);
/* Heads a list of other articles, comments, or a form; nothing of the article comes behind it: "Similar Posts". */
gboolean memo_furniture_is_end (const char *line);
/* Heads what is said of the author: "About the author". */
gboolean memo_furniture_is_biography (const char *line);
/* Heads the notes: "Footnotes", "Kaynakça". */
gboolean memo_furniture_is_notes (const char *line);
/* Heads the summary points: "Key points", "Özet". */
gboolean memo_furniture_is_summary (const char *line);
/* "This post is also available in: Türkçe Русский" → what stands behind the words; NULL: no such line. Borrowed. */
const char *memo_furniture_versions (const char *line);
/* "By", "Yazar:", "Автор:" at the start of a byline → the rest; NULL: none. Borrowed. */
const char *memo_furniture_byline (const char *line);
/* A caption by its first words: "Photo:", "Fotoğraf:", "Фото:". */
gboolean memo_furniture_is_caption (const char *line);
/* "Ibid.", "a.g.e.", "Там же" at the start → the rest; NULL: none. Borrowed. */
const char *memo_furniture_ibid (const char *text);
/* At least @words words and a full stop: "Deniz İncesu is a senior fellow." */
gboolean memo_furniture_is_sentence (const char *line, guint words);
/* Whether one of @texts (char *) reads as @text does (memo_text_key()). */
gboolean memo_furniture_has (GPtrArray *texts, const char *text);
/* Consent banners and the like: a paragraph that speaks of cookies. */
gboolean memo_furniture_is_consent (const char *line);

/* A machine's date: "2025-11-28T10:00:00+03:00", "20251128", "2025/11/28", or as people write it. (transfer full)
 * (nullable) */
MemoDate *memo_furniture_read_timestamp (const char *text);

G_END_DECLS
