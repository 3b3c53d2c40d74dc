/* Words on their way into the library: what fails is held, said, and tried again. */

#include "ui-fixture.h"

static MemoRecord *
make_note (const char *text, MemoRecord *before)
{
  MemoRecordBuilder *builder =
      before ? memo_record_builder_edit (before) : memo_record_builder_new (MEMO_KIND_NOTE, NULL);

  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, "A thought");
  memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, text);
  return memo_record_builder_end (builder);
}

/* (transfer full) (nullable) */
static MemoRecord *
get (MemoLibrary *library, MemoRecord *note)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_get_async (library, memo_record_get_uuid (note), TRUE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_get_finish (library, result, NULL);
}

static void
assert_text (MemoLibrary *library, MemoRecord *note, const char *text)
{
  g_autoptr (MemoRecord) there = get (library, note);

  g_assert_nonnull (there);
  g_assert_cmpstr (memo_record_get_text (there, MEMO_NOTE_TEXT), ==, text);
}

static gboolean
is_in_trouble (MemoSaver *saver)
{
  const char *cause = NULL;
  g_autofree char *trouble = memo_saver_dup_trouble (saver, &cause);

  g_assert_true (trouble == NULL || (cause && *cause));
  return trouble != NULL;
}

static void
test_again (UiFixture *fixture, gconstpointer data)
{
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  MemoLibrary *library = memo_session_get_library (fixture->session);
  g_autofree char *aside = g_strconcat (fixture->path, ".aside", NULL);
  g_autoptr (MemoRecord) note = make_note ("First words", NULL);
  g_autoptr (MemoRecord) longer = make_note ("First words, and more", note);
  g_autoptr (MemoRecord) longest = make_note ("First words, and more, and more", longer);
  g_autofree char *words = NULL;

  g_assert_cmpint (g_rename (fixture->path, aside), ==, 0);
  memo_saver_save (saver, library, "Add note", NULL, note);
  g_assert_true (memo_saver_is_busy (saver));
  ui_assert_soon (is_in_trouble (saver));
  g_assert_true (memo_saver_get_waiting (saver, memo_record_get_uuid (note)) == note);
  memo_saver_save (saver, library, "Edit note", note, longer);
  words = memo_saver_dup_words (saver);
  g_assert_cmpstr (words, ==, "First words, and more");

  /* By itself. */
  g_assert_cmpint (g_rename (aside, fixture->path), ==, 0);
  ui_assert_soon (!is_in_trouble (saver));
  g_assert_null (memo_saver_get_waiting (saver, memo_record_get_uuid (note)));
  assert_text (library, note, "First words, and more");

  /* And when it is asked for. */
  g_assert_cmpint (g_rename (fixture->path, aside), ==, 0);
  memo_saver_save (saver, library, "Edit note", longer, longest);
  ui_assert_soon (is_in_trouble (saver));
  g_assert_cmpint (g_rename (aside, fixture->path), ==, 0);
  memo_saver_try_now (saver);
  ui_assert_soon (!is_in_trouble (saver));
  assert_text (library, note, "First words, and more, and more");
}

static MemoLibrary *
open_library (const char *path)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoLibrary *library;

  memo_library_open_async (path, MEMO_OPEN_CREATE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, &error);
  g_assert_no_error (error);
  return library;
}

static void
set_library (MemoSession *session, MemoLibrary *library)
{
  g_autoptr (MemoLibrary) old = g_object_ref (memo_session_get_library (session));
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  memo_session_set_library (session, library);
  memo_library_close_async (old, memo_await_cb, &await);
  result = memo_await (&await);
}

/* The file of the library is moved while something is written: it goes into what is opened in its place, and into no other. */
static void
test_moved (UiFixture *fixture, gconstpointer data)
{
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  g_autofree char *moved = g_strconcat (fixture->path, ".moved.memorandum", NULL);
  g_autofree char *other_path = g_strconcat (fixture->path, ".other.memorandum", NULL);
  g_autoptr (MemoRecord) known = make_note ("Known", NULL);
  g_autoptr (MemoRecord) longer = make_note ("Known, and more", known);
  g_autoptr (MemoRecord) fresh = make_note ("New", NULL);
  g_autoptr (MemoLibrary) there = NULL;
  g_autoptr (MemoLibrary) other = NULL;
  g_autoptr (MemoLibrary) again = NULL;
  g_autoptr (MemoRecord) nothing = NULL;

  memo_saver_save (saver, memo_session_get_library (fixture->session), "Add note", NULL, known);
  ui_assert_soon (!memo_saver_get_waiting (saver, memo_record_get_uuid (known)));
  g_assert_cmpint (g_rename (fixture->path, moved), ==, 0);
  memo_saver_save (saver, memo_session_get_library (fixture->session), "Edit note", known, longer);
  memo_saver_save (saver, memo_session_get_library (fixture->session), "Add note", NULL, fresh);
  ui_assert_soon (is_in_trouble (saver) && !memo_saver_is_busy (saver));

  other = open_library (other_path);
  set_library (fixture->session, other);
  ui_assert_soon (!memo_saver_is_busy (saver));
  g_assert_true (is_in_trouble (saver));
  nothing = get (other, fresh);
  g_assert_null (nothing);

  /* Where it was moved to, by the record that it has. */
  there = open_library (moved);
  set_library (fixture->session, there);
  ui_assert_soon (!memo_saver_get_waiting (saver, memo_record_get_uuid (known)));
  assert_text (there, known, "Known, and more");
  g_assert_true (memo_saver_get_waiting (saver, memo_record_get_uuid (fresh)) == fresh);

  /* What is new goes to the place that it was written for. */
  again = open_library (fixture->path);
  set_library (fixture->session, again);
  ui_assert_soon (!is_in_trouble (saver));
  assert_text (again, fresh, "New");
}

/* A copy of the library has the record, but is not the library. */
static void
test_copy (UiFixture *fixture, gconstpointer data)
{
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  g_autoptr (MemoLibrary) library = g_object_ref (memo_session_get_library (fixture->session));
  g_autofree char *path = g_strconcat (fixture->path, ".copy.memorandum", NULL);
  g_autoptr (MemoRecord) note = make_note ("Known", NULL);
  g_autoptr (MemoRecord) longer = make_note ("Known, and more", note);
  g_autoptr (MemoLibrary) copy = NULL;
  g_autoptr (MemoLibrary) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *trouble = NULL;
  const char *cause = NULL;
  gsize length;

  memo_saver_save (saver, library, "Add note", NULL, note);
  ui_assert_soon (!memo_saver_get_waiting (saver, memo_record_get_uuid (note)));
  g_file_get_contents (fixture->path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  copy = open_library (path);
  set_library (fixture->session, copy);
  memo_saver_save (saver, library, "Edit note", note, longer);
  ui_assert_soon (is_in_trouble (saver) && !memo_saver_is_busy (saver));
  trouble = memo_saver_dup_trouble (saver, &cause);
  g_assert_cmpstr (trouble, ==, "“A thought” is not saved: it belongs to a library that is not open.");
  memo_saver_try_now (saver);
  ui_assert_soon (!memo_saver_is_busy (saver));
  g_assert_true (is_in_trouble (saver));
  assert_text (copy, note, "Known");

  again = open_library (fixture->path);
  set_library (fixture->session, again);
  ui_assert_soon (!is_in_trouble (saver));
  assert_text (again, note, "Known, and more");
}

static void
undo (MemoLibrary *library)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  memo_library_undo_async (library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  name = memo_library_undo_finish (library, result, &error);
  g_assert_no_error (error);
}

static void
redo (MemoLibrary *library)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  memo_library_redo_async (library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  name = memo_library_redo_finish (library, result, &error);
  g_assert_no_error (error);
}

static void
add (MemoLibrary *library, const char *name, MemoRecord *record)
{
  g_autoptr (MemoChange) change = memo_change_new (name, NULL);
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memo_change_insert (change, record);
  memo_library_apply_async (library, change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_apply_finish (library, result, &error);
  g_assert_no_error (error);
}

static void
count_trouble_cb (MemoSaver *saver, guint *count)
{
  *count += is_in_trouble (saver);
}

/* The note went from the library while it was written on: it comes back. */
static void
test_gone (UiFixture *fixture, gconstpointer data)
{
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  MemoLibrary *library = memo_session_get_library (fixture->session);
  g_autofree char *aside = g_strconcat (fixture->path, ".aside", NULL);
  g_autoptr (MemoRecord) note = make_note ("First words", NULL);
  g_autoptr (MemoRecord) longer = make_note ("First words, and more", note);
  g_autoptr (MemoRecord) longest = make_note ("First words, and more, and more", longer);
  guint troubles = 0;

  memo_saver_save (saver, library, "Add note", NULL, note);
  ui_assert_soon (!memo_saver_get_waiting (saver, memo_record_get_uuid (note)));
  undo (library);
  g_signal_connect (saver, "changed", G_CALLBACK (count_trouble_cb), &troubles);
  memo_saver_save (saver, library, "Edit note", note, longer);
  ui_assert_soon (!memo_saver_get_waiting (saver, memo_record_get_uuid (note)));
  assert_text (library, note, "First words, and more");
  g_assert_cmpuint (troubles, ==, 0);
  g_signal_handlers_disconnect_by_data (saver, &troubles);

  /* The library is what was not found, not the note. */
  g_assert_cmpint (g_rename (fixture->path, aside), ==, 0);
  memo_saver_save (saver, library, "Edit note", longer, longest);
  ui_assert_soon (is_in_trouble (saver) && !memo_saver_is_busy (saver));
  g_assert_cmpint (g_rename (aside, fixture->path), ==, 0);
  memo_saver_try_now (saver);
  ui_assert_soon (!is_in_trouble (saver));
  assert_text (library, note, "First words, and more, and more");
}

static MemoRecord *
make_comment (const char *comment, MemoRecord *article, MemoRecord *before)
{
  MemoRecordBuilder *builder =
      before ? memo_record_builder_edit (before) : memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);

  memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article));
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, "words");
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_COMMENT, comment);
  return memo_record_builder_end (builder);
}

static void
discarded_cb (MemoSaver *saver, const char *uuid, GString *discarded)
{
  g_string_append (discarded, uuid);
}

/* A comment comes back when its article is there; else it is held, until it is discarded. */
static void
test_gone_with_article (UiFixture *fixture, gconstpointer data)
{
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  MemoLibrary *library = memo_session_get_library (fixture->session);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoRecord) comment = NULL;
  g_autoptr (MemoRecord) longer = NULL;
  g_autoptr (MemoRecord) there = NULL;
  g_autoptr (GString) discarded = g_string_new (NULL);
  g_autofree char *words = NULL;
  g_autofree char *trouble = NULL;
  const char *cause = NULL;

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "An article");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "Some words.");
  article = memo_record_builder_end (builder);
  comment = make_comment ("Why?", article, NULL);
  longer = make_comment ("Why, and when?", article, comment);
  add (library, "Add article", article);
  add (library, "Add comment", comment);
  undo (library);
  undo (library);
  g_signal_connect (saver, "discarded", G_CALLBACK (discarded_cb), discarded);

  memo_saver_save (saver, library, "Edit comment", comment, longer);
  ui_assert_soon (is_in_trouble (saver) && !memo_saver_is_busy (saver));
  trouble = memo_saver_dup_trouble (saver, &cause);
  g_assert_cmpstr (cause, ==, "The article of this comment is not in the library any more.");
  words = memo_saver_dup_words (saver);
  g_assert_cmpstr (words, ==, "Why, and when?");
  redo (library);
  memo_saver_try_now (saver);
  ui_assert_soon (!is_in_trouble (saver));
  there = get (library, comment);
  g_assert_cmpstr (memo_record_get_text (there, MEMO_ANNOTATION_COMMENT), ==, "Why, and when?");

  undo (library);
  undo (library);
  memo_saver_save (saver, library, "Edit comment", longer, comment);
  ui_assert_soon (is_in_trouble (saver) && !memo_saver_is_busy (saver));
  g_assert_cmpstr (discarded->str, ==, "");
  memo_saver_discard (saver);
  g_assert_cmpstr (discarded->str, ==, memo_record_get_uuid (comment));
  g_assert_false (is_in_trouble (saver));
  g_assert_null (memo_saver_get_waiting (saver, memo_record_get_uuid (comment)));
}

static void
test_forget (UiFixture *fixture, gconstpointer data)
{
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  g_autofree char *aside = g_strconcat (fixture->path, ".aside", NULL);
  g_autoptr (MemoRecord) note = make_note ("Words", NULL);

  g_assert_cmpint (g_rename (fixture->path, aside), ==, 0);
  memo_saver_save (saver, memo_session_get_library (fixture->session), "Add note", NULL, note);
  ui_assert_soon (is_in_trouble (saver));
  ui_assert_soon (!memo_saver_is_busy (saver));
  g_assert_false (memo_saver_forget (saver, memo_record_get_uuid (note)));
  g_assert_false (is_in_trouble (saver));
  g_assert_true (memo_saver_forget (saver, memo_record_get_uuid (note)));
  g_assert_cmpint (g_rename (aside, fixture->path), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/saver/again", UiFixture, NULL, ui_fixture_set_up, test_again, ui_fixture_tear_down);
  g_test_add ("/saver/moved", UiFixture, NULL, ui_fixture_set_up, test_moved, ui_fixture_tear_down);
  g_test_add ("/saver/forget", UiFixture, NULL, ui_fixture_set_up, test_forget, ui_fixture_tear_down);
  g_test_add ("/saver/copy", UiFixture, NULL, ui_fixture_set_up, test_copy, ui_fixture_tear_down);
  g_test_add ("/saver/gone", UiFixture, NULL, ui_fixture_set_up, test_gone, ui_fixture_tear_down);
  g_test_add ("/saver/gone-with-article", UiFixture, NULL, ui_fixture_set_up, test_gone_with_article,
              ui_fixture_tear_down);
  return g_test_run ();
}
