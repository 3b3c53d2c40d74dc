#include "import/memo-draft.h"

void
memo_draft_polish (MemoDraft *self)
{
}
