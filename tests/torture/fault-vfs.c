#include "fault-vfs.h"

#include <string.h>

#define SECTOR 512

/* What an inode is: its bytes now, those that were flushed, and what was written since. */
typedef struct
{
  grefcount refs;
  GByteArray *now;
  GByteArray *flushed;
  GArray *writes; /* of Write */
} Node;

typedef struct
{
  sqlite3_int64 offset; /* -1: a truncation */
  GBytes *bytes;
  gsize size;
} Write;

/* A name in the folder: what it leads to now, and what it would after a power cut. */
typedef struct
{
  Node *now;
  Node *flushed;
} Entry;

typedef struct
{
  sqlite3_file base;
  Node *node;
  char *name; /* NULL: a temporary file */
} File;

static GHashTable *entries;
static sqlite3_vfs *real;
static guint operations, fail_at, cut_at;
static gboolean fail_lasting, fail_full, failed, cut;

static void
clear_write (gpointer data)
{
  g_bytes_unref (((Write *) data)->bytes);
}

static Node *
node_new (void)
{
  Node *node = g_new0 (Node, 1);

  g_ref_count_init (&node->refs);
  node->now = g_byte_array_new ();
  node->flushed = g_byte_array_new ();
  node->writes = g_array_new (FALSE, TRUE, sizeof (Write));
  g_array_set_clear_func (node->writes, clear_write);
  return node;
}

static Node *
node_ref (Node *node)
{
  if (node != NULL)
    g_ref_count_inc (&node->refs);
  return node;
}

static void
node_unref (Node *node)
{
  if (node == NULL || !g_ref_count_dec (&node->refs))
    return;
  g_byte_array_unref (node->now);
  g_byte_array_unref (node->flushed);
  g_array_unref (node->writes);
  g_free (node);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  node_unref (entry->now);
  node_unref (entry->flushed);
  g_free (entry);
}

static void
entry_set (Node **slot, Node *node)
{
  Node *old = *slot;

  *slot = node_ref (node);
  node_unref (old);
}

static Entry *
entry_get (const char *name)
{
  Entry *entry = g_hash_table_lookup (entries, name);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (entries, g_strdup (name), entry);
    }
  return entry;
}

/* Counts an operation; its error when it is the one to fail. */
static int
operate (int code)
{
  operations++;
  if (cut_at > 0 && operations >= cut_at)
    cut = TRUE;
  if (cut)
    return SQLITE_IOERR;
  if (fail_at == 0 || operations < fail_at || (operations > fail_at && !fail_lasting))
    return SQLITE_OK;
  failed = TRUE;
  return code == SQLITE_IOERR_WRITE && fail_full ? SQLITE_FULL : code;
}

static void
write_bytes (GByteArray *array, const guint8 *bytes, gsize size, sqlite3_int64 offset)
{
  if (array->len < offset + size)
    {
      guint before = array->len;

      g_byte_array_set_size (array, offset + size);
      memset (array->data + before, 0, array->len - before);
    }
  memcpy (array->data + offset, bytes, size);
}

static int
file_close (sqlite3_file *base)
{
  File *file = (File *) base;

  node_unref (file->node);
  g_free (file->name);
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
  Node *node = ((File *) base)->node;
  int code = operate (SQLITE_IOERR_READ);
  int there = offset < node->now->len ? MIN (size, (int) (node->now->len - offset)) : 0;

  if (code != SQLITE_OK)
    return code;
  if (there > 0)
    memcpy (out, node->now->data + offset, there);
  memset ((char *) out + there, 0, size - there);
  return there == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
  Node *node = ((File *) base)->node;
  Write write = { offset, NULL, size };
  int code = operate (SQLITE_IOERR_WRITE);

  if (code != SQLITE_OK && !cut)
    return code;
  /* The write in which power goes may be on its way. */
  write.bytes = g_bytes_new (bytes, size);
  g_array_append_val (node->writes, write);
  if (code != SQLITE_OK)
    return code;
  write_bytes (node->now, bytes, size, offset);
  return SQLITE_OK;
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  Node *node = ((File *) base)->node;
  Write write = { -1, g_bytes_new (NULL, 0), size };
  int code = operate (SQLITE_IOERR_TRUNCATE);

  if (code != SQLITE_OK)
    {
      clear_write (&write);
      return code;
    }
  g_array_append_val (node->writes, write);
  if (size < node->now->len)
    g_byte_array_set_size (node->now, size);
  return SQLITE_OK;
}

static int
file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;
  Node *node = file->node;
  int code = operate (SQLITE_IOERR_FSYNC);

  if (code != SQLITE_OK)
    return code;
  g_byte_array_set_size (node->flushed, 0);
  g_byte_array_append (node->flushed, node->now->data, node->now->len);
  g_array_set_size (node->writes, 0);
  /* SQLite flushes the folder too with the first sync of a file that it made. */
  if (file->name != NULL)
    {
      Entry *entry = entry_get (file->name);

      if (entry->now == node)
        entry_set (&entry->flushed, node);
    }
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  *size = ((File *) base)->node->now->len;
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *base, int level)
{
  return SQLITE_OK;
}

static int
file_check_lock (sqlite3_file *base, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base)
{
  return SECTOR;
}

static int
file_characteristics (sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
  1,         file_close,      file_read,    file_write,       file_truncate,        file_sync, file_size, file_lock,
  file_lock, file_check_lock, file_control, file_sector_size, file_characteristics,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret_flags)
{
  File *file = (File *) base;
  Entry *entry = name != NULL ? entry_get (name) : NULL;
  int code = operate (SQLITE_CANTOPEN);

  memset (file, 0, sizeof *file);
  if (code != SQLITE_OK)
    return cut ? SQLITE_CANTOPEN : code;
  if (entry != NULL && entry->now == NULL && !(flags & SQLITE_OPEN_CREATE))
    return SQLITE_CANTOPEN;
  if (entry == NULL)
    file->node = node_new ();
  else
    {
      if (entry->now == NULL)
        entry->now = node_new ();
      file->node = node_ref (entry->now);
      file->name = g_strdup (name);
    }
  file->base.pMethods = &methods;
  if (ret_flags != NULL)
    *ret_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int flush_folder)
{
  Entry *entry = entry_get (name);
  int code;

  if (entry->now == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  code = operate (SQLITE_IOERR_DELETE);
  if (code != SQLITE_OK)
    return code;
  entry_set (&entry->now, NULL);
  if (flush_folder)
    entry_set (&entry->flushed, NULL);
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  Entry *entry = g_hash_table_lookup (entries, name);

  *result = entry != NULL && entry->now != NULL;
  return SQLITE_OK;
}

static int
vfs_full_path (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  g_strlcpy (out, name, size);
  return SQLITE_OK;
}

static int
vfs_randomness (sqlite3_vfs *vfs, int size, char *out)
{
  return real->xRandomness (real, size, out);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
vfs_time (sqlite3_vfs *vfs, double *now)
{
  return real->xCurrentTime (real, now);
}

void
fault_vfs_register (void)
{
  static sqlite3_vfs vfs = { 1, sizeof (File), 512, NULL, "fault" };

  real = sqlite3_vfs_find (NULL);
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_path;
  vfs.xRandomness = vfs_randomness;
  vfs.xSleep = vfs_sleep;
  vfs.xCurrentTime = vfs_time;
  entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

void
fault_vfs_reset (void)
{
  g_hash_table_remove_all (entries);
  operations = fail_at = cut_at = 0;
  failed = cut = FALSE;
}

guint
fault_vfs_get_operations (void)
{
  return operations;
}

void
fault_vfs_fail (guint at, gboolean lasting, gboolean full)
{
  fail_at = at > 0 ? operations + at : 0;
  fail_lasting = lasting;
  fail_full = full;
  failed = FALSE;
}

gboolean
fault_vfs_has_failed (void)
{
  return failed;
}

void
fault_vfs_cut (guint at)
{
  cut_at = operations + at;
}

/* What is left of a node's unflushed writes. @luck: in 1 of how many a sector is lost; 0: all are, 1: none. */
static void
settle (Node *node, GRand *rand, int luck)
{
  GByteArray *left = g_byte_array_new ();

  g_byte_array_append (left, node->flushed->data, node->flushed->len);
  for (guint i = 0; i < node->writes->len; i++)
    {
      const Write *write = &g_array_index (node->writes, Write, i);
      const guint8 *bytes = g_bytes_get_data (write->bytes, NULL);

      if (write->offset < 0)
        {
          if ((luck == 1 || (luck > 1 && g_rand_int_range (rand, 0, luck) > 0)) && write->size < left->len)
            g_byte_array_set_size (left, write->size);
          continue;
        }
      for (gsize at = 0; at < write->size;)
        {
          gsize size = MIN (SECTOR - (write->offset + at) % SECTOR, write->size - at);

          if (luck == 1 || (luck > 1 && g_rand_int_range (rand, 0, luck) > 0))
            write_bytes (left, bytes + at, size, write->offset + at);
          at += size;
        }
    }
  g_byte_array_unref (node->now);
  node->now = left;
  g_byte_array_set_size (node->flushed, 0);
  g_byte_array_append (node->flushed, left->data, left->len);
  g_array_set_size (node->writes, 0);
}

void
fault_vfs_restart (GRand *rand)
{
  int luck = g_rand_int_range (rand, 0, 5);
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->now != entry->flushed && g_rand_boolean (rand))
        entry_set (&entry->now, entry->flushed);
      entry_set (&entry->flushed, entry->now);
      if (entry->now != NULL)
        settle (entry->now, rand, luck);
    }
  cut = FALSE;
  cut_at = 0;
}

gpointer
fault_vfs_snapshot (void)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_byte_array_unref);
  GHashTableIter iter;
  const char *name;
  Entry *entry;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &entry))
    if (entry->now != NULL)
      {
        GByteArray *bytes = g_byte_array_new ();

        g_byte_array_append (bytes, entry->now->now->data, entry->now->now->len);
        g_hash_table_insert (copy, g_strdup (name), bytes);
      }
  return copy;
}

void
fault_vfs_go_back (gpointer snapshot)
{
  GHashTableIter iter;
  const char *name;
  GByteArray *bytes;

  fault_vfs_reset ();
  g_hash_table_iter_init (&iter, snapshot);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &bytes))
    {
      Entry *entry = entry_get (name);

      entry->now = node_new ();
      g_byte_array_append (entry->now->now, bytes->data, bytes->len);
      g_byte_array_append (entry->now->flushed, bytes->data, bytes->len);
      entry->flushed = node_ref (entry->now);
    }
}

void
fault_vfs_snapshot_free (gpointer snapshot)
{
  g_hash_table_unref (snapshot);
}
