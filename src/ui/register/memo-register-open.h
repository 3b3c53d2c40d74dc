#pragma once

#include "memo-register-order.h"
#include "model/memo-filter.h"

G_BEGIN_DECLS

/* Which packages of the register are open: those that the person opened, and under a filter those that something of it stands in,
 * so that what is counted is seen. Ids are row ids of agreements. Main thread. */
typedef struct _MemoRegisterOpen MemoRegisterOpen;

/* (transfer full) nothing is open */
MemoRegisterOpen *memo_register_open_new (void);
void memo_register_open_free (MemoRegisterOpen *self);

gboolean memo_register_open_has (MemoRegisterOpen *self, gint64 package);
/* All of them as memo_register_order_flatten() takes them. Borrowed. */
GHashTable *memo_register_open_get_ids (MemoRegisterOpen *self);

void memo_register_open_toggle (MemoRegisterOpen *self, gint64 package);
/* All packages of @order when none is open, else none. */
void memo_register_open_toggle_all (MemoRegisterOpen *self, MemoRegisterOrder *order);
/* Another library: none is open. */
void memo_register_open_clear (MemoRegisterOpen *self);
/* @order is under @filter: what the filter before had opened is closed, what this one needs is opened. */
void memo_register_open_follow (MemoRegisterOpen *self, MemoFilter *filter, MemoRegisterOrder *order);

G_END_DECLS
