#pragma once

#include "model/memo-index.h"

G_BEGIN_DECLS

/* The rows of the register: agreements in order, those of a package below it. Immutable, counted references; made in any
 * thread. */
typedef struct _MemoRegisterOrder MemoRegisterOrder;

/* (transfer full) */
MemoRegisterOrder *memo_register_order_new (MemoSelection *selection, MemoSort sort, gboolean descending);
void memo_register_order_free (MemoRegisterOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoRegisterOrder, memo_register_order_free)

/* How many of a package's agreements are in the selection. */
guint memo_register_order_get_n_children (MemoRegisterOrder *self, gint64 package);
/* The package that the agreement stands below; 0: it stands by itself. */
gint64 memo_register_order_get_parent (MemoRegisterOrder *self, gint64 id);
/* How deep it stands; 0: by itself. */
guint memo_register_order_get_depth (MemoRegisterOrder *self, gint64 id);
/* Ids of what stands by itself, in order. Borrowed. */
GArray *memo_register_order_get_roots (MemoRegisterOrder *self);
/* Ids of all packages with something below them (transfer full). */
GArray *memo_register_order_get_packages (MemoRegisterOrder *self);
/* Row ids as they are shown when the packages in @open (ids as gint64 keys) are open. (transfer full) */
GArray *memo_register_order_flatten (MemoRegisterOrder *self, GHashTable *open);

G_END_DECLS
