#pragma once

#include "memo-library.h"
#include "store/memo-merge.h"

G_BEGIN_DECLS

/* What a researcher does, each as one MemoChange that the interface and the command line build the same way. All take the
 * library's current index, touch nothing, and return (transfer full). Errors: MEMO_ERROR_INVALID, MEMO_ERROR_NOT_FOUND. */

/* A passage [start, end) of a whole @article. @color NULL: yellow. @ret_annotation (nullable, transfer full). */
MemoChange *memo_action_annotate (MemoRecord *article,
                                  glong start,
                                  glong end,
                                  const char *color,
                                  const char *comment,
                                  const char *const *tags,
                                  const char *const *sectors,
                                  const char *speaker,
                                  MemoRecord **ret_annotation,
                                  GError **error);
/* Where a quote stands in a whole article; MEMO_ERROR_NOT_FOUND names what was looked for. */
gboolean memo_action_locate (MemoRecord *article,
                             const char *quote,
                             const char *prefix,
                             const char *suffix,
                             glong *ret_start,
                             glong *ret_end,
                             GError **error);
/* New or edited record, with new parties, bodies and persons that it needs created in the same change: values as people
 * write them, by field name: "title", "signed" (EDTF or written date), "party" (repeatable, name or ISO code), "sector"
 * (repeatable), "status", "package", "declared", "body", "session" ("XIX" too) … @base NULL: a new one of @kind.
 * Written dates are read in any of the three languages. Further values: "name_tr" … one name of many; "role" "PARTY=ROLE";
 * "date" and "comment" beside "status": a further step in its history; "" empties a field; "company: NAME" names the kind of a
 * new party; "add_party", "remove_party" (also -sector, -tag …) leave the rest of a list as it is. @ret_record (nullable,
 * transfer full). */
typedef struct
{
  const char *field;
  const char *value;
} MemoValue;
MemoChange *memo_action_edit (MemoIndex *index,
                              MemoKind kind,
                              MemoRecord *base,
                              const MemoValue *values,
                              guint n_values,
                              MemoRecord **ret_record,
                              GError **error);
/* Several @agreements (of MemoRecord), each edited as memo_action_edit() does it; what is not said stays as it is in each. Those that
 * would be as they are stay out; a dated status is an entry of the history also where it is the status already. Without any the
 * change has no steps. @ret_changed (nullable): how many have a step. MEMO_ERROR_INVALID also for what only one can have: see
 * memo_action_is_for_many(). Any thread. */
MemoChange *memo_action_edit_many (MemoIndex *index,
                                   GPtrArray *agreements,
                                   const MemoValue *values,
                                   guint n_values,
                                   guint *ret_changed,
                                   GError **error);
/* Whether several agreements may be given one value of @field, written as people write it: not a title, a summary or a declared
 * number. */
gboolean memo_action_is_for_many (const char *field);
/* The sector that people know by @text: as memo_index_find_sector(), then by the shipped sectors' other names ("Defence", "SMEs",
 * "Aviation"). Borrowed (nullable). */
MemoRecord *memo_action_find_sector (MemoIndex *index, const char *text);
/* A further step in an agreement's status history; the agreement takes the status of the latest date. */
MemoChange *memo_action_follow_up (MemoIndex *index,
                                   MemoRecord *agreement,
                                   const char *status,
                                   MemoDate *date,
                                   const char *comment,
                                   MemoRecord **ret_follow_up,
                                   GError **error);
/* @field NULL: the record as a whole. @value NULL: the record's own value. */
MemoChange *memo_action_evidence (MemoRecord *record,
                                  MemoRecord *annotation,
                                  const char *field,
                                  const char *value,
                                  MemoRecord **ret_evidence,
                                  GError **error);
/* Selection → agreement: annotation (unless @annotation is given), agreement with a title, its evidence; one change. */
MemoChange *memo_action_agreement_from_passage (MemoIndex *index,
                                                MemoRecord *article,
                                                glong start,
                                                glong end,
                                                MemoRecord *annotation,
                                                const MemoValue *values,
                                                guint n_values,
                                                MemoRecord **ret_agreement,
                                                GError **error);
/* Whether the library holds the article of a draft already: in its language, with its address, or with its title, outlet and
 * day. Any thread. */
gboolean memo_action_has_article (MemoIndex *index, JsonObject *draft);
/* A draft (JSON of the import helper) into an article with its persons, linked to works and cited articles in the library.
 * @version_of nullable. @original nullable. */
MemoChange *memo_action_import (MemoIndex *index,
                                JsonObject *draft,
                                MemoOriginal *original,
                                const char *version_of,
                                MemoRecord **ret_article,
                                GError **error);
/* Another text for an article: annotations find their place again. References, biographies, summary and versions that @draft
 * does not have stay as they are. */
MemoChange *memo_action_update_text (MemoRecord *article,
                                     JsonObject *draft,
                                     MemoOriginal *original,
                                     GPtrArray *annotations,
                                     guint *ret_anchored,
                                     guint *ret_moved,
                                     guint *ret_orphaned,
                                     GError **error);
/* Two whole records of one kind become one: see memo_library_unite_async(). @referring: all records that name @from. */
MemoChange *
memo_action_unite (MemoRecord *from, MemoRecord *into, const char *const *take, GPtrArray *referring, GError **error);

/* The value with @id of @earlier (of MemoEarlier) back into a whole @record; with another text for an article its @annotations
 * (nullable) find their place again. */
MemoChange *
memo_action_use_earlier (MemoRecord *record, GPtrArray *earlier, gint64 id, GPtrArray *annotations, GError **error);
/* Whether the value at @position of @earlier is one to offer: another one than now, and no mere part of one. */
gboolean memo_action_is_earlier_shown (MemoRecord *record, GPtrArray *earlier, guint position);

/* Who says what: claims by field, from evidence records, their annotations and articles. */
typedef struct
{
  MemoRecord *evidence, *annotation, *article;
  gboolean cited; /* its article cites another of the claim's */
} MemoQuote;
typedef struct
{
  char *value;
  GPtrArray *quotes;
  guint independent;
} MemoClaim;
typedef struct
{
  char *field; /* NULL: the whole */
  GPtrArray *claims;
  gboolean agree;
} MemoClaims;
void memo_claims_async (MemoLibrary *library,
                        const char *record_uuid,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* (transfer full): GPtrArray of MemoClaims. Dates agree when they overlap; texts when their keys are equal. */
GPtrArray *memo_claims_finish (MemoLibrary *library, GAsyncResult *result, GError **error);

G_END_DECLS
