#pragma once

#include "memo-cli.h"

G_BEGIN_DECLS

/* The options that give a record's fields, as the actions take them. */
extern const GOptionEntry memo_cli_agreement_entries[];
/* To add to the lists of an agreement, and to take out of them. */
extern const GOptionEntry memo_cli_agreement_list_entries[];
extern const GOptionEntry memo_cli_event_entries[];
extern const GOptionEntry memo_cli_body_entries[];
/* What was given: (transfer full) GArray of MemoValue that borrows its strings. */
GArray *memo_cli_values (void);
/* Whether @field was given. */
gboolean memo_cli_has_value (const char *field);

G_END_DECLS
