#pragma once

#include "records/memo-change.h"

G_BEGIN_DECLS

/* What a new library starts with, as one change: the sector tree, the states, and well-known organisations, named in three
 * languages. UUIDs follow from codes, so that two libraries hold the same ones. (transfer full) */
MemoChange *memo_seed_change (void);

/* The UUID (version 5) of the shipped record of @kind with @code: sectors by code, parties by ISO code or acronym.
 * (transfer full) */
char *memo_seed_dup_uuid (MemoKind kind, const char *code);

/* Code of the shipped sector that is known by @text besides its names in the record: "Defence", "Aviation", "KOBİ". Compared by
 * memo_text_key(). Static; NULL when there is none. Safe in any thread. */
const char *memo_seed_find_sector (const char *text);

G_END_DECLS
