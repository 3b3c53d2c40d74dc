#include "memo-error.h"

G_DEFINE_QUARK (memo - error - quark, memo_error)
