#pragma once

#include <gio/gio.h>
#include "memo-library.h"

G_BEGIN_DECLS

/* A GListModel of MemoRow over row ids: records are loaded by the page when a row is asked for. A row keeps its identity when
 * others come and go around it; the row's "record" property is NULL until loaded and notifies. Where much is replaced at once, as
 * by a filter or another order, the rows keep their places instead and notify "record": a view does not make its widgets again. */
#define MEMO_TYPE_ROW (memo_row_get_type ())
G_DECLARE_FINAL_TYPE (MemoRow, memo_row, MEMO, ROW, GObject)
gint64 memo_row_get_id (MemoRow *self);
MemoRecord *memo_row_get_record (MemoRow *self); /* nullable */

#define MEMO_TYPE_RECORD_LIST (memo_record_list_get_type ())
G_DECLARE_FINAL_TYPE (MemoRecordList, memo_record_list, MEMO, RECORD_LIST, GObject)
MemoRecordList *memo_record_list_new (MemoLibrary *library, MemoKind kind);
/* One splice for what differs; two where much is taken out above the rows that a view has, which are at the top then. @ids: GArray
 * of gint64. TRUE: rows kept their places instead of their records, so who selects by place has to select again. */
gboolean memo_record_list_set_ids (MemoRecordList *self, GArray *ids);
/* Records that are known already, so that their rows need not wait for them. Before memo_record_list_set_ids(). */
void memo_record_list_add_records (MemoRecordList *self, GPtrArray *records);
guint memo_record_list_find (MemoRecordList *self, gint64 id); /* position or GTK's G_MAXUINT */
/* Reads again what @notice touches; rows keep their identity. Called by itself on the library's "changed". */

G_END_DECLS
