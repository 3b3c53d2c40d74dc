/* Changed and spoilt files of every format through the real helper: it never ends by itself, is never late, stays within its
 * memory, writes nothing, and what it answers holds together.
 *
 * test-import-fuzz [--long | --number N] [--seed N]    files of each format: without options 300; --long 100,000. File i of
 * seed S is file 0 of seed S+i */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "import/memo-import-process.h"
#include "records/memo-blocks.h"
#include "torture.h"

#define LARGEST (512 * 1024) /* of a changed file: so much cannot need all the memory that is allowed */
#define MILLISECONDS 5000
#define KILOBYTES (512 * 1024)

static const char *const formats[] = { "html", "text", "markdown" };
static const char *const folders[] = { "../data/sample", "import/fixtures" };

static const char markdown[] =
    "---\ntitle: Two harbours\nauthor: Deniz İncesu\ndate: 2025-11-30\n---\n\n# Two harbours\n\n*The ministers* signed "
    "**forty-two** papers[^1] on [energy](https://h.example/e \"t\").\n\n> «Это начало», сказал министр.\n\n1. "
    "sağlık\n2. ulaşım\n"
    "   - ![map](a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n<p onclick=x>raw</p>\n\n[^1]: M. "
    "Salvaterra, “Commission "
    "ends its session”, Harbour Press, 28 November 2025, <https://h.example/s>. Ibid.\n";

/* What formats are made of, and what has broken readers of them. */
static const char *const pieces[] = { "<",
                                      ">",
                                      "</",
                                      "/>",
                                      "\"",
                                      "'",
                                      "=",
                                      "&",
                                      "&#x",
                                      "&#1114112;",
                                      "&amp",
                                      "&nbsp;",
                                      "<!--",
                                      "-->",
                                      "<![CDATA[",
                                      "]]>",
                                      "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
                                      "<!DOCTYPE a [<!ENTITY b \"bb\">]>",
                                      "<script>",
                                      "</script>",
                                      "<style>",
                                      "<template>",
                                      "</template>",
                                      "<table>",
                                      "<tr><td>",
                                      "</table>",
                                      "<select><option>",
                                      "<svg><foreignObject>",
                                      "<math><mi>",
                                      "<b><p><i>",
                                      "<a href=\"JaVa\tScript:x\">",
                                      "<a href=\"data:text/html,x\">",
                                      "<img src=//h.example/x srcset=a>",
                                      "<base href=x:>",
                                      "<meta charset=koi8-r>",
                                      "<meta http-equiv=refresh content=0>",
                                      "<link rel=alternate hreflang=tr href=x>",
                                      "<frameset>",
                                      "<plaintext>",
                                      "<noscript>",
                                      "<iframe srcdoc='<p>x'>",
                                      "<script type=application/ld+json>{\"@type\":\"Article\",",
                                      "{",
                                      "[[[[",
                                      "}",
                                      "<h1>",
                                      "<blockquote>",
                                      "<ol start=99999999999>",
                                      "<li>",
                                      "<sup>[1]</sup>",
                                      "[^1]",
                                      "[^1]: ",
                                      "Ibid.",
                                      "a.g.e.",
                                      "Там же",
                                      "# ",
                                      "> > > ",
                                      "- - - ",
                                      "```",
                                      "| a | b |\n|---|---|\n",
                                      "![",
                                      "](",
                                      "<https://",
                                      "*",
                                      "**",
                                      "___",
                                      "\\",
                                      "\t",
                                      "\n\n",
                                      "\r",
                                      "1. ",
                                      "• ",
                                      "28 November 2025",
                                      "30 Kasım 2025",
                                      "99999-99-99",
                                      "LİZBON, 3 Mart 2024 –",
                                      "by A B",
                                      "Yazan: ",
                                      "Share",
                                      "\\u0000",
                                      "\xEF\xBB\xBF",
                                      "\xFF\xFE",
                                      "\xFE\xFF",
                                      "\xC3",
                                      "\xF4\x90\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xE2\x80\xAE",
                                      "\xE2\x81\xA6",
                                      "\xE2\x80\x8B",
                                      "\xCC\x81\xCC\x81\xCC\x81",
                                      "\xF0\x9F\x87\xB9\xF0\x9F\x87\xB7",
                                      "İ",
                                      "ı",
                                      "ё" };

static GPtrArray *seeds; /* of GBytes */

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
read_seeds (void)
{
  seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (seeds, g_bytes_new_static (markdown, strlen (markdown)));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      g_autoptr (GPtrArray) names = g_ptr_array_new ();
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        if (g_str_has_suffix (name, ".html") || g_str_has_suffix (name, ".txt"))
          g_ptr_array_add (names, (gpointer) g_intern_string (name));
      g_ptr_array_sort (names, by_name);
      for (guint k = 0; k < names->len; k++)
        {
          g_autofree char *path = g_build_filename (folder, names->pdata[k], NULL);
          char *data;
          gsize length;

          g_assert_true (g_file_get_contents (path, &data, &length, NULL));
          g_ptr_array_add (seeds, g_bytes_new_take (data, length));
        }
    }
  g_assert_cmpuint (seeds->len, >=, 8);
}

/* A place and a length within @text. */
static void
choose (GRand *rand, GString *text, gsize *ret_at, gsize *ret_length)
{
  gsize length = g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 16 : 4096);

  *ret_at = g_rand_int_range (rand, 0, text->len + 1);
  *ret_length = MIN (text->len - *ret_at, length);
}

static void
convert (GString *text, const char *charset)
{
  gsize length;
  g_autofree char *valid = g_utf8_make_valid (text->str, text->len);
  g_autofree char *bytes = g_convert_with_fallback (valid, -1, charset, "UTF-8", "?", NULL, &length, NULL);

  if (bytes != NULL)
    {
      g_string_truncate (text, 0);
      g_string_append_len (text, bytes, length);
    }
}

static void
mutate (GRand *rand, GString *text)
{
  static const char *const charsets[] = { "CP1251", "CP1254", "KOI8-R", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32" };
  const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];
  g_autofree char *part = NULL;
  gsize at, length;

  choose (rand, text, &at, &length);
  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      for (gsize i = 0; i < length && i < 8; i++)
        text->str[at + i] ^= 1 << g_rand_int_range (rand, 0, 8);
      break;
    case 1:
      g_string_erase (text, at, length);
      break;
    case 2:
    case 3:
    case 4:
      g_string_insert (text, at, piece);
      break;
    case 5:
      for (guint i = g_rand_int_range (rand, 2, 2000); i > 0 && text->len < LARGEST; i--)
        g_string_insert (text, at, piece);
      break;
    case 6:
      part = g_memdup2 (text->str + at, length + 1);
      for (guint i = g_rand_int_range (rand, 1, 50); i > 0 && text->len < LARGEST; i--)
        g_string_insert_len (text, at, part, length);
      break;
    case 7:
      {
        GBytes *other = seeds->pdata[g_rand_int_range (rand, 0, seeds->len)];
        gsize size, from;
        const char *data = g_bytes_get_data (other, &size);

        from = g_rand_int_range (rand, 0, size);
        g_string_insert_len (text, at, data + from, MIN (size - from, 4096));
        break;
      }
    default:
      if (g_rand_int_range (rand, 0, 4) == 0)
        convert (text, charsets[g_rand_int_range (rand, 0, G_N_ELEMENTS (charsets))]);
      else
        g_string_truncate (text, at);
      break;
    }
  if (text->len > LARGEST)
    g_string_truncate (text, LARGEST);
}

static GBytes *
spoil (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GBytes *from = seeds->pdata[g_rand_int_range (rand, 0, seeds->len)];
  gsize length;
  const char *data = g_bytes_get_data (from, &length);
  GString *text = g_string_new_len (data, length);

  for (guint i = g_rand_int_range (rand, 1, 12); i > 0; i--)
    mutate (rand, text);
  return g_string_free_to_bytes (text);
}

/* No address that would run something; every block and span within the text. */
static void
check_draft (JsonObject *draft)
{
  const char *text = json_object_get_string_member_with_default (draft, "text", "");
  g_autofree char *json = json_to_string (json_object_get_member (draft, "blocks"), FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) blocks = memo_blocks_from_json (json, &error);
  guint length, at = 0;

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  length = g_utf8_strlen (text, -1);
  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);

      g_assert_cmpuint (block->start, >=, at);
      g_assert_cmpuint (block->end, >=, block->start);
      g_assert_cmpuint (block->end, <=, length);
      at = block->end;
      for (guint k = 0; block->spans != NULL && k < block->spans->len; k++)
        {
          MemoSpan *span = &g_array_index (block->spans, MemoSpan, k);
          g_autofree char *scheme = span->type == MEMO_SPAN_LINK ? g_uri_parse_scheme (span->target) : NULL;

          g_assert_cmpuint (span->start, >=, block->start);
          g_assert_cmpuint (span->end, <=, block->end);
          if (scheme != NULL)
            g_assert_false (g_str_equal (scheme, "javascript") || g_str_equal (scheme, "data") ||
                            g_str_equal (scheme, "vbscript"));
        }
    }
}

/* Where the file is that ended it all. */
static void
keep (GBytes *bytes, const char *format, guint32 seed, const char *why)
{
  g_autofree char *name = g_strdup_printf ("memo-fuzz-%u.%s", seed, format);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_file_set_contents (path, data, length, NULL);
  g_error ("seed %u as %s: %s; the file is %s", seed, format, why, path);
}

typedef struct
{
  guint drafts, refused;
  guint memory;    /* kB at most in any helper */
  guint64 longest; /* ms of processor time */
  guint32 slowest; /* its seed */
} Figures;

/* What /proc/PID/NAME of the helper says; NULL: there is none now. (transfer full) */
static char *
read_of_helper (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *children = NULL;
  g_auto (GStrv) pids = NULL;
  char *content = NULL;

  if (!g_file_get_contents (path, &children, NULL, NULL))
    return NULL;
  /* One file at a time: one helper. */
  pids = g_strsplit (g_strstrip (children), " ", -1);
  if (pids[0] != NULL)
    {
      g_autofree char *file = g_build_filename ("/proc", pids[0], name, NULL);
      g_file_get_contents (file, &content, NULL, NULL);
    }
  return content;
}

/* Processor time of the helper so far, in ms. The clock says nothing on a busy machine. */
static guint64
get_time (void)
{
  g_autofree char *stat = read_of_helper ("stat");
  guint64 user, system;
  /* Fields 14 and 15, behind the name in brackets. */
  const char *at = stat != NULL ? strrchr (stat, ')') : NULL;

  if (at == NULL ||
      sscanf (at, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &user,
              &system) != 2)
    return 0;
  return (user + system) * 1000 / sysconf (_SC_CLK_TCK);
}

/* That it is shut in, and how much memory it took. */
static void
look_at_helper (Figures *figures)
{
  g_autofree char *status = read_of_helper ("status");
  const char *peak = status != NULL ? strstr (status, "VmHWM:") : NULL;

  if (peak == NULL)
    return;
  figures->memory = MAX (figures->memory, (guint) g_ascii_strtoull (peak + strlen ("VmHWM:"), NULL, 10));
#ifndef __SANITIZE_ADDRESS__
  g_assert_nonnull (strstr (status, "Seccomp:\t2"));
#endif
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1"));
}

static void
read_one (guint32 seed, const char *format, Figures *figures)
{
  g_autoptr (GBytes) bytes = spoil (seed);
  MemoImportOptions options = { .format = format };
  g_autoptr (GError) error = NULL;
  guint64 start = get_time ();
  g_autoptr (JsonObject) draft = memo_import_process_parse (bytes, "spoilt", &options, NULL, &error);
  guint64 end = get_time ();

  /* Less than before: it is a new one. */
  if (end - (end < start ? 0 : start) > figures->longest)
    {
      figures->longest = end - (end < start ? 0 : start);
      figures->slowest = seed;
    }
  if (draft != NULL)
    {
      figures->drafts++;
      check_draft (draft);
      return;
    }
  figures->refused++;
  if (error->domain != MEMO_ERROR || error->code == MEMO_ERROR_FAILED || error->code == MEMO_ERROR_LIMIT ||
      strstr (error->message, "damaged") != NULL)
    keep (bytes, format, seed, error->message);
}

int
main (int argc, char **argv)
{
  TortureOptions options = torture_options (argc, argv, 300, 100000);
  g_autofree char *folder = torture_folder ();
  g_autoptr (GDir) dir = NULL;

  g_assert_cmpint (g_chdir (folder), ==, 0);
  read_seeds ();
  memo_import_process_hold ();
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    {
      Figures figures = { 0 };

      for (guint i = 0; i < options.number; i++)
        {
          read_one (options.seed + i, formats[f], &figures);
          if (i % 50 == 0 || i + 1 == options.number)
            look_at_helper (&figures);
        }
      g_print ("%s: %u files, %u drafts, %u refused; longest %" G_GUINT64_FORMAT
               " ms of processor time (seed %u), memory "
               "%u kB\n",
               formats[f], options.number, figures.drafts, figures.refused, figures.longest, figures.slowest,
               figures.memory);
#ifndef __SANITIZE_ADDRESS__
      g_assert_cmpuint (figures.longest, <=, MILLISECONDS);
      g_assert_cmpuint (figures.memory, <=, KILOBYTES);
#endif
    }
  memo_import_process_release ();
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  torture_clean (folder, TRUE);
  g_ptr_array_unref (seeds);
  return 0;
}
