#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MEMO_TYPE_APPLICATION (memo_application_get_type ())
G_DECLARE_FINAL_TYPE (MemoApplication, memo_application, MEMO, APPLICATION, AdwApplication)

MemoApplication *memo_application_new (void);
/* Registers the interface's resources: for tests without an application too. */
void memo_application_init_resources (void);

G_END_DECLS
