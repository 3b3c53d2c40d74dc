#include "memo-dict.h"

#include <string.h>

/* Row ids are handed out one after the other: neighbours share a page. */
#define PAGE_BITS 8
#define PAGE_IDS (1 << PAGE_BITS)

typedef struct
{
  gint64 number; /* id >> PAGE_BITS */
  guint32 nodes[PAGE_IDS];
} Page;

/* Of the table that finds the node of a text. */
typedef struct
{
  guint32 node; /* 0: free */
  guint32 hash;
} Slot;

struct _MemoDict
{
  gatomicrefcount refs;
  GMutex mutex;
  GStringChunk *chunk;
  GPtrArray *texts; /* by node */
  Slot *slots;      /* a text's own place is its hash; taken, the next one. Never more than two thirds are taken. */
  guint n_slots;    /* a power of two */
  GHashTable *ids[MEMO_N_KINDS]; /* number → Page */
  MemoLinks *links;
};

MemoDict *
memo_dict_new (void)
{
  MemoDict *self = g_new0 (MemoDict, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->links = memo_links_new ();
  self->chunk = g_string_chunk_new (64 * 1024);
  self->texts = g_ptr_array_new ();
  g_ptr_array_add (self->texts, NULL);
  self->n_slots = 1024;
  self->slots = g_new0 (Slot, self->n_slots);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    self->ids[kind] = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

MemoDict *
memo_dict_ref (MemoDict *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_dict_unref (MemoDict *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self->slots);
  g_ptr_array_unref (self->texts);
  g_string_chunk_free (self->chunk);
  memo_links_free (self->links);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    g_hash_table_unref (self->ids[kind]);
  g_free (self);
}

/* Eight bytes at a time, each time multiplied by the golden ratio and folded. */
static guint32
hash_of (const char *text)
{
  guint64 value = 0;

  for (gsize left = strlen (text); left > 0;)
    {
      guint64 word = 0;
      gsize n = MIN (left, sizeof word);

      memcpy (&word, text, n);
      value = (value ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      value ^= value >> 32;
      text += n;
      left -= n;
    }
  return value;
}

/* With the mutex held: where the node of @text stands, or a free place for it. */
static Slot *
find_slot (MemoDict *self, const char *text, guint32 hash)
{
  for (guint place = hash;; place++)
    {
      Slot *slot = &self->slots[place & (self->n_slots - 1)];

      if (slot->node == 0 || (slot->hash == hash && strcmp (g_ptr_array_index (self->texts, slot->node), text) == 0))
        return slot;
    }
}

static void
grow (MemoDict *self)
{
  g_autofree Slot *old = self->slots;
  guint n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = g_new0 (Slot, self->n_slots);
  for (guint i = 0; i < n_old; i++)
    if (old[i].node != 0)
      {
        guint place = old[i].hash;

        while (self->slots[place & (self->n_slots - 1)].node != 0)
          place++;
        self->slots[place & (self->n_slots - 1)] = old[i];
      }
}

guint
memo_dict_add (MemoDict *self, const char *text)
{
  guint32 hash;
  Slot *slot;
  guint node;

  if (text == NULL || *text == '\0')
    return 0;
  hash = hash_of (text);
  g_mutex_lock (&self->mutex);
  slot = find_slot (self, text, hash);
  node = slot->node;
  if (node == 0)
    {
      node = self->texts->len;
      *slot = (Slot){ node, hash };
      g_ptr_array_add (self->texts, g_string_chunk_insert (self->chunk, text));
      if (node > self->n_slots / 3 * 2)
        grow (self);
    }
  g_mutex_unlock (&self->mutex);
  return node;
}

guint
memo_dict_find (MemoDict *self, const char *text)
{
  guint node;

  if (text == NULL || *text == '\0')
    return 0;
  g_mutex_lock (&self->mutex);
  node = find_slot (self, text, hash_of (text))->node;
  g_mutex_unlock (&self->mutex);
  return node;
}

const char *
memo_dict_get (MemoDict *self, guint node)
{
  const char *text;

  g_mutex_lock (&self->mutex);
  text = node < self->texts->len ? g_ptr_array_index (self->texts, node) : NULL;
  g_mutex_unlock (&self->mutex);
  return text;
}

guint
memo_dict_get_size (MemoDict *self)
{
  guint size;

  g_mutex_lock (&self->mutex);
  size = self->texts->len;
  g_mutex_unlock (&self->mutex);
  return size;
}

/* With the mutex held; NULL: there is none. */
static Page *
find_page (MemoDict *self, MemoKind kind, gint64 id)
{
  gint64 number = id >> PAGE_BITS;

  return g_hash_table_lookup (self->ids[kind], &number);
}

void
memo_dict_set_id (MemoDict *self, MemoKind kind, gint64 id, guint node)
{
  Page *page;

  g_mutex_lock (&self->mutex);
  page = find_page (self, kind, id);
  if (page == NULL)
    {
      page = g_new0 (Page, 1);
      page->number = id >> PAGE_BITS;
      g_hash_table_insert (self->ids[kind], &page->number, page);
    }
  page->nodes[id & (PAGE_IDS - 1)] = node;
  g_mutex_unlock (&self->mutex);
}

guint
memo_dict_find_id (MemoDict *self, MemoKind kind, gint64 id)
{
  const Page *page;
  guint node;

  g_mutex_lock (&self->mutex);
  page = find_page (self, kind, id);
  node = page != NULL ? page->nodes[id & (PAGE_IDS - 1)] : 0;
  g_mutex_unlock (&self->mutex);
  return node;
}

MemoLinks *
memo_dict_get_links (MemoDict *self)
{
  return self->links;
}
