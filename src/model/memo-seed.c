#include "memo-seed.h"

#include "base/memo-text.h"
#include "memo-seed-resources.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define N_COLUMNS 6

/* Namespace of the project's name-based UUIDs (RFC 4122, version 5); a random one. */
static const guint8 namespace[16] = { 0x6d, 0x1e, 0x44, 0xa2, 0x0b, 0x8f, 0x4c, 0x57,
                                      0x9a, 0x3e, 0x51, 0xd7, 0x2c, 0x80, 0xe6, 0x13 };

typedef void (*RowFunc) (char **columns, gpointer data);

/* Calls @func for every row of a table with N_COLUMNS columns. */
static void
table_foreach (const char *name, RowFunc func, gpointer data)
{
  g_autofree char *path = g_strconcat ("/memorandum/seed/", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (memo_seed_get_resource (), path, 0, &error);
  if (bytes == NULL)
    g_error ("The built-in table %s cannot be read: %s", name, error->message);

  gsize size;
  const char *start = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (start, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", N_COLUMNS);
      g_assert (g_strv_length (columns) == N_COLUMNS);
      func (columns, data);
    }
}

char *
memo_seed_dup_uuid (MemoKind kind, const char *code)
{
  guint8 digest[20];
  gsize size = sizeof digest;
  g_autofree char *name = g_strconcat (memo_kind_get_name (kind), "/", code, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (checksum, namespace, sizeof namespace);
  g_checksum_update (checksum, (const guchar *) name, strlen (name));
  g_checksum_get_digest (checksum, digest, &size);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;

  GString *uuid = g_string_sized_new (37);
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (uuid, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", digest[i]);
  return g_string_free (uuid, FALSE);
}

/* {"en","tr","ru"}. */
static char *
names_to_json (char **names)
{
  static const char *const languages[] = { "en", "tr", "ru" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    json_object_set_string_member (object, languages[i], names[i]);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

typedef struct
{
  MemoChange *change;
  GHashTable *positions; /* parent's code → number of children so far */
} Seed;

static void
add_sector_cb (char **columns, gpointer data)
{
  Seed *seed = data;
  g_autofree char *uuid = memo_seed_dup_uuid (MEMO_KIND_SECTOR, columns[0]);
  g_autofree char *names = names_to_json (columns + 2);
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (seed->positions, columns[1]));
  g_hash_table_insert (seed->positions, g_strdup (columns[1]), GUINT_TO_POINTER (position + 1));

  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_SECTOR, uuid);
  memo_record_builder_set_text (builder, MEMO_SECTOR_CODE, columns[0]);
  memo_record_builder_set_text (builder, MEMO_SECTOR_NAMES, names);
  memo_record_builder_set_int (builder, MEMO_SECTOR_POSITION, position);
  if (*columns[1] != '\0')
    {
      g_autofree char *parent = memo_seed_dup_uuid (MEMO_KIND_SECTOR, columns[1]);
      memo_record_builder_set_text (builder, MEMO_SECTOR_PARENT, parent);
    }
  g_autoptr (MemoRecord) record = memo_record_builder_end (builder);
  memo_change_insert (seed->change, record);
}

static void
add_party_cb (char **columns, gpointer data)
{
  Seed *seed = data;
  g_autofree char *uuid = memo_seed_dup_uuid (MEMO_KIND_PARTY, columns[1]);
  g_autofree char *names = names_to_json (columns + 2);
  g_auto (GStrv) aliases = g_strsplit (columns[5], ";", -1);

  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_PARTY, uuid);
  memo_record_builder_set_text (builder, MEMO_PARTY_KIND, columns[0]);
  memo_record_builder_set_text (builder, MEMO_PARTY_NAME, columns[2]);
  memo_record_builder_set_text (builder, MEMO_PARTY_NAMES, names);
  memo_record_builder_set_texts (builder, MEMO_PARTY_ALIASES, (const char *const *) aliases);
  if (g_str_equal (columns[0], "state"))
    memo_record_builder_set_text (builder, MEMO_PARTY_CODE, columns[1]);
  g_autoptr (MemoRecord) record = memo_record_builder_end (builder);
  memo_change_insert (seed->change, record);
}

MemoChange *
memo_seed_change (void)
{
  Seed seed = { memo_change_new (N_ ("Create library"), NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  table_foreach ("sectors.tsv", add_sector_cb, &seed);
  table_foreach ("parties.tsv", add_party_cb, &seed);
  g_hash_table_unref (seed.positions);
  return seed.change;
}

static void
add_words_cb (char **columns, gpointer data)
{
  g_auto (GStrv) aliases = g_strsplit (columns[5], ";", -1);
  const char *code = g_intern_string (columns[0]);
  for (guint i = 2; i < 5; i++)
    g_hash_table_insert (data, memo_text_key (columns[i]), (gpointer) code);
  for (guint i = 0; aliases[i] != NULL; i++)
    {
      char *key = memo_text_key (aliases[i]);
      if (*key == '\0' || g_hash_table_contains (data, key))
        g_free (key);
      else
        g_hash_table_insert (data, key, (gpointer) code);
    }
}

const char *
memo_seed_find_sector (const char *text)
{
  static GHashTable *words;
  if (g_once_init_enter (&words))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      table_foreach ("sectors.tsv", add_words_cb, table);
      g_once_init_leave (&words, table);
    }
  g_return_val_if_fail (text != NULL, NULL);
  g_autofree char *key = memo_text_key (text);
  return g_hash_table_lookup (words, key);
}
