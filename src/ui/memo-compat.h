#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What exists in only one of the old and the new platform: choosing files, asking, colours. */
typedef enum
{
  MEMO_CHOOSE_OPEN,
  MEMO_CHOOSE_OPEN_MANY,
  MEMO_CHOOSE_SAVE
} MemoChoose;

/* A kind of file for the chooser; an array of these ends with a NULL name. */
typedef struct
{
  const char *name;            /* translated */
  const char *const *patterns; /* "*.html"; NULL-terminated */
} MemoFilePattern;

/* @files (of GFile; borrowed) is NULL when the person chose none. */
typedef void (*MemoChosen) (GPtrArray *files, gpointer user_data);
/* @patterns and @name (proposed for saving) nullable. @chosen is called once. */
void memo_compat_choose_file (GtkWidget *parent,
                              MemoChoose mode,
                              const char *title,
                              const char *accept,
                              const MemoFilePattern *patterns,
                              const char *name,
                              MemoChosen chosen,
                              gpointer user_data);

typedef void (*MemoAnswered) (gboolean accepted, gpointer user_data);
/* A question, or with @accept NULL a message alone (@cancel closes it). @answered nullable. */
void memo_compat_ask (GtkWidget *parent,
                      const char *heading,
                      const char *body,
                      const char *cancel,
                      const char *accept,
                      gboolean destructive,
                      MemoAnswered answered,
                      gpointer user_data);

/* In which @widget draws its text. */
void memo_compat_get_color (GtkWidget *widget, GdkRGBA *ret_color);
/* Of what is accented, behind text; untouched when the theme has none. */
void memo_compat_get_accent (GtkWidget *widget, GdkRGBA *ret_color);

G_END_DECLS
