#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* UTF-8 text with offsets in code points. Everything here is safe in any thread and independent of the locale. */

/* Any bytes become valid UTF-8: invalid sequences become U+FFFD, NUL and other controls but TAB and LF go, CRLF becomes
 * LF, NFC is applied. Returns: (transfer full) */
char *memo_text_clean (const char *bytes, gssize length);
/* Code points in the UTF-8 of @text. */
glong memo_text_length (const char *text);
/* The code points [start, end). Returns: (transfer full) */
char *memo_text_slice (const char *text, glong start, glong end);
/* One line, white space runs folded, ends trimmed. Returns: (transfer full) */
char *memo_text_collapse (const char *text);
/* At most @length code points, "…" at the end when cut at a word. Returns: (transfer full) */
char *memo_text_ellipsize (const char *text, glong length);
/* Whether a word in @text (@length bytes) goes on for four thousand bytes without a blank, tab or line break. To wrap such a line
 * at words takes Pango a time that grows with the square of its length. */
gboolean memo_text_is_unbroken (const char *text, gsize length);

/* Lower case by the rules of @language: for tr (and az) I→ı, İ→i; elsewhere I→i, İ→i. Returns: (transfer full) */
char *memo_text_lower (const char *text, const char *language);
/* The form under which names are the same: no case, no marks on letters, i = ı = İ = I, ё = е, typographic quotes,
 * dashes and apostrophes as ASCII ones, white space folded. Independent of language: "İNCESU", "İncesu", "ıncesu"
 * and "INCESU" are all "incesu". й stays, as it is a letter of its own. Returns: (transfer full) */
char *memo_text_key (const char *text);
/* The same for one code point: 0 where it vanishes (combining mark); most map 1:1, ligatures and ß stay as they are, so
 * that offsets hold. */
gunichar memo_char_key (gunichar c);
/* One of “ ” „ « » ' ’ - – — and white space to its plain form, else @c. For matching quotes. */
gunichar memo_char_plain (gunichar c);

/* A key whose strcmp() order is the alphabetical order of @language (ICU). Returns: (transfer full) */
char *memo_text_sort_key (const char *text, const char *language);

/* Number of a session or congress: "XIX", "XIXth", "19th", "19", "19.", "19-я", "on
 * dokuzuncu"/"nineteenth"/"девятнадцатая" too. 0 when it is none. */
int memo_number_parse (const char *text);
/* "XIX". 1..3999. Returns: (transfer full) */
char *memo_number_to_roman (int number);

/* Random UUID, lower case. Returns: (transfer full) */
char *memo_uuid_new (void);

G_END_DECLS
