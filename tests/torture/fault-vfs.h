#pragma once

/* A file system in memory for SQLite that fails and loses power when it is told to. It becomes the default VFS. One thread,
 * no locks: one connection at a time. */

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

void fault_vfs_register (void);
/* Forgets all files and plans. */
void fault_vfs_reset (void);
/* Operations so far: reads (when asked for), writes, truncations, syncs, opens, deletions. */
guint fault_vfs_get_operations (void);

/* The @at-th operation from now fails with @code for its kind of operation; @lasting: all after it too. @at 0: none.
 * @full: writes fail for want of space rather than with an I/O error. */
void fault_vfs_fail (guint at, gboolean lasting, gboolean full);
gboolean fault_vfs_has_failed (void);

/* Power is cut at the @at-th operation from now: it and all after it fail. */
void fault_vfs_cut (guint at);
/* Power is back. What was flushed is there; of every other write each sector may be there or not, and a file that was made,
 * deleted or replaced without flushing its folder may be as before or as after. */
void fault_vfs_restart (GRand *rand);

/* A copy of all files, and back to it. */
gpointer fault_vfs_snapshot (void);
void fault_vfs_go_back (gpointer snapshot);
void fault_vfs_snapshot_free (gpointer snapshot);

G_END_DECLS
