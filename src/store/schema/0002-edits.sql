-- When which field of a record was last changed, what a merge has set aside, and originals that nothing needs any more.
-- Never edit this file once it is released, add the next step instead.

-- A field that was never changed since its record was made has no row: its time is the record's own. Field "deleted" stands
-- for the trash. No part of the history: undo is a change too.
CREATE TABLE edit (
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (record, field)
) WITHOUT ROWID;

-- Values that lost to a newer one when two libraries were merged. origin: the name of the library that the value stood in.
CREATE TABLE earlier (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  merged INTEGER NOT NULL
);
CREATE INDEX earlier_record ON earlier (record);

-- Originals that no article refers to: since when (UTC microseconds), and the newest action at that moment. While an action up
-- to that one is kept, an original may be needed again.
CREATE TABLE orphan (
  sha256 TEXT PRIMARY KEY NOT NULL,
  since INTEGER NOT NULL,
  step INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX article_original ON article ("original") WHERE "original" IS NOT NULL;
CREATE INDEX history_time ON history (time);
