#include "import/memo-draft.h"

#include <string.h>
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "import/memo-furniture.h"

#define MOST_PIECES 100000
#define LONGEST_LINE 20000 /* code points */

static void
clear_span (MemoSpan *span)
{
  g_free (span->target);
}

MemoPiece *
memo_piece_new (MemoBlockType type, char *text)
{
  MemoPiece *piece = g_new0 (MemoPiece, 1);

  piece->type = type;
  piece->text = text;
  return piece;
}

void
memo_piece_free (MemoPiece *piece)
{
  g_free (piece->label);
  g_free (piece->text);
  g_clear_pointer (&piece->spans, g_array_unref);
  g_free (piece);
}

void
memo_piece_add_span (MemoPiece *piece, MemoSpanType type, guint start, guint end, const char *target)
{
  MemoSpan span = { type, start, end, g_strdup (target) };

  if (!piece->spans)
    {
      piece->spans = g_array_new (FALSE, FALSE, sizeof (MemoSpan));
      g_array_set_clear_func (piece->spans, (GDestroyNotify) clear_span);
    }
  g_array_append_val (piece->spans, span);
}

void
memo_piece_cut_start (MemoPiece *piece, guint count)
{
  char *rest = g_utf8_offset_to_pointer (piece->text, MIN (count, g_utf8_strlen (piece->text, -1)));

  while (*rest && g_unichar_isspace (g_utf8_get_char (rest)))
    {
      rest = g_utf8_next_char (rest);
      count++;
    }
  memmove (piece->text, rest, strlen (rest) + 1);
  for (guint i = 0; piece->spans && i < piece->spans->len;)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);

      if (span->end <= count)
        {
          g_array_remove_index (piece->spans, i);
          continue;
        }
      span->start = span->start > count ? span->start - count : 0;
      span->end -= count;
      i++;
    }
}

void
memo_piece_cut_end (MemoPiece *piece, guint count)
{
  char *end = g_utf8_offset_to_pointer (piece->text, MIN (count, g_utf8_strlen (piece->text, -1)));

  while (end > piece->text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    {
      end = g_utf8_prev_char (end);
      count--;
    }
  *end = '\0';
  for (guint i = 0; piece->spans && i < piece->spans->len;)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);

      if (span->start >= count)
        {
          g_array_remove_index (piece->spans, i);
          continue;
        }
      span->end = MIN (span->end, count);
      i++;
    }
}

static void
free_version (MemoDraftVersion *version)
{
  g_free (version->language);
  g_free (version->url);
  g_free (version);
}

static void
free_biography (MemoDraftBiography *biography)
{
  g_free (biography->author);
  g_free (biography->text);
  g_free (biography);
}

void
memo_reference_free (MemoReference *reference)
{
  g_free (reference->label);
  g_free (reference->text);
  g_free (reference->author);
  g_free (reference->title);
  g_free (reference->outlet);
  g_free (reference->published);
  g_free (reference->url);
  g_free (reference->accessed);
  g_free (reference);
}

MemoDraft *
memo_draft_new (const char *format)
{
  MemoDraft *self = g_new0 (MemoDraft, 1);

  self->format = format;
  self->language = "und";
  self->summary = g_ptr_array_new_with_free_func (g_free);
  self->authors = g_ptr_array_new_with_free_func (g_free);
  self->biographies = g_ptr_array_new_with_free_func ((GDestroyNotify) free_biography);
  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_version);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_reference_free);
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_piece_free);
  self->head = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_piece_free);
  self->tail = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_piece_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
memo_draft_free (MemoDraft *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->outlet);
  g_free (self->kind);
  g_free (self->url);
  g_free (self->place);
  g_free (self->published_written);
  g_free (self->language_hint);
  g_clear_pointer (&self->published, memo_date_unref);
  g_clear_pointer (&self->accessed, memo_date_unref);
  g_ptr_array_unref (self->summary);
  g_ptr_array_unref (self->authors);
  g_ptr_array_unref (self->biographies);
  g_ptr_array_unref (self->versions);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->pieces);
  g_ptr_array_unref (self->head);
  g_ptr_array_unref (self->tail);
  g_ptr_array_unref (self->warnings);
  g_clear_pointer (&self->spare, memo_piece_free);
  if (self->overflow)
    g_string_free (self->overflow, TRUE);
  g_free (self);
}

MemoPiece *
memo_draft_add (MemoDraft *self, MemoBlockType type, char *text)
{
  MemoPiece *piece;

  if (self->pieces->len >= MOST_PIECES)
    {
      if (!self->overflow)
        self->overflow = g_string_new (NULL);
      g_string_append (self->overflow, text);
      g_string_append_c (self->overflow, '\n');
      g_free (text);
      g_clear_pointer (&self->spare, memo_piece_free);
      return self->spare = memo_piece_new (type, g_strdup (""));
    }
  piece = memo_piece_new (type, text);
  g_ptr_array_add (self->pieces, piece);
  return piece;
}

void
memo_draft_settle (MemoDraft *self)
{
  g_clear_pointer (&self->spare, memo_piece_free);
  if (!self->overflow)
    return;
  g_string_truncate (self->overflow, self->overflow->len - 1);
  g_ptr_array_add (self->pieces,
                   memo_piece_new (MEMO_BLOCK_PARAGRAPH, g_string_free (g_steal_pointer (&self->overflow), FALSE)));
}

/* Whether a line of @text is longer than a line may be. */
static gboolean
has_long_line (const char *text)
{
  gsize length;

  for (;; text += length + 1)
    {
      length = strcspn (text, "\n");
      if (length > LONGEST_LINE && g_utf8_strlen (text, length) > LONGEST_LINE)
        return TRUE;
      if (text[length] == '\0')
        return FALSE;
    }
}

/* Code points that stay of @text, of which there are more than LONGEST_LINE: up to the end of a line or of a sentence, else of a word,
 * not less than half of what may stay. */
static guint
find_break (const char *text)
{
  guint at = 0, sentence = 0, word = 0;
  gunichar before = 0;

  for (const char *p = text; at <= LONGEST_LINE; p = g_utf8_next_char (p), at++)
    {
      gunichar c = g_utf8_get_char (p);

      if (at > LONGEST_LINE / 2 && g_unichar_isspace (c))
        {
          word = at;
          if (c == '\n' || before == '.' || before == '!' || before == '?' || before == 0x2026)
            sentence = at;
        }
      before = c;
    }
  return sentence ? sentence : word ? word : LONGEST_LINE;
}

/* The code points [start, end) of @piece, @text in bytes, as a piece behind it. */
static void
add_part (MemoDraft *self, MemoPiece *piece, const char *text, gsize length, guint start, guint end)
{
  /* A heading or an item goes on as a paragraph: it is not begun again. */
  gboolean once = piece->type == MEMO_BLOCK_HEADING || piece->type == MEMO_BLOCK_ITEM;
  MemoPiece *part = memo_piece_new (once ? MEMO_BLOCK_PARAGRAPH : piece->type, g_strndup (text, length));

  part->label = g_strdup (piece->label);
  for (guint i = 0; piece->spans && i < piece->spans->len; i++)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);

      if (span->start < end && span->end > start)
        memo_piece_add_span (part, span->type, MAX (span->start, start) - start, MIN (span->end, end) - start,
                             span->target);
    }
  g_ptr_array_add (self->pieces, part);
}

/* @piece is among the draft's pieces; it keeps the first part of what it had. */
static void
break_piece (MemoDraft *self, MemoPiece *piece)
{
  const char *p = piece->text;
  guint kept = find_break (p), total = g_utf8_strlen (p, -1), count = kept;

  for (guint start = 0; start < total; start += count)
    {
      const char *end;

      count = total - start > LONGEST_LINE ? find_break (p) : total - start;
      end = g_utf8_offset_to_pointer (p, count);
      if (start > 0)
        add_part (self, piece, p, end - p, start, start + count);
      /* The blanks at the start of a line of code belong to it. */
      for (p = end; *p == '\n' || (piece->type != MEMO_BLOCK_CODE && *p && g_unichar_isspace (g_utf8_get_char (p)));
           p = g_utf8_next_char (p))
        count++;
    }
  memo_piece_cut_end (piece, kept);
}

void
memo_draft_break_long (MemoDraft *self)
{
  g_autoptr (GPtrArray) pieces = g_steal_pointer (&self->pieces);

  self->pieces = g_ptr_array_new_full (pieces->len, (GDestroyNotify) memo_piece_free);
  g_ptr_array_set_free_func (pieces, NULL);
  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = pieces->pdata[i];

      g_ptr_array_add (self->pieces, piece);
      if (has_long_line (piece->text))
        break_piece (self, piece);
    }
}

void
memo_draft_add_author (MemoDraft *self, const char *name)
{
  g_autofree char *plain = memo_text_collapse (name);
  g_autofree char *key = memo_text_key (plain);

  if (!*key || strlen (plain) > 200 || memo_furniture_has (self->authors, plain))
    return;
  g_ptr_array_add (self->authors, g_steal_pointer (&plain));
}

void
memo_draft_add_version (MemoDraft *self, const char *language, const char *url)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      MemoDraftVersion *other = self->versions->pdata[i];

      if (g_strcmp0 (other->language, language) == 0)
        {
          if (!other->url)
            other->url = g_strdup (url);
          return;
        }
    }
  MemoDraftVersion *version = g_new0 (MemoDraftVersion, 1);
  version->language = g_strdup (language);
  version->url = g_strdup (url);
  g_ptr_array_add (self->versions, version);
}

void
memo_draft_warn (MemoDraft *self, const char *warning)
{
  if (!g_ptr_array_find_with_equal_func (self->warnings, warning, g_str_equal, NULL))
    g_ptr_array_add (self->warnings, g_strdup (warning));
}

MemoDate *
memo_draft_parse_date (MemoDraft *self, const char *text)
{
  const char *language = g_str_equal (self->language, "und") ? NULL : self->language;
  MemoDate *date = memo_date_parse (text, language, self->published, NULL);

  if (!date && language)
    date = memo_date_parse (text, NULL, self->published, NULL);
  return date;
}

/* JSON. */

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value && *value)
    json_object_set_string_member (object, member, value);
}

static JsonArray *
strings_to_json (GPtrArray *strings)
{
  JsonArray *array = json_array_sized_new (strings->len);

  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, strings->pdata[i]);
  return array;
}

static JsonObject *
block_to_json (const char *type, MemoPiece *piece, guint start, guint end)
{
  JsonObject *object = json_object_new ();
  JsonArray *spans;

  json_object_set_string_member (object, "type", type);
  json_object_set_int_member (object, "start", start);
  json_object_set_int_member (object, "end", end);
  json_object_set_int_member (object, "level", piece ? piece->level : 0);
  if (piece && piece->number)
    json_object_set_int_member (object, "number", piece->number);
  if (piece && piece->label)
    json_object_set_string_member (object, "label", piece->label);
  if (!piece || !piece->spans || piece->spans->len == 0)
    return object;
  spans = json_array_sized_new (piece->spans->len);
  for (guint i = 0; i < piece->spans->len; i++)
    {
      static const char *const names[] = { "emphasis", "strong", "link", "mark" };
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "type", names[span->type]);
      json_object_set_int_member (item, "start", start + MIN (span->start, end - start));
      json_object_set_int_member (item, "end", start + MIN (span->end, end - start));
      set_string (item, "target", span->target);
      json_array_add_object_element (spans, item);
    }
  json_object_set_array_member (object, "spans", spans);
  return object;
}

static gboolean
is_dense (MemoBlockType type)
{
  return type == MEMO_BLOCK_ITEM || type == MEMO_BLOCK_ROW;
}

/* The one text and its blocks; summary points stand at its end. */
static void
put_text (MemoDraft *self, JsonObject *draft)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *blocks = json_array_sized_new (self->pieces->len + self->summary->len);
  guint at = 0;
  MemoBlockType before = MEMO_BLOCK_PARAGRAPH;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      MemoPiece *piece = self->pieces->pdata[i];
      guint length = g_utf8_strlen (piece->text, -1);

      if (text->len > 0)
        {
          gboolean dense = is_dense (piece->type) && piece->type == before;
          g_string_append (text, dense ? "\n" : "\n\n");
          at += dense ? 1 : 2;
        }
      g_string_append (text, piece->text);
      json_array_add_object_element (blocks,
                                     block_to_json (memo_block_type_get_name (piece->type), piece, at, at + length));
      at += length;
      before = piece->type;
    }
  for (guint i = 0; i < self->summary->len; i++)
    {
      guint length = g_utf8_strlen (self->summary->pdata[i], -1);

      if (text->len > 0)
        {
          g_string_append (text, "\n\n");
          at += 2;
        }
      g_string_append (text, self->summary->pdata[i]);
      json_array_add_object_element (blocks, block_to_json (memo_block_type_get_name (MEMO_BLOCK_SUMMARY), NULL, at,
                                                            at + length));
      at += length;
    }
  json_object_set_array_member (draft, "blocks", blocks);
  json_object_set_string_member (draft, "text", text->str);
}

static JsonArray *
references_to_json (MemoDraft *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->references->len; i++)
    {
      MemoReference *reference = self->references->pdata[i];
      JsonObject *object = json_object_new ();

      set_string (object, "label", reference->label);
      json_object_set_string_member (object, "text", reference->text);
      set_string (object, "author", reference->author);
      set_string (object, "title", reference->title);
      set_string (object, "outlet", reference->outlet);
      set_string (object, "published", reference->published);
      set_string (object, "url", reference->url);
      set_string (object, "accessed", reference->accessed);
      if (reference->ibid)
        json_object_set_boolean_member (object, "ibid", TRUE);
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonObject *
memo_draft_to_json (MemoDraft *self)
{
  JsonObject *draft = json_object_new ();
  JsonArray *array;

  json_object_set_string_member (draft, "format", self->format);
  json_object_set_string_member (draft, "type", "article");
  json_object_set_string_member (draft, "title", self->title ? self->title : "");
  set_string (draft, "subtitle", self->subtitle);
  json_object_set_array_member (draft, "summary", strings_to_json (self->summary));
  json_object_set_array_member (draft, "authors", strings_to_json (self->authors));
  array = json_array_new ();
  for (guint i = 0; i < self->biographies->len; i++)
    {
      MemoDraftBiography *biography = self->biographies->pdata[i];
      JsonObject *object = json_object_new ();

      set_string (object, "author", biography->author);
      json_object_set_string_member (object, "text", biography->text);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (draft, "biographies", array);
  set_string (draft, "outlet", self->outlet);
  if (self->published)
    json_object_set_string_member (draft, "published", memo_date_get_edtf (self->published));
  set_string (draft, "published_written", self->published_written);
  if (self->accessed)
    json_object_set_string_member (draft, "accessed", memo_date_get_edtf (self->accessed));
  json_object_set_string_member (draft, "language", self->language);
  set_string (draft, "kind", self->kind);
  set_string (draft, "url", self->url);
  set_string (draft, "place", self->place);
  array = json_array_new ();
  for (guint i = 0; i < self->versions->len; i++)
    {
      MemoDraftVersion *version = self->versions->pdata[i];
      JsonObject *object = json_object_new ();

      set_string (object, "language", version->language);
      set_string (object, "url", version->url);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (draft, "versions", array);
  json_object_set_array_member (draft, "references", references_to_json (self));
  put_text (self, draft);
  json_object_set_array_member (draft, "warnings", strings_to_json (self->warnings));
  return draft;
}
