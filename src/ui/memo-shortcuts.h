#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The one table of commands: action, keys, words, and the menus they stand in. */
typedef enum
{
  MEMO_MENU_ADD = 1 << 0,
  MEMO_MENU_MAIN = 1 << 1
} MemoMenu;

/* Gives the actions their keys. */
void memo_shortcuts_install (GtkApplication *application);
/* (transfer full) */
GMenuModel *memo_shortcuts_build_menu (MemoMenu menu);
/* "Search (Ctrl+K)": the title of @action with its first key, for tooltips. (transfer full) */
char *memo_shortcuts_dup_tooltip (const char *action);
/* The window that lists all keys. */
void memo_shortcuts_present (GtkWindow *parent);

G_END_DECLS
