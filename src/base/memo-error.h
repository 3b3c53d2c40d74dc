#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one error domain of the project. Messages are whole sentences for a researcher, already translated, and keep the
 * cause's own text. A cancelled call fails with G_IO_ERROR_CANCELLED. */
typedef enum
{
  MEMO_ERROR_FAILED,        /* anything else */
  MEMO_ERROR_INVALID,       /* a value that cannot be: bad date, unknown sector */
  MEMO_ERROR_NOT_FOUND,     /* no such record, file, passage */
  MEMO_ERROR_NOT_A_LIBRARY, /* the file is something else */
  MEMO_ERROR_NEWER,         /* made by a newer version; not one byte was changed */
  MEMO_ERROR_READ_ONLY,     /* the place cannot be written */
  MEMO_ERROR_FULL,          /* no space left */
  MEMO_ERROR_CORRUPT,       /* the file or a body is damaged */
  MEMO_ERROR_CONFLICT,      /* undo or merge met a later change: nothing was changed */
  MEMO_ERROR_BUSY,          /* somebody else holds the library */
  MEMO_ERROR_IO,            /* reading or writing failed */
  MEMO_ERROR_FORMAT,        /* the file is not of the kind, or is damaged beyond reading */
  MEMO_ERROR_LIMIT          /* a hostile or huge input went over a limit */
} MemoError;

#define MEMO_ERROR (memo_error_quark ())
GQuark memo_error_quark (void);

G_END_DECLS
