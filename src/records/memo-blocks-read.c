#include "memo-blocks-private.h"

#include <string.h>

typedef struct
{
  const char *p;
} Reader;

typedef struct
{
  const char *text;
  gsize length;
} Word;

/* Members of a block or a span. */
typedef struct
{
  Word type, name; /* label or target */
  gint64 start, end, level, number;
} Members;

static void
skip_space (Reader *reader)
{
  while (*reader->p == ' ' || *reader->p == '\n' || *reader->p == '\t' || *reader->p == '\r')
    reader->p++;
}

static gboolean
take (Reader *reader, char c)
{
  skip_space (reader);
  if (*reader->p != c)
    return FALSE;
  reader->p++;
  return TRUE;
}

static gboolean
read_word (Reader *reader, Word *ret_word)
{
  if (!take (reader, '"'))
    return FALSE;
  ret_word->text = reader->p;
  while (*reader->p && *reader->p != '"' && *reader->p != '\\' && (guchar) *reader->p >= 0x20)
    reader->p++;
  ret_word->length = reader->p - ret_word->text;
  if (*reader->p != '"')
    return FALSE;
  reader->p++;
  return TRUE;
}

static gboolean
read_number (Reader *reader, gint64 *ret_number)
{
  gint64 number = 0;

  skip_space (reader);
  if (!g_ascii_isdigit (*reader->p))
    return FALSE;
  while (g_ascii_isdigit (*reader->p))
    {
      number = number * 10 + (*reader->p++ - '0');
      if (number > G_MAXINT32)
        return FALSE;
    }
  if (*reader->p == '.' || *reader->p == 'e' || *reader->p == 'E')
    return FALSE;
  *ret_number = number;
  return TRUE;
}

static gboolean
is_word (const Word *word, const char *text)
{
  return word->text && strlen (text) == word->length && memcmp (word->text, text, word->length) == 0;
}

static int
find_word (const char *const *names, guint n, const Word *word)
{
  for (guint i = 0; i < n; i++)
    if (is_word (word, names[i]))
      return i;
  return -1;
}

/* A member other than "spans", its name already read. */
static gboolean
read_member (Reader *reader, const Word *name, const char *named, Members *members)
{
  if (is_word (name, "type"))
    return read_word (reader, &members->type);
  if (is_word (name, "start"))
    return read_number (reader, &members->start);
  if (is_word (name, "end"))
    return read_number (reader, &members->end);
  if (is_word (name, "level"))
    return read_number (reader, &members->level) && members->level <= 64;
  if (is_word (name, "number"))
    return read_number (reader, &members->number);
  return is_word (name, named) && read_word (reader, &members->name) &&
         g_utf8_validate_len (members->name.text, members->name.length, NULL);
}

static gboolean
read_span (Reader *reader, MemoBlock *block)
{
  Members members = { .start = -1, .end = -1 };
  g_autofree char *target = NULL;
  Word name;
  int type;

  if (!take (reader, '{'))
    return FALSE;
  do
    if (!read_word (reader, &name) || !take (reader, ':') || !read_member (reader, &name, "target", &members))
      return FALSE;
  while (take (reader, ','));
  type = find_word (memo_span_names, MEMO_N_SPAN_TYPES, &members.type);
  if (!take (reader, '}') || type < 0 || members.start < 0 || members.end < members.start)
    return FALSE;
  if (members.name.text)
    target = g_strndup (members.name.text, members.name.length);
  memo_block_add_span (block, type, members.start, members.end, target);
  return TRUE;
}

static gboolean
read_spans (Reader *reader, MemoBlock *block)
{
  if (!take (reader, '['))
    return FALSE;
  if (take (reader, ']'))
    return TRUE;
  do
    if (!read_span (reader, block))
      return FALSE;
  while (take (reader, ','));
  return take (reader, ']');
}

static gboolean
read_block (Reader *reader, GArray *blocks)
{
  MemoBlock *block = memo_blocks_add (blocks, MEMO_BLOCK_PARAGRAPH, 0, 0);
  Members members = { .start = -1, .end = -1 };
  Word name;
  int type;

  if (!take (reader, '{'))
    return FALSE;
  do
    {
      if (!read_word (reader, &name) || !take (reader, ':'))
        return FALSE;
      if (is_word (&name, "spans") ? !read_spans (reader, block) : !read_member (reader, &name, "label", &members))
        return FALSE;
    }
  while (take (reader, ','));
  type = find_word (memo_block_names, MEMO_N_BLOCK_TYPES, &members.type);
  if (!take (reader, '}') || type < 0 || members.start < 0 || members.end < members.start)
    return FALSE;
  block->type = type;
  block->start = members.start;
  block->end = members.end;
  block->level = members.level;
  block->number = members.number;
  if (members.name.text)
    block->label = g_strndup (members.name.text, members.name.length);
  return TRUE;
}

gboolean
memo_blocks_read_plain (GArray *blocks, const char *json)
{
  Reader reader = { json };

  if (!take (&reader, '['))
    return FALSE;
  if (!take (&reader, ']'))
    {
      do
        if (!read_block (&reader, blocks))
          return FALSE;
      while (take (&reader, ','));
      if (!take (&reader, ']'))
        return FALSE;
    }
  skip_space (&reader);
  return *reader.p == '\0';
}
