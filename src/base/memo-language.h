#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Detects the language of @text: two-letter code ("en", "tr", "ru", "de" …) or "und". @hint (nullable) is what the
 * file says (html lang, "tr-TR"); it wins unless the text plainly contradicts it. Static string. */
const char *memo_language_detect (const char *text, const char *hint);
/* "tr-TR", "Turkish", "Türkçe", "tur", "TR" → "tr"; NULL when unknown. Static (interned) string. */
const char *memo_language_from_name (const char *name);
/* The language's own name: "Türkçe". Static string; the code itself when unknown. */
const char *memo_language_own_name (const char *code);
/* The language's name in another one, "en", "tr" or "ru": "İngilizce". Static string; the code itself when unknown. */
const char *memo_language_name (const char *code, const char *in);
/* The interface's language, from LANGUAGE, LC_ALL, LC_MESSAGES, LANG: "en", "tr" or "ru". Static string. */
const char *memo_language_of_interface (void);

/* Any bytes in any charset to UTF-8 text (cleaned as memo_text_clean()). @hint (nullable): the charset that the file
 * or transport names; a BOM wins over it, valid UTF-8 next, and plainly Russian or Turkish text over Latin-1; else ICU's
 * detector. ret_charset is static. Never fails: what is not text comes out with U+FFFD. Returns: (transfer full) */
char *memo_charset_to_utf8 (GBytes *bytes, const char *hint, const char **ret_charset);
/* UTF-16 or UTF-32, by its mark or, without one, by the pattern of its bytes: text although there are NULs in it. */
gboolean memo_charset_is_wide (GBytes *bytes);

G_END_DECLS
