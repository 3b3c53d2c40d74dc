#include "ui/memo-places.h"

static void
test_moves (void)
{
  g_autoptr (MemoPlaces) places = memo_places_new ();

  g_assert_false (memo_places_can_move (places, -1));
  memo_places_visit (places, "articles", NULL, -1, -1);
  memo_places_visit (places, "register", NULL, -1, -1);
  memo_places_set_shown (places, "one");
  memo_places_visit (places, "articles", "a", 10, 20);
  g_assert_true (memo_places_can_move (places, -1));
  g_assert_false (memo_places_can_move (places, 1));

  const MemoPlace *place = memo_places_move (places, -1);
  g_assert_cmpstr (place->view, ==, "register");
  g_assert_cmpstr (place->shown, ==, "one");
  place = memo_places_move (places, 1);
  g_assert_cmpstr (place->article, ==, "a");
  g_assert_cmpint (place->start, ==, 10);
  g_assert_null (memo_places_move (places, 1));
}

static void
test_same_place_is_none (void)
{
  g_autoptr (MemoPlaces) places = memo_places_new ();

  memo_places_visit (places, "articles", "a", 10, 20);
  memo_places_visit (places, "articles", "a", 10, 20);
  g_assert_false (memo_places_can_move (places, -1));
}

static void
test_branch_forgets_what_was_ahead (void)
{
  g_autoptr (MemoPlaces) places = memo_places_new ();

  memo_places_visit (places, "articles", NULL, -1, -1);
  memo_places_visit (places, "register", NULL, -1, -1);
  memo_places_move (places, -1);
  memo_places_visit (places, "notes", NULL, -1, -1);
  g_assert_false (memo_places_can_move (places, 1));
  g_assert_cmpstr (memo_places_move (places, -1)->view, ==, "articles");
}

static void
test_many (void)
{
  g_autoptr (MemoPlaces) places = memo_places_new ();
  guint n = 0;

  for (int i = 0; i < 1000; i++)
    memo_places_visit (places, "articles", "a", i, i + 1);
  while (memo_places_move (places, -1))
    n++;
  g_assert_cmpuint (n, ==, 199);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/moves", test_moves);
  g_test_add_func ("/places/same-place-is-none", test_same_place_is_none);
  g_test_add_func ("/places/branch-forgets-what-was-ahead", test_branch_forgets_what_was_ahead);
  g_test_add_func ("/places/many", test_many);
  return g_test_run ();
}
