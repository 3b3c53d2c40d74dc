-- The first schema. Every kind of record is one table with the columns of memo_kind_get_fields(); heavy columns stand
-- last, so that reading the others does not touch them. Statements are compared word by word when a library is opened:
-- never edit this file once it is released, add the next step instead.

CREATE TABLE article (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "title" TEXT,
  "subtitle" TEXT,
  "summary" TEXT,
  "authors" TEXT,
  "biographies" TEXT,
  "outlet" TEXT,
  "published" TEXT,
  "accessed" TEXT,
  "language" TEXT,
  "kind" TEXT,
  "url" TEXT,
  "work" TEXT,
  "versions" TEXT,
  "tags" TEXT,
  "sectors" TEXT,
  "place" TEXT,
  "byline" TEXT,
  "file" TEXT,
  "original" TEXT,
  "media_type" TEXT,
  "references" TEXT,
  "sha256" TEXT,
  "blocks" TEXT,
  "text" TEXT
);
CREATE INDEX article_trash ON article (id) WHERE deleted <> 0;

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "article" TEXT,
  "start" INTEGER,
  "end" INTEGER,
  "exact" TEXT,
  "prefix" TEXT,
  "suffix" TEXT,
  "comment" TEXT,
  "color" TEXT,
  "tags" TEXT,
  "sectors" TEXT,
  "speaker" TEXT,
  "state" TEXT
);
CREATE INDEX annotation_trash ON annotation (id) WHERE deleted <> 0;

CREATE TABLE agreement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "title" TEXT,
  "kind" TEXT,
  "signed" TEXT,
  "in_force" TEXT,
  "ends" TEXT,
  "horizon" TEXT,
  "parties" TEXT,
  "roles" TEXT,
  "sectors" TEXT,
  "status" TEXT,
  "package" TEXT,
  "declared" INTEGER,
  "body" TEXT,
  "session" INTEGER,
  "summary" TEXT,
  "tags" TEXT
);
CREATE INDEX agreement_trash ON agreement (id) WHERE deleted <> 0;

CREATE TABLE follow_up (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "agreement" TEXT,
  "status" TEXT,
  "date" TEXT,
  "comment" TEXT
);
CREATE INDEX follow_up_trash ON follow_up (id) WHERE deleted <> 0;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "title" TEXT,
  "kind" TEXT,
  "when" TEXT,
  "parties" TEXT,
  "sectors" TEXT,
  "body" TEXT,
  "session" INTEGER,
  "summary" TEXT,
  "tags" TEXT
);
CREATE INDEX event_trash ON event (id) WHERE deleted <> 0;

CREATE TABLE body (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "names" TEXT,
  "acronym" TEXT,
  "kind" TEXT,
  "founded" TEXT,
  "parties" TEXT,
  "summary" TEXT
);
CREATE INDEX body_trash ON body (id) WHERE deleted <> 0;

CREATE TABLE party (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "names" TEXT,
  "code" TEXT,
  "kind" TEXT,
  "aliases" TEXT,
  "summary" TEXT
);
CREATE INDEX party_trash ON party (id) WHERE deleted <> 0;

CREATE TABLE sector (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "code" TEXT,
  "names" TEXT,
  "parent" TEXT,
  "position" INTEGER
);
CREATE INDEX sector_trash ON sector (id) WHERE deleted <> 0;

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "record" TEXT,
  "annotation" TEXT,
  "field" TEXT,
  "value" TEXT
);
CREATE INDEX evidence_trash ON evidence (id) WHERE deleted <> 0;

CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "title" TEXT,
  "text" TEXT,
  "tags" TEXT
);
CREATE INDEX note_trash ON note (id) WHERE deleted <> 0;

CREATE TABLE filter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT UNIQUE NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "json" TEXT
);
CREATE INDEX filter_trash ON filter (id) WHERE deleted <> 0;

-- Records that point at another one.
CREATE INDEX annotation_article ON annotation ("article") WHERE "article" IS NOT NULL;
CREATE INDEX agreement_package ON agreement ("package") WHERE "package" IS NOT NULL;
CREATE INDEX agreement_body ON agreement ("body") WHERE "body" IS NOT NULL;
CREATE INDEX follow_up_agreement ON follow_up ("agreement") WHERE "agreement" IS NOT NULL;
CREATE INDEX event_body ON event ("body") WHERE "body" IS NOT NULL;
CREATE INDEX sector_parent ON sector ("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX evidence_record ON evidence ("record") WHERE "record" IS NOT NULL;
CREATE INDEX evidence_annotation ON evidence ("annotation") WHERE "annotation" IS NOT NULL;
CREATE INDEX article_work ON article (work) WHERE work IS NOT NULL;

-- The bytes that articles were made from; no part of the history. codec 0: as they are, 1: raw deflate.
CREATE TABLE original (
  sha256 TEXT PRIMARY KEY NOT NULL,
  size INTEGER NOT NULL,
  codec INTEGER NOT NULL DEFAULT 0,
  data BLOB NOT NULL
);

-- One row for each action. step and total count the actions and the bytes of their changesets from the first that ever was.
CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  detail TEXT,
  time INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  step INTEGER NOT NULL,
  total INTEGER NOT NULL,
  changeset BLOB NOT NULL
);
CREATE INDEX history_undone ON history (id) WHERE undone <> 0;

-- What became of which record, for every process that has the library open. kind: MemoKind.
CREATE TABLE change_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  id INTEGER NOT NULL
);

-- Reading places, recent searches: no part of the work.
CREATE TABLE state (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER article_log_insert AFTER INSERT ON article BEGIN INSERT INTO change_log (kind, id) VALUES (0, new.id); END;
CREATE TRIGGER article_log_update AFTER UPDATE ON article BEGIN INSERT INTO change_log (kind, id) VALUES (0, new.id); END;
CREATE TRIGGER article_log_delete AFTER DELETE ON article BEGIN INSERT INTO change_log (kind, id) VALUES (0, old.id); END;
CREATE TRIGGER annotation_log_insert AFTER INSERT ON annotation BEGIN INSERT INTO change_log (kind, id) VALUES (1, new.id); END;
CREATE TRIGGER annotation_log_update AFTER UPDATE ON annotation BEGIN INSERT INTO change_log (kind, id) VALUES (1, new.id); END;
CREATE TRIGGER annotation_log_delete AFTER DELETE ON annotation BEGIN INSERT INTO change_log (kind, id) VALUES (1, old.id); END;
CREATE TRIGGER agreement_log_insert AFTER INSERT ON agreement BEGIN INSERT INTO change_log (kind, id) VALUES (2, new.id); END;
CREATE TRIGGER agreement_log_update AFTER UPDATE ON agreement BEGIN INSERT INTO change_log (kind, id) VALUES (2, new.id); END;
CREATE TRIGGER agreement_log_delete AFTER DELETE ON agreement BEGIN INSERT INTO change_log (kind, id) VALUES (2, old.id); END;
CREATE TRIGGER follow_up_log_insert AFTER INSERT ON follow_up BEGIN INSERT INTO change_log (kind, id) VALUES (3, new.id); END;
CREATE TRIGGER follow_up_log_update AFTER UPDATE ON follow_up BEGIN INSERT INTO change_log (kind, id) VALUES (3, new.id); END;
CREATE TRIGGER follow_up_log_delete AFTER DELETE ON follow_up BEGIN INSERT INTO change_log (kind, id) VALUES (3, old.id); END;
CREATE TRIGGER event_log_insert AFTER INSERT ON event BEGIN INSERT INTO change_log (kind, id) VALUES (4, new.id); END;
CREATE TRIGGER event_log_update AFTER UPDATE ON event BEGIN INSERT INTO change_log (kind, id) VALUES (4, new.id); END;
CREATE TRIGGER event_log_delete AFTER DELETE ON event BEGIN INSERT INTO change_log (kind, id) VALUES (4, old.id); END;
CREATE TRIGGER body_log_insert AFTER INSERT ON body BEGIN INSERT INTO change_log (kind, id) VALUES (5, new.id); END;
CREATE TRIGGER body_log_update AFTER UPDATE ON body BEGIN INSERT INTO change_log (kind, id) VALUES (5, new.id); END;
CREATE TRIGGER body_log_delete AFTER DELETE ON body BEGIN INSERT INTO change_log (kind, id) VALUES (5, old.id); END;
CREATE TRIGGER party_log_insert AFTER INSERT ON party BEGIN INSERT INTO change_log (kind, id) VALUES (6, new.id); END;
CREATE TRIGGER party_log_update AFTER UPDATE ON party BEGIN INSERT INTO change_log (kind, id) VALUES (6, new.id); END;
CREATE TRIGGER party_log_delete AFTER DELETE ON party BEGIN INSERT INTO change_log (kind, id) VALUES (6, old.id); END;
CREATE TRIGGER sector_log_insert AFTER INSERT ON sector BEGIN INSERT INTO change_log (kind, id) VALUES (7, new.id); END;
CREATE TRIGGER sector_log_update AFTER UPDATE ON sector BEGIN INSERT INTO change_log (kind, id) VALUES (7, new.id); END;
CREATE TRIGGER sector_log_delete AFTER DELETE ON sector BEGIN INSERT INTO change_log (kind, id) VALUES (7, old.id); END;
CREATE TRIGGER evidence_log_insert AFTER INSERT ON evidence BEGIN INSERT INTO change_log (kind, id) VALUES (8, new.id); END;
CREATE TRIGGER evidence_log_update AFTER UPDATE ON evidence BEGIN INSERT INTO change_log (kind, id) VALUES (8, new.id); END;
CREATE TRIGGER evidence_log_delete AFTER DELETE ON evidence BEGIN INSERT INTO change_log (kind, id) VALUES (8, old.id); END;
CREATE TRIGGER note_log_insert AFTER INSERT ON note BEGIN INSERT INTO change_log (kind, id) VALUES (9, new.id); END;
CREATE TRIGGER note_log_update AFTER UPDATE ON note BEGIN INSERT INTO change_log (kind, id) VALUES (9, new.id); END;
CREATE TRIGGER note_log_delete AFTER DELETE ON note BEGIN INSERT INTO change_log (kind, id) VALUES (9, old.id); END;
CREATE TRIGGER filter_log_insert AFTER INSERT ON filter BEGIN INSERT INTO change_log (kind, id) VALUES (10, new.id); END;
CREATE TRIGGER filter_log_update AFTER UPDATE ON filter BEGIN INSERT INTO change_log (kind, id) VALUES (10, new.id); END;
CREATE TRIGGER filter_log_delete AFTER DELETE ON filter BEGIN INSERT INTO change_log (kind, id) VALUES (10, old.id); END;

-- The search index: one FTS5 table for each kind over a view of the live records, kept by triggers. The first character of
-- a column may name the language of its words (memo-tokenizer.c). Lists are indexed as the JSON they are stored in, because
-- FTS5 reads its content without virtual tables such as json_each.

CREATE VIEW article_content AS SELECT id,
  CASE "language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN "language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce ("title", '') AS title,
  CASE "language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN "language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce ("subtitle", '') || char (10) || coalesce ("byline", '') || char (10) || coalesce (replace (replace ("summary", '\n', ' '), '\t', ' '), '') || char (10) || coalesce (replace (replace ("tags", '\n', ' '), '\t', ' '), '') AS extra,
  CASE "language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN "language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce ("text", '') AS text
  FROM article WHERE deleted = 0;
CREATE VIRTUAL TABLE article_words USING fts5 (title, extra, text, content='article_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO article_words (article_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER article_words_insert AFTER INSERT ON article WHEN new.deleted = 0 BEGIN
  INSERT INTO article_words (rowid, title, extra, text) VALUES (new.id,
  CASE new."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN new."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (new."title", ''),
  CASE new."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN new."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (new."subtitle", '') || char (10) || coalesce (new."byline", '') || char (10) || coalesce (replace (replace (new."summary", '\n', ' '), '\t', ' '), '') || char (10) || coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  CASE new."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN new."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (new."text", ''));
END;
CREATE TRIGGER article_words_delete AFTER DELETE ON article WHEN old.deleted = 0 BEGIN
  INSERT INTO article_words (article_words, rowid, title, extra, text) VALUES ('delete', old.id,
  CASE old."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN old."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (old."title", ''),
  CASE old."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN old."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (old."subtitle", '') || char (10) || coalesce (old."byline", '') || char (10) || coalesce (replace (replace (old."summary", '\n', ' '), '\t', ' '), '') || char (10) || coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  CASE old."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN old."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (old."text", ''));
END;
CREATE TRIGGER article_words_update AFTER UPDATE OF "title", "subtitle", "byline", "summary", "tags", "text", "language", "deleted" ON article WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."title" IS NOT new."title" OR old."subtitle" IS NOT new."subtitle" OR old."byline" IS NOT new."byline" OR old."summary" IS NOT new."summary" OR old."tags" IS NOT new."tags" OR old."text" IS NOT new."text" OR old."language" IS NOT new."language" BEGIN
  INSERT INTO article_words (article_words, rowid, title, extra, text) SELECT 'delete', old.id,
  CASE old."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN old."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (old."title", ''),
  CASE old."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN old."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (old."subtitle", '') || char (10) || coalesce (old."byline", '') || char (10) || coalesce (replace (replace (old."summary", '\n', ' '), '\t', ' '), '') || char (10) || coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  CASE old."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN old."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (old."text", '') WHERE old.deleted = 0;
  INSERT INTO article_words (rowid, title, extra, text) SELECT new.id,
  CASE new."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN new."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (new."title", ''),
  CASE new."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN new."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (new."subtitle", '') || char (10) || coalesce (new."byline", '') || char (10) || coalesce (replace (replace (new."summary", '\n', ' '), '\t', ' '), '') || char (10) || coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  CASE new."language" WHEN 'en' THEN char (0xE001) WHEN 'tr' THEN char (0xE002) WHEN 'ru' THEN char (0xE003) WHEN 'und' THEN '' ELSE CASE WHEN new."language" IS NULL THEN '' ELSE char (0xE004) END END || coalesce (new."text", '') WHERE new.deleted = 0;
END;

CREATE VIEW annotation_content AS SELECT id,
  coalesce ("exact", '') AS title,
  coalesce ("comment", '') || char (10) || coalesce (replace (replace ("tags", '\n', ' '), '\t', ' '), '') AS extra,
  '' AS text
  FROM annotation WHERE deleted = 0;
CREATE VIRTUAL TABLE annotation_words USING fts5 (title, extra, text, content='annotation_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO annotation_words (annotation_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER annotation_words_insert AFTER INSERT ON annotation WHEN new.deleted = 0 BEGIN
  INSERT INTO annotation_words (rowid, title, extra, text) VALUES (new.id,
  coalesce (new."exact", ''),
  coalesce (new."comment", '') || char (10) || coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  '');
END;
CREATE TRIGGER annotation_words_delete AFTER DELETE ON annotation WHEN old.deleted = 0 BEGIN
  INSERT INTO annotation_words (annotation_words, rowid, title, extra, text) VALUES ('delete', old.id,
  coalesce (old."exact", ''),
  coalesce (old."comment", '') || char (10) || coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  '');
END;
CREATE TRIGGER annotation_words_update AFTER UPDATE OF "exact", "comment", "tags", "deleted" ON annotation WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."exact" IS NOT new."exact" OR old."comment" IS NOT new."comment" OR old."tags" IS NOT new."tags" BEGIN
  INSERT INTO annotation_words (annotation_words, rowid, title, extra, text) SELECT 'delete', old.id,
  coalesce (old."exact", ''),
  coalesce (old."comment", '') || char (10) || coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  '' WHERE old.deleted = 0;
  INSERT INTO annotation_words (rowid, title, extra, text) SELECT new.id,
  coalesce (new."exact", ''),
  coalesce (new."comment", '') || char (10) || coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  '' WHERE new.deleted = 0;
END;

CREATE VIEW agreement_content AS SELECT id,
  coalesce ("title", '') AS title,
  coalesce (replace (replace ("tags", '\n', ' '), '\t', ' '), '') AS extra,
  coalesce ("summary", '') AS text
  FROM agreement WHERE deleted = 0;
CREATE VIRTUAL TABLE agreement_words USING fts5 (title, extra, text, content='agreement_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO agreement_words (agreement_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER agreement_words_insert AFTER INSERT ON agreement WHEN new.deleted = 0 BEGIN
  INSERT INTO agreement_words (rowid, title, extra, text) VALUES (new.id,
  coalesce (new."title", ''),
  coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (new."summary", ''));
END;
CREATE TRIGGER agreement_words_delete AFTER DELETE ON agreement WHEN old.deleted = 0 BEGIN
  INSERT INTO agreement_words (agreement_words, rowid, title, extra, text) VALUES ('delete', old.id,
  coalesce (old."title", ''),
  coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (old."summary", ''));
END;
CREATE TRIGGER agreement_words_update AFTER UPDATE OF "title", "tags", "summary", "deleted" ON agreement WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."title" IS NOT new."title" OR old."tags" IS NOT new."tags" OR old."summary" IS NOT new."summary" BEGIN
  INSERT INTO agreement_words (agreement_words, rowid, title, extra, text) SELECT 'delete', old.id,
  coalesce (old."title", ''),
  coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (old."summary", '') WHERE old.deleted = 0;
  INSERT INTO agreement_words (rowid, title, extra, text) SELECT new.id,
  coalesce (new."title", ''),
  coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (new."summary", '') WHERE new.deleted = 0;
END;

CREATE VIEW event_content AS SELECT id,
  coalesce ("title", '') AS title,
  coalesce (replace (replace ("tags", '\n', ' '), '\t', ' '), '') AS extra,
  coalesce ("summary", '') AS text
  FROM event WHERE deleted = 0;
CREATE VIRTUAL TABLE event_words USING fts5 (title, extra, text, content='event_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO event_words (event_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER event_words_insert AFTER INSERT ON event WHEN new.deleted = 0 BEGIN
  INSERT INTO event_words (rowid, title, extra, text) VALUES (new.id,
  coalesce (new."title", ''),
  coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (new."summary", ''));
END;
CREATE TRIGGER event_words_delete AFTER DELETE ON event WHEN old.deleted = 0 BEGIN
  INSERT INTO event_words (event_words, rowid, title, extra, text) VALUES ('delete', old.id,
  coalesce (old."title", ''),
  coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (old."summary", ''));
END;
CREATE TRIGGER event_words_update AFTER UPDATE OF "title", "tags", "summary", "deleted" ON event WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."title" IS NOT new."title" OR old."tags" IS NOT new."tags" OR old."summary" IS NOT new."summary" BEGIN
  INSERT INTO event_words (event_words, rowid, title, extra, text) SELECT 'delete', old.id,
  coalesce (old."title", ''),
  coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (old."summary", '') WHERE old.deleted = 0;
  INSERT INTO event_words (rowid, title, extra, text) SELECT new.id,
  coalesce (new."title", ''),
  coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (new."summary", '') WHERE new.deleted = 0;
END;

CREATE VIEW body_content AS SELECT id,
  coalesce ("name", '') || char (10) || coalesce ("acronym", '') AS title,
  coalesce (CASE WHEN json_valid ("names") THEN coalesce (json_extract ("names", '$.en'), '') || char (10) || coalesce (json_extract ("names", '$.tr'), '') || char (10) || coalesce (json_extract ("names", '$.ru'), '') END, '') AS extra,
  coalesce ("summary", '') AS text
  FROM body WHERE deleted = 0;
CREATE VIRTUAL TABLE body_words USING fts5 (title, extra, text, content='body_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO body_words (body_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER body_words_insert AFTER INSERT ON body WHEN new.deleted = 0 BEGIN
  INSERT INTO body_words (rowid, title, extra, text) VALUES (new.id,
  coalesce (new."name", '') || char (10) || coalesce (new."acronym", ''),
  coalesce (CASE WHEN json_valid (new."names") THEN coalesce (json_extract (new."names", '$.en'), '') || char (10) || coalesce (json_extract (new."names", '$.tr'), '') || char (10) || coalesce (json_extract (new."names", '$.ru'), '') END, ''),
  coalesce (new."summary", ''));
END;
CREATE TRIGGER body_words_delete AFTER DELETE ON body WHEN old.deleted = 0 BEGIN
  INSERT INTO body_words (body_words, rowid, title, extra, text) VALUES ('delete', old.id,
  coalesce (old."name", '') || char (10) || coalesce (old."acronym", ''),
  coalesce (CASE WHEN json_valid (old."names") THEN coalesce (json_extract (old."names", '$.en'), '') || char (10) || coalesce (json_extract (old."names", '$.tr'), '') || char (10) || coalesce (json_extract (old."names", '$.ru'), '') END, ''),
  coalesce (old."summary", ''));
END;
CREATE TRIGGER body_words_update AFTER UPDATE OF "name", "acronym", "names", "summary", "deleted" ON body WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."name" IS NOT new."name" OR old."acronym" IS NOT new."acronym" OR old."names" IS NOT new."names" OR old."summary" IS NOT new."summary" BEGIN
  INSERT INTO body_words (body_words, rowid, title, extra, text) SELECT 'delete', old.id,
  coalesce (old."name", '') || char (10) || coalesce (old."acronym", ''),
  coalesce (CASE WHEN json_valid (old."names") THEN coalesce (json_extract (old."names", '$.en'), '') || char (10) || coalesce (json_extract (old."names", '$.tr'), '') || char (10) || coalesce (json_extract (old."names", '$.ru'), '') END, ''),
  coalesce (old."summary", '') WHERE old.deleted = 0;
  INSERT INTO body_words (rowid, title, extra, text) SELECT new.id,
  coalesce (new."name", '') || char (10) || coalesce (new."acronym", ''),
  coalesce (CASE WHEN json_valid (new."names") THEN coalesce (json_extract (new."names", '$.en'), '') || char (10) || coalesce (json_extract (new."names", '$.tr'), '') || char (10) || coalesce (json_extract (new."names", '$.ru'), '') END, ''),
  coalesce (new."summary", '') WHERE new.deleted = 0;
END;

CREATE VIEW party_content AS SELECT id,
  coalesce ("name", '') AS title,
  coalesce (CASE WHEN json_valid ("names") THEN coalesce (json_extract ("names", '$.en'), '') || char (10) || coalesce (json_extract ("names", '$.tr'), '') || char (10) || coalesce (json_extract ("names", '$.ru'), '') END, '') || char (10) || coalesce (replace (replace ("aliases", '\n', ' '), '\t', ' '), '') AS extra,
  coalesce ("summary", '') AS text
  FROM party WHERE deleted = 0;
CREATE VIRTUAL TABLE party_words USING fts5 (title, extra, text, content='party_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO party_words (party_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER party_words_insert AFTER INSERT ON party WHEN new.deleted = 0 BEGIN
  INSERT INTO party_words (rowid, title, extra, text) VALUES (new.id,
  coalesce (new."name", ''),
  coalesce (CASE WHEN json_valid (new."names") THEN coalesce (json_extract (new."names", '$.en'), '') || char (10) || coalesce (json_extract (new."names", '$.tr'), '') || char (10) || coalesce (json_extract (new."names", '$.ru'), '') END, '') || char (10) || coalesce (replace (replace (new."aliases", '\n', ' '), '\t', ' '), ''),
  coalesce (new."summary", ''));
END;
CREATE TRIGGER party_words_delete AFTER DELETE ON party WHEN old.deleted = 0 BEGIN
  INSERT INTO party_words (party_words, rowid, title, extra, text) VALUES ('delete', old.id,
  coalesce (old."name", ''),
  coalesce (CASE WHEN json_valid (old."names") THEN coalesce (json_extract (old."names", '$.en'), '') || char (10) || coalesce (json_extract (old."names", '$.tr'), '') || char (10) || coalesce (json_extract (old."names", '$.ru'), '') END, '') || char (10) || coalesce (replace (replace (old."aliases", '\n', ' '), '\t', ' '), ''),
  coalesce (old."summary", ''));
END;
CREATE TRIGGER party_words_update AFTER UPDATE OF "name", "names", "aliases", "summary", "deleted" ON party WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."name" IS NOT new."name" OR old."names" IS NOT new."names" OR old."aliases" IS NOT new."aliases" OR old."summary" IS NOT new."summary" BEGIN
  INSERT INTO party_words (party_words, rowid, title, extra, text) SELECT 'delete', old.id,
  coalesce (old."name", ''),
  coalesce (CASE WHEN json_valid (old."names") THEN coalesce (json_extract (old."names", '$.en'), '') || char (10) || coalesce (json_extract (old."names", '$.tr'), '') || char (10) || coalesce (json_extract (old."names", '$.ru'), '') END, '') || char (10) || coalesce (replace (replace (old."aliases", '\n', ' '), '\t', ' '), ''),
  coalesce (old."summary", '') WHERE old.deleted = 0;
  INSERT INTO party_words (rowid, title, extra, text) SELECT new.id,
  coalesce (new."name", ''),
  coalesce (CASE WHEN json_valid (new."names") THEN coalesce (json_extract (new."names", '$.en'), '') || char (10) || coalesce (json_extract (new."names", '$.tr'), '') || char (10) || coalesce (json_extract (new."names", '$.ru'), '') END, '') || char (10) || coalesce (replace (replace (new."aliases", '\n', ' '), '\t', ' '), ''),
  coalesce (new."summary", '') WHERE new.deleted = 0;
END;

CREATE VIEW note_content AS SELECT id,
  coalesce ("title", '') AS title,
  coalesce (replace (replace ("tags", '\n', ' '), '\t', ' '), '') AS extra,
  coalesce ("text", '') AS text
  FROM note WHERE deleted = 0;
CREATE VIRTUAL TABLE note_words USING fts5 (title, extra, text, content='note_content', content_rowid='id', tokenize='memo', prefix='1 2 3', columnsize=0);
INSERT INTO note_words (note_words, rank) VALUES ('hashsize', 8388608);
CREATE TRIGGER note_words_insert AFTER INSERT ON note WHEN new.deleted = 0 BEGIN
  INSERT INTO note_words (rowid, title, extra, text) VALUES (new.id,
  coalesce (new."title", ''),
  coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (new."text", ''));
END;
CREATE TRIGGER note_words_delete AFTER DELETE ON note WHEN old.deleted = 0 BEGIN
  INSERT INTO note_words (note_words, rowid, title, extra, text) VALUES ('delete', old.id,
  coalesce (old."title", ''),
  coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (old."text", ''));
END;
CREATE TRIGGER note_words_update AFTER UPDATE OF "title", "tags", "text", "deleted" ON note WHEN (old.deleted = 0) <> (new.deleted = 0) OR old."title" IS NOT new."title" OR old."tags" IS NOT new."tags" OR old."text" IS NOT new."text" BEGIN
  INSERT INTO note_words (note_words, rowid, title, extra, text) SELECT 'delete', old.id,
  coalesce (old."title", ''),
  coalesce (replace (replace (old."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (old."text", '') WHERE old.deleted = 0;
  INSERT INTO note_words (rowid, title, extra, text) SELECT new.id,
  coalesce (new."title", ''),
  coalesce (replace (replace (new."tags", '\n', ' '), '\t', ' '), ''),
  coalesce (new."text", '') WHERE new.deleted = 0;
END;
