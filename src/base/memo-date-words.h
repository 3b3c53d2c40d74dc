#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TOKEN_UNKNOWN,
  TOKEN_NOISE, /* "on", "of", "tarihinde", "в": never leaves the tokenizer; its value is a Stretch */
  TOKEN_NUMBER,
  TOKEN_MONTH,
  TOKEN_WEEKDAY, /* 1 = Monday */
  TOKEN_SEASON,  /* 0 = spring */
  TOKEN_UNIT,
  TOKEN_QUARTER,
  TOKEN_HALF,
  TOKEN_CENTURY,
  TOKEN_DAY_WORD, /* days from today */
  TOKEN_THIS,
  TOKEN_LAST, /* the one before this */
  TOKEN_PAST, /* a stretch of time up to now */
  TOKEN_NEXT,
  TOKEN_AGO,
  TOKEN_FROM,    /* "since", "from", "с"; its value, as that of the next and of until: a Bound */
  TOKEN_SINCE,   /* behind the date: "beri", "itibaren" */
  TOKEN_TO,      /* "to", between two dates only */
  TOKEN_UNTIL,   /* "until", "до", "по" */
  TOKEN_UP_TO,   /* behind the date: "kadar" */
  TOKEN_BETWEEN, /* "between", "между" */
  TOKEN_AMONG,   /* behind the dates: "arasında" */
  TOKEN_AND,     /* "and", "ile", "и" */
  TOKEN_ABOUT,
  TOKEN_MAYBE,
  TOKEN_DASH,
  TOKEN_SLASH,
  TOKEN_DOT
} TokenKind;

/* Does an open range contain the date that it is told by? */
typedef enum
{
  BOUND_INSIDE, /* "since 2019", "until 2008", "до 2008 года" */
  BOUND_OUTSIDE /* "after 2019", "before 2008", "ранее 2008 года" */
} Bound;

/* Which part of a date a word means, as far as an open range asks. */
typedef enum
{
  STRETCH_WHOLE,
  STRETCH_BEGINNING,
  STRETCH_MIDDLE,
  STRETCH_END
} Stretch;

typedef enum
{
  UNIT_DAY,
  UNIT_WEEK,
  UNIT_MONTH,
  UNIT_YEAR,
  UNIT_DECADE
} Unit;

typedef enum
{
  SUFFIX_NONE,
  SUFFIX_OTHER,
  SUFFIX_ORDINAL,
  SUFFIX_PLURAL,   /* "1980s", "1980'ler", "1980-е" */
  SUFFIX_ABLATIVE, /* "2019'dan" */
  SUFFIX_DATIVE    /* "2012'ye" */
} Suffix;

typedef struct
{
  TokenKind kind;
  int value;
  int digits; /* of a number; 0 when it is a word or Roman */
  Suffix suffix;
} Token;

/* What @text is made of, without the words that tell nothing and without times of day. (element-type Token)
 * (transfer full) */
GArray *memo_date_tokenize (const char *text);

G_END_DECLS
