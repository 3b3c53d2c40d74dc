#include "memo-timeline-lanes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "memo-timeline-painter.h"
#include "model/memo-words.h"

#define MAX_LANES 400
#define SESSION_COLOR 4

typedef struct
{
  char *key;
  char *name;
  char *sort;
} Lane;

typedef struct
{
  MemoIndex *index;
  MemoLanes lanes;
  MemoShow show;
  GHashTable *keys;   /* value of an entry → lane of its own; the same strings come again and again */
  GHashTable *colors; /* sector → colour */
  GPtrArray *found;   /* of Lane */
  int *places;        /* Lane in order of finding → place in the picture */
  int context, articles, none;
} Sorting;

static const struct
{
  const char *name, *label;
} groupings[MEMO_N_LANES] = {
  [MEMO_LANES_SECTOR] = { "sector", NC_ ("lanes of the timeline", "Sector") },
  [MEMO_LANES_PARTY] = { "party", NC_ ("lanes of the timeline", "Party") },
  [MEMO_LANES_BODY] = { "body", NC_ ("lanes of the timeline", "Body") },
  [MEMO_LANES_STATUS] = { "status", NC_ ("lanes of the timeline", "Status") },
  [MEMO_LANES_KIND] = { "kind", NC_ ("lanes of the timeline", "Kind") },
};

const char *
memo_lanes_get_name (MemoLanes lanes)
{
  return groupings[lanes].name;
}

MemoLanes
memo_lanes_from_name (const char *name)
{
  for (guint i = 0; i < MEMO_N_LANES; i++)
    if (g_strcmp0 (groupings[i].name, name) == 0)
      return i;
  return MEMO_LANES_SECTOR;
}

const char *
memo_lanes_get_label (MemoLanes lanes)
{
  return g_dpgettext2 (NULL, "lanes of the timeline", groupings[lanes].label);
}

static void
lane_free (gpointer data)
{
  Lane *lane = data;

  g_free (lane->key);
  g_free (lane->name);
  g_free (lane->sort);
  g_free (lane);
}

/* The sector at the top of the tree that @uuid stands below. */
static const char *
get_top_sector (MemoIndex *index, const char *uuid)
{
  for (int depth = 0; depth < 32; depth++)
    {
      MemoRecord *sector = memo_index_get_record (index, MEMO_KIND_SECTOR, uuid);
      const char *parent = sector ? memo_record_get_text (sector, MEMO_SECTOR_PARENT) : NULL;

      if (!parent)
        return sector ? memo_record_get_uuid (sector) : uuid;
      uuid = parent;
    }
  return uuid;
}

static guint
find_position (GPtrArray *records, const char *uuid)
{
  for (guint i = 0; records && i < records->len; i++)
    if (g_strcmp0 (memo_record_get_uuid (g_ptr_array_index (records, i)), uuid) == 0)
      return i;
  return G_MAXUINT16;
}

static guint
find_word (const char *const *words, const char *word)
{
  for (guint i = 0; words && words[i]; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  return G_MAXUINT16;
}

static const char *
get_value (Sorting *sorting, const MemoEntry *entry)
{
  switch (sorting->lanes)
    {
    case MEMO_LANES_PARTY:
      return entry->party;
    case MEMO_LANES_BODY:
      return entry->body;
    case MEMO_LANES_STATUS:
      return entry->status;
    case MEMO_LANES_KIND:
      return entry->kind == MEMO_KIND_FOLLOW_UP ? NULL : entry->type;
    case MEMO_LANES_SECTOR:
    default:
      return entry->sector;
    }
}

static Lane *
make_lane (Sorting *sorting, const char *key)
{
  Lane *lane = g_new0 (Lane, 1);

  lane->key = g_strdup (key);
  switch (sorting->lanes)
    {
    case MEMO_LANES_PARTY:
    case MEMO_LANES_BODY:
      lane->name =
          memo_word_name (sorting->index, sorting->lanes == MEMO_LANES_PARTY ? MEMO_KIND_PARTY : MEMO_KIND_BODY, key);
      lane->sort = memo_text_sort_key (lane->name ? lane->name : "", memo_language_of_interface ());
      break;
    case MEMO_LANES_STATUS:
      lane->name = g_strdup (memo_word_status (key));
      lane->sort = g_strdup_printf ("%05u", find_word (memo_word_get_values (MEMO_AGREEMENT_STATUS), key));
      break;
    case MEMO_LANES_KIND:
      lane->name = g_strdup (memo_word_kind (MEMO_KIND_AGREEMENT, key));
      lane->sort = g_strdup_printf ("%05u", find_word (memo_word_get_values (MEMO_AGREEMENT_KIND), key));
      break;
    case MEMO_LANES_SECTOR:
    default:
      lane->name = memo_word_name (sorting->index, MEMO_KIND_SECTOR, key);
      lane->sort =
          g_strdup_printf ("%05u", find_position (memo_index_get_records (sorting->index, MEMO_KIND_SECTOR), key));
      break;
    }
  if (!lane->name)
    lane->name = g_strdup (key);
  return lane;
}

/* Number of the lane, plus one, in order of finding; 0: has none. */
static guint
find_lane (Sorting *sorting, const MemoEntry *entry)
{
  const char *value = get_value (sorting, entry), *key = value;
  gpointer found;
  guint lane;

  if (!value || !*value)
    return 0;
  if (g_hash_table_lookup_extended (sorting->keys, value, NULL, &found))
    return GPOINTER_TO_UINT (found);
  if (sorting->lanes == MEMO_LANES_SECTOR)
    key = get_top_sector (sorting->index, value);
  for (lane = 0; lane < sorting->found->len; lane++)
    if (strcmp (((Lane *) g_ptr_array_index (sorting->found, lane))->key, key) == 0)
      break;
  if (lane == sorting->found->len && lane == MAX_LANES)
    return 0;
  if (lane == sorting->found->len)
    g_ptr_array_add (sorting->found, make_lane (sorting, key));
  g_hash_table_insert (sorting->keys, (gpointer) value, GUINT_TO_POINTER (lane + 1));
  return lane + 1;
}

static guint8
find_color (Sorting *sorting, const MemoEntry *entry)
{
  gpointer found;
  guint color = 0, position = 0;
  const char *top;
  GPtrArray *sectors;

  if (!entry->sector)
    return g_strcmp0 (entry->type, "session") == 0 ? SESSION_COLOR : 0;
  if (g_hash_table_lookup_extended (sorting->colors, entry->sector, NULL, &found))
    return GPOINTER_TO_UINT (found);

  /* By the place among the tops of the tree: the same in every lane, filter and session. */
  top = get_top_sector (sorting->index, entry->sector);
  sectors = memo_index_get_records (sorting->index, MEMO_KIND_SECTOR);
  for (guint i = 0; sectors && i < sectors->len; i++)
    {
      MemoRecord *sector = g_ptr_array_index (sectors, i);

      if (memo_record_get_text (sector, MEMO_SECTOR_PARENT))
        continue;
      if (g_strcmp0 (memo_record_get_uuid (sector), top) == 0)
        color = 1 + position % (MEMO_TIMELINE_N_COLORS - 1);
      position++;
    }
  g_hash_table_insert (sorting->colors, (gpointer) entry->sector, GUINT_TO_POINTER (color));
  return color;
}

static gboolean
is_context (const MemoEntry *entry)
{
  return entry->kind == MEMO_KIND_EVENT || entry->kind == MEMO_KIND_BODY;
}

static int
place (const MemoEntry *entry, guint8 *ret_color, gpointer user_data)
{
  Sorting *sorting = user_data;
  guint lane;

  *ret_color = find_color (sorting, entry);
  if (is_context (entry))
    return (sorting->show & MEMO_SHOW_CONTEXT) ? sorting->context : -1;
  if (entry->kind == MEMO_KIND_ARTICLE)
    return (sorting->show & MEMO_SHOW_ARTICLES) ? sorting->articles : -1;
  if (!(sorting->show & (entry->kind == MEMO_KIND_FOLLOW_UP ? MEMO_SHOW_FOLLOW_UPS : MEMO_SHOW_AGREEMENTS)))
    return -1;
  lane = find_lane (sorting, entry);
  return lane == 0 ? sorting->none : sorting->places[lane - 1];
}

static gint
compare_lanes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GPtrArray *found = user_data;
  Lane *x = g_ptr_array_index (found, *(const int *) a), *y = g_ptr_array_index (found, *(const int *) b);

  return strcmp (x->sort, y->sort);
}

static const char *
get_none_label (MemoLanes lanes)
{
  switch (lanes)
    {
    case MEMO_LANES_PARTY:
      return _ ("No party");
    case MEMO_LANES_BODY:
      return _ ("No body");
    case MEMO_LANES_STATUS:
      return _ ("No status");
    case MEMO_LANES_KIND:
      return _ ("Other entries");
    case MEMO_LANES_SECTOR:
    default:
      return _ ("No sector");
    }
}

MemoTimelineData *
memo_lanes_build (MemoSelection *selection, MemoLanes lanes, MemoShow show, gint32 today)
{
  GArray *entries = memo_selection_get_entries (selection);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GHashTable) colors = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (lane_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree int *order = NULL;
  Sorting sorting = { .index = memo_selection_get_index (selection),
                      .lanes = lanes,
                      .show = show,
                      .keys = keys,
                      .colors = colors,
                      .found = found };
  MemoTimelineData *data;

  for (guint i = 0; i < entries->len; i++)
    {
      const MemoEntry *entry = &g_array_index (entries, MemoEntry, i);

      if (entry->kind == MEMO_KIND_AGREEMENT || entry->kind == MEMO_KIND_FOLLOW_UP)
        find_lane (&sorting, entry);
    }
  order = g_new (int, found->len + 1);
  sorting.places = g_new (int, found->len + 1);
  for (guint i = 0; i < found->len; i++)
    order[i] = i;
  g_qsort_with_data (order, found->len, sizeof (int), compare_lanes, found);

  g_ptr_array_add (names, (gpointer) _ ("Sessions and context"));
  sorting.context = 0;
  for (guint i = 0; i < found->len; i++)
    {
      sorting.places[order[i]] = names->len;
      g_ptr_array_add (names, ((Lane *) g_ptr_array_index (found, order[i]))->name);
    }
  sorting.none = names->len;
  g_ptr_array_add (names, (gpointer) get_none_label (lanes));
  sorting.articles = names->len;
  g_ptr_array_add (names, (gpointer) _ ("Articles"));
  g_ptr_array_add (names, NULL);

  data = memo_timeline_data_new ((const MemoEntry *) (gpointer) entries->data, entries->len, selection,
                                 (const char *const *) names->pdata, place, &sorting, today);
  g_free (sorting.places);
  return data;
}
