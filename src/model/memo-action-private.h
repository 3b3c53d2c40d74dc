#pragma once

#include "base/memo-anchor.h"
#include "memo-actions.h"

G_BEGIN_DECLS

/* A change under construction: what it makes new is found again by name, so that a new party named twice is one record. */
typedef struct
{
  MemoIndex *index;
  MemoChange *change;
  GHashTable *made;      /* kind and key → MemoRecord */
  MemoDate *reference;   /* nullable: what relative dates count from; borrowed */
  gboolean only_changed; /* a record that an edit leaves as it is is no step */
} MemoDraft;

void memo_draft_init (MemoDraft *self, MemoIndex *index, const char *name, const char *detail);
/* Frees all but the change. (transfer full) */
MemoChange *memo_draft_end (MemoDraft *self);
void memo_draft_clear (MemoDraft *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemoDraft, memo_draft_clear)

/* UUID of the party that people know as @text, made when there is none. @kind (nullable): of a new one, and of those that may be
 * found: "person" finds no state. (transfer full); NULL with MEMO_ERROR_INVALID for an empty name. */
char *memo_draft_get_party (MemoDraft *self, const char *text, const char *kind, GError **error);
/* The same for a body: "Intergovernmental Commission (CIAN)" makes one with an acronym. */
char *memo_draft_get_body (MemoDraft *self, const char *text, GError **error);
/* The sector; MEMO_ERROR_INVALID names what is unknown. (transfer full) */
char *memo_draft_get_sector (MemoDraft *self, const char *text, GError **error);
/* The kind of a party that says nothing of it but its name: "company" or "organisation". Static. */
const char *memo_draft_guess_party_kind (const char *name);
/* A person as an author: of two ways to write the name the one in mixed case is kept; @about (nullable) is kept where nothing
 * is known. (transfer full) */
char *memo_draft_get_person (MemoDraft *self, const char *name, const char *about);
/* The field that people mean with @name, or -1: "sector", and "add_sector" or "remove_sector". */
int memo_draft_find_field (MemoKind kind, const char *name);
/* A record from @values, put into the change. */
MemoRecord *memo_draft_edit (MemoDraft *self,
                             MemoKind kind,
                             MemoRecord *base,
                             const MemoValue *values,
                             guint n_values,
                             GError **error);

/* The annotation of [start, end), not in any change yet. (transfer full) */
MemoRecord *memo_annotation_new (MemoRecord *article,
                                 glong start,
                                 glong end,
                                 const char *color,
                                 const char *comment,
                                 const char *const *tags,
                                 const char *const *sectors,
                                 const char *speaker,
                                 GError **error);

/* @annotation in another @text, or as an orphan. @ret_result nullable. (transfer full) */
MemoRecord *memo_annotation_find_again (MemoRecord *annotation, const char *text, MemoAnchorResult *ret_result);

/* Values of one field agree: dates overlap, texts are the same to memo_text_key(), numbers are equal. */
gboolean memo_claim_values_agree (MemoFieldType type, const char *a, const char *b);

G_END_DECLS
