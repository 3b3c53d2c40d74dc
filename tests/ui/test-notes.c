#include "reader-fixture.h"

#include "ui/memo-cell.h"
#include "ui/notes/memo-note-editor.h"
#include "ui/notes/memo-note-link.h"
#include "ui/notes/memo-note-style.h"
#include "ui/notes/memo-notes-view.h"

typedef struct
{
  Fixture *fixture;
  GtkWidget *view;
  guint n;
} Check;

static MemoNoteEditor *
get_editor (GtkWidget *view)
{
  return MEMO_NOTE_EDITOR (fixture_find (view, MEMO_TYPE_NOTE_EDITOR));
}

static gboolean
has_n (gpointer data)
{
  Check *check = data;

  return memo_index_get_n (memo_library_get_index (check->fixture->library), MEMO_KIND_NOTE) == check->n;
}

static char *
dup_seen (GtkTextBuffer *buffer)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  return gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
}

/* Addresses of records are hidden, but not where the cursor is, nor from what is copied. */
static void
test_addresses (void)
{
  static const char whole[] = "One\nSee [this](memo:agreement/1) and [that](https://a.example).\nThree";
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  GtkTextIter from, to;
  char *seen;

  memo_note_style_attach (buffer);
  gtk_text_buffer_set_text (buffer, whole, -1);
  gtk_text_buffer_get_bounds (buffer, &from, &to);
  gtk_text_buffer_place_cursor (buffer, &from);
  seen = dup_seen (buffer);
  g_assert_cmpstr (seen, ==, "One\nSee this and [that](https://a.example).\nThree");
  g_free (seen);
  gtk_text_buffer_get_iter_at_line (buffer, &from, 1);
  gtk_text_buffer_place_cursor (buffer, &from);
  seen = dup_seen (buffer);
  g_assert_cmpstr (seen, ==, whole);
  g_free (seen);
  gtk_text_buffer_place_cursor (buffer, &to);
  gtk_text_buffer_get_bounds (buffer, &from, &to);
  gtk_text_buffer_select_range (buffer, &from, &to);
  seen = dup_seen (buffer);
  g_assert_cmpstr (seen, ==, whole);
  g_free (seen);
}

static void
test_words (void)
{
  static const struct
  {
    const char *text, *title;
  } titles[] = {
    { "# The head\nbody", "The head" }, { "\n\n  > *quote*", "quote*" }, { "", "" }, { "- one\n- two", "one" }
  };
  static const struct
  {
    int offset;
    const char *link;
  } links[] = {
    { 0, NULL }, { 6, "memo:annotation/12" }, { 25, "memo:annotation/12" }, { 39, NULL }, { 64, "https://a.example/b" }
  };
  const char *line = "see [the passage](memo:annotation/12) and memo:agreement/34, https://a.example/b";

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *title = memo_note_title (titles[i].text);

      g_assert_cmpstr (title, ==, titles[i].title);
    }
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *link = memo_note_link_at (line, links[i].offset);

      g_assert_cmpstr (link, ==, links[i].link);
    }
}

static void
test_link (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecord) mark = fixture_mark (fixture, "forty-two papers", "yellow", NULL);
  g_autofree char *target = g_strconcat ("(memo:annotation/", memo_record_get_uuid (mark), ")", NULL);
  g_autofree char *text = memo_note_link_text (memo_library_get_index (fixture->library), mark, fixture->article);

  g_assert_nonnull (strstr (text, "“forty-two papers”"));
  g_assert_nonnull (strstr (text, target));
}

static void
test_write (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Check check = { fixture, memo_notes_view_new (fixture->session), 1 };
  MemoNoteEditor *editor;
  GtkTextIter from, to;
  g_autofree char *uuid = NULL;
  g_autofree char *text = NULL;

  fixture_show (fixture, check.view, 900, 560);
  fixture_wait (100);
  fixture_picture (check.view, "notes-empty");
  g_assert_true (gtk_widget_activate_action (check.view, "notes.new", NULL));
  editor = get_editor (check.view);
  memo_note_editor_insert (editor,
                           "# First thoughts\n\nThe **number** is in [the report](memo:annotation/12).\n\n> A quote "
                           "of *some* length.\n");
  /* Saved without being asked. */
  fixture_until (has_n, &check);
  fixture_wait (200);
  uuid = g_strdup (memo_note_editor_get_uuid (editor));
  g_assert_nonnull (uuid);
  fixture_picture (check.view, "notes");
  memo_note_editor_insert (editor, "More.");
  memo_note_editor_flush (editor);
  memo_note_editor_open (editor, NULL);
  memo_note_editor_open (editor, uuid);
  fixture_wait (300);
  gtk_text_buffer_get_bounds (memo_note_editor_get_buffer (editor), &from, &to);
  text = gtk_text_buffer_get_text (memo_note_editor_get_buffer (editor), &from, &to, TRUE);
  g_assert_true (g_str_has_suffix (text, "More."));
  g_assert_true (gtk_widget_activate_action (check.view, "notes.delete", NULL));
  check.n = 0;
  fixture_until (has_n, &check);
  memo_session_undo (fixture->session);
  check.n = 1;
  fixture_until (has_n, &check);
}

/* One of the ends of the list is out of sight. */
static gboolean
has_far_named (gpointer data)
{
  GtkWidget *widget = data;

  if (MEMO_IS_CELL (widget) && !memo_cell_get_text (MEMO_CELL (widget)))
    {
      GtkAccessible *row = GTK_ACCESSIBLE (gtk_widget_get_parent (widget));
      g_autofree char *first = gtk_test_accessible_check_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Note 0");
      g_autofree char *last = gtk_test_accessible_check_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Note 39");

      return !first || !last;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (has_far_named (child))
      return TRUE;
  return FALSE;
}

/* A row has its name before it is drawn. */
static void
test_names (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoChange) change = memo_change_new ("Add notes", NULL);
  Check check = { fixture, memo_notes_view_new (fixture->session), 40 };

  for (guint i = 0; i < check.n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Note %u", i);
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
      g_autoptr (MemoRecord) note = NULL;

      memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
      memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, title);
      note = memo_record_builder_end (builder);
      memo_change_insert (change, note);
    }
  fixture_apply (fixture, change);
  fixture_show (fixture, check.view, 900, 300);
  fixture_until (has_n, &check);
  fixture_until (has_far_named, check.view);
}

int
main (int argc, char **argv)
{
  if (!fixture_init (&argc, &argv))
    return 77;
  g_test_add_func ("/notes/addresses", test_addresses);
  g_test_add_func ("/notes/words", test_words);
  g_test_add_func ("/notes/names", test_names);
  g_test_add_func ("/notes/link", test_link);
  g_test_add_func ("/notes/write", test_write);
  return g_test_run ();
}
