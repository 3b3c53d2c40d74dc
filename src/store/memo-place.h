#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a library lies where another program or another computer may change it: a folder that is kept in step with others, or
 * a share. */
typedef enum
{
  MEMO_PLACE_LOCAL,
  MEMO_PLACE_SYNCED,
  MEMO_PLACE_REMOTE
} MemoPlace;

/* The service whose folder has that name ("OneDrive - Institute"), or that leaves a file of that name in its folder
 * (".stfolder"); NULL when none. Pure. Static. */
const char *memo_place_judge_folder (const char *name);
const char *memo_place_judge_marker (const char *name, gboolean is_folder);
/* Whether a type of file system, as the kernel names it, is on another computer. Pure. */
gboolean memo_place_is_remote (const char *type);
/* The type of the file system that @path is on, by the text of /proc/self/mountinfo. Pure. (nullable) (transfer full) */
char *memo_place_find_type (const char *mounts, const char *path);

/* Looks at the folders above @path; blocks, for seconds where a share does not answer. @ret_service (nullable): static,
 * or NULL. */
MemoPlace memo_place_look (const char *path, const char **ret_service);
/* What it means and what to do, in whole sentences; NULL for a local place. (transfer full) */
char *memo_place_dup_advice (MemoPlace place, const char *service);

G_END_DECLS
