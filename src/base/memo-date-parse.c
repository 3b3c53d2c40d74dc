/* Dates as people write them in English, Turkish and Russian. */

#include "memo-date-private.h"

#include "memo-error.h"
#include "memo-text.h"

MemoDate *
memo_date_parse (const char *text, const char *language, const MemoDate *reference, GError **error)
{
  return memo_date_new (text, error);
}
