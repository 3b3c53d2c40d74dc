#include "memo-cli-values.h"

#include <glib/gi18n.h>

static char *title, *kind, *signed_, *in_force, *ends, *horizon, *status, *package, *declared, *body, *session,
    *summary;
static char *when, *name, *acronym, *founded;
static char **parties, **sectors, **tags;
static char **add_parties, **add_sectors, **add_tags, **remove_parties, **remove_sectors, **remove_tags;

#define ONE(name_, variable, text, value)                                                                              \
  {                                                                                                                    \
    name_, 0, 0, G_OPTION_ARG_STRING, &variable, text, value                                                           \
  }
#define MANY(name_, variable, text, value)                                                                             \
  {                                                                                                                    \
    name_, 0, 0, G_OPTION_ARG_STRING_ARRAY, &variable, text, value                                                     \
  }

const GOptionEntry memo_cli_agreement_entries[] = {
  ONE ("title", title, N_ ("Title"), N_ ("TEXT")),
  ONE ("kind",
       kind,
       N_ ("treaty, agreement, protocol, memorandum, contract, statement, plan, package or other"),
       N_ ("KIND")),
  ONE ("signed", signed_, N_ ("Date of signature, as precise as it is known"), N_ ("DATE")),
  ONE ("in-force", in_force, N_ ("In force since"), N_ ("DATE")),
  ONE ("ends", ends, N_ ("Date of its end"), N_ ("DATE")),
  ONE ("horizon", horizon, N_ ("The time it plans for"), N_ ("DATE")),
  MANY ("party", parties, N_ ("A party: name in any language or ISO code; may be repeated"), N_ ("PARTY")),
  MANY ("sector", sectors, N_ ("A sector: name in any language or code; may be repeated"), N_ ("SECTOR")),
  ONE ("status",
       status,
       N_ ("announced, signed, in_force, under_review, implemented, suspended or ended"),
       N_ ("STATUS")),
  ONE ("package", package, N_ ("The package it is one of"), N_ ("ID")),
  ONE ("declared", declared, N_ ("How many agreements a package is said to hold"), N_ ("NUMBER")),
  ONE ("body", body, N_ ("The commission, organisation or forum"), N_ ("NAME")),
  ONE ("session", session, N_ ("Number of its session: 19 or XIX"), N_ ("NUMBER")),
  ONE ("summary", summary, N_ ("A summary"), N_ ("TEXT")),
  MANY ("tag", tags, N_ ("A tag; may be repeated"), N_ ("TAG")),
  { NULL },
};

const GOptionEntry memo_cli_agreement_list_entries[] = {
  MANY ("add-party", add_parties, N_ ("A party to add to those it has; may be repeated"), N_ ("PARTY")),
  MANY ("add-sector", add_sectors, N_ ("A sector to add to those it has; may be repeated"), N_ ("SECTOR")),
  MANY ("add-tag", add_tags, N_ ("A tag to add to those it has; may be repeated"), N_ ("TAG")),
  MANY ("remove-party", remove_parties, N_ ("A party to take away; may be repeated"), N_ ("PARTY")),
  MANY ("remove-sector", remove_sectors, N_ ("A sector to take away; may be repeated"), N_ ("SECTOR")),
  MANY ("remove-tag", remove_tags, N_ ("A tag to take away; may be repeated"), N_ ("TAG")),
  { NULL },
};

const GOptionEntry memo_cli_event_entries[] = {
  ONE ("title", title, N_ ("Title"), N_ ("TEXT")),
  ONE ("kind", kind, N_ ("session, meeting, founding, plan, statement, context or other"), N_ ("KIND")),
  ONE ("when", when, N_ ("Date, as precise as it is known"), N_ ("DATE")),
  MANY ("party", parties, N_ ("A party: name in any language or ISO code; may be repeated"), N_ ("PARTY")),
  MANY ("sector", sectors, N_ ("A sector: name in any language or code; may be repeated"), N_ ("SECTOR")),
  ONE ("body", body, N_ ("The commission, organisation or forum"), N_ ("NAME")),
  ONE ("session", session, N_ ("Number of its session: 19 or XIX"), N_ ("NUMBER")),
  ONE ("summary", summary, N_ ("A summary"), N_ ("TEXT")),
  MANY ("tag", tags, N_ ("A tag; may be repeated"), N_ ("TAG")),
  { NULL },
};

const GOptionEntry memo_cli_body_entries[] = {
  ONE ("name", name, N_ ("Name"), N_ ("TEXT")),
  ONE ("acronym", acronym, N_ ("Acronym"), N_ ("TEXT")),
  ONE ("kind", kind, N_ ("commission, organisation or forum"), N_ ("KIND")),
  ONE ("founded", founded, N_ ("Date of its founding"), N_ ("DATE")),
  MANY ("party", parties, N_ ("A party: name in any language or ISO code; may be repeated"), N_ ("PARTY")),
  ONE ("summary", summary, N_ ("A summary"), N_ ("TEXT")),
  { NULL },
};

static void
add_one (GArray *values, const char *field, const char *value)
{
  MemoValue pair = { field, value };
  if (value)
    g_array_append_val (values, pair);
}

static void
add_many (GArray *values, const char *field, char **texts)
{
  for (; texts && *texts; texts++)
    add_one (values, field, *texts);
}

GArray *
memo_cli_values (void)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (MemoValue));

  add_one (values, "title", title);
  add_one (values, "name", name);
  add_one (values, "acronym", acronym);
  add_one (values, "kind", kind);
  add_one (values, "founded", founded);
  add_one (values, "when", when);
  add_one (values, "signed", signed_);
  add_one (values, "in_force", in_force);
  add_one (values, "ends", ends);
  add_one (values, "horizon", horizon);
  add_many (values, "party", parties);
  add_many (values, "sector", sectors);
  add_one (values, "status", status);
  add_one (values, "package", package);
  add_one (values, "declared", declared);
  add_one (values, "body", body);
  add_one (values, "session", session);
  add_one (values, "summary", summary);
  add_many (values, "tag", tags);
  add_many (values, "add_party", add_parties);
  add_many (values, "add_sector", add_sectors);
  add_many (values, "add_tag", add_tags);
  add_many (values, "remove_party", remove_parties);
  add_many (values, "remove_sector", remove_sectors);
  add_many (values, "remove_tag", remove_tags);
  return values;
}

gboolean
memo_cli_has_value (const char *field)
{
  g_autoptr (GArray) values = memo_cli_values ();

  for (guint i = 0; i < values->len; i++)
    if (g_str_equal (g_array_index (values, MemoValue, i).field, field))
      return TRUE;
  return FALSE;
}
