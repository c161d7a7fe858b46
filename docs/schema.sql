-- The tables of an archive as SQLite has them, made by all migrations together.
-- Written by go test ./internal/store -run TestSchema -update

CREATE TABLE migration (name TEXT PRIMARY KEY);

CREATE TABLE body (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	sum     BLOB NOT NULL UNIQUE, -- SHA-256 of the content
	size    INTEGER NOT NULL,         -- bytes of the content
	packing INTEGER NOT NULL,         -- of data: 0 as it is, 1 zstd
	data    BLOB NOT NULL
) STRICT;

CREATE TABLE work (
	id               INTEGER PRIMARY KEY AUTOINCREMENT,
	keeper           INTEGER NOT NULL,
	visibility       INTEGER NOT NULL, -- archive.Visibility
	revision         INTEGER NOT NULL,
	title            TEXT NOT NULL,
	recipients       TEXT NOT NULL,    -- JSON list of names
	collections      TEXT NOT NULL,    -- JSON list of names
	language         TEXT NOT NULL,
	summary          TEXT NOT NULL,    -- canonical HTML of base/prose, as are the notes
	notes            TEXT NOT NULL,
	end_notes        TEXT NOT NULL,
	chapters_planned INTEGER NOT NULL,
	complete         INTEGER NOT NULL,
	words            INTEGER NOT NULL,
	posted           INTEGER NOT NULL,
	updated          INTEGER NOT NULL,
	added            INTEGER NOT NULL,
	changed          INTEGER NOT NULL,
	kudos            INTEGER NOT NULL,
	hits             INTEGER NOT NULL,
	comments         INTEGER NOT NULL,
	bookmarks        INTEGER NOT NULL,
	source_url       TEXT NOT NULL,
	source_site      TEXT NOT NULL,
	source_key       TEXT NOT NULL
, no_text_search INTEGER NOT NULL DEFAULT FALSE, seal INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX work_source ON work (keeper, source_key) WHERE source_key <> '';

CREATE TABLE hold (
	work INTEGER NOT NULL REFERENCES work (id),
	body INTEGER NOT NULL REFERENCES body (id),
	PRIMARY KEY (work, body)
) STRICT, WITHOUT ROWID;

CREATE INDEX hold_body ON hold (body);

CREATE TABLE chapter (
	work      INTEGER NOT NULL,
	number    INTEGER NOT NULL,
	since     INTEGER NOT NULL, -- the revision that brought it
	until     INTEGER NOT NULL, -- the last that has it; 0 if the present one does
	title     TEXT NOT NULL,
	words     INTEGER NOT NULL,
	summary   INTEGER NOT NULL, -- these four are bodies
	notes     INTEGER NOT NULL,
	end_notes INTEGER NOT NULL,
	text      INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (work, number, since),
	FOREIGN KEY (work, summary) REFERENCES hold (work, body),
	FOREIGN KEY (work, notes) REFERENCES hold (work, body),
	FOREIGN KEY (work, end_notes) REFERENCES hold (work, body),
	FOREIGN KEY (work, text) REFERENCES hold (work, body)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
	work     INTEGER NOT NULL,
	number   INTEGER NOT NULL,
	changed  INTEGER NOT NULL,
	chapters INTEGER NOT NULL,
	words    INTEGER NOT NULL,
	why      TEXT NOT NULL,
	mends    INTEGER NOT NULL, -- body: JSON list of archive.Mend
	head     INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0, -- body: JSON of what the work's row and links said; 0 for the present one
	PRIMARY KEY (work, number),
	FOREIGN KEY (work, mends) REFERENCES hold (work, body),
	FOREIGN KEY (work, head) REFERENCES hold (work, body)
) STRICT, WITHOUT ROWID;

CREATE TABLE original (
	keeper    INTEGER NOT NULL,
	body      INTEGER NOT NULL,
	work      INTEGER NOT NULL,
	revision  INTEGER NOT NULL,  -- the revision it made or confirmed; 0 if it only stands beside
	kind      TEXT NOT NULL,     -- the format as recognised
	name      TEXT NOT NULL,
	added     INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0, -- its revision was taken back: bringing it in again is news
	PRIMARY KEY (keeper, body),
	FOREIGN KEY (work, body) REFERENCES hold (work, body)
) STRICT, WITHOUT ROWID;

CREATE INDEX original_work ON original (work, revision);

CREATE TABLE attachment (
	work       INTEGER NOT NULL,
	body       INTEGER NOT NULL,
	media_type TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (work, body),
	FOREIGN KEY (work, body) REFERENCES hold (work, body)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	kind      INTEGER NOT NULL, -- archive.Kind
	name      TEXT NOT NULL,
	key       TEXT NOT NULL,
	merged    INTEGER NOT NULL,
	canonical INTEGER NOT NULL
, seal INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX tag_key ON tag (key, kind);

CREATE INDEX tag_merged ON tag (merged) WHERE merged <> 0;

CREATE TABLE tag_link (
	parent INTEGER NOT NULL REFERENCES tag (id),
	child  INTEGER NOT NULL REFERENCES tag (id),
	sub    INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (parent, child)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_tag (
	work     INTEGER NOT NULL REFERENCES work (id),
	position INTEGER NOT NULL,
	tag      INTEGER NOT NULL REFERENCES tag (id),
	PRIMARY KEY (work, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE creator (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	name        TEXT NOT NULL,
	account     TEXT NOT NULL,
	url         TEXT NOT NULL,
	key         TEXT NOT NULL,
	account_key TEXT NOT NULL -- '' where account and name are one
, seal INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX creator_key ON creator (key, account_key);

CREATE TABLE work_creator (
	work     INTEGER NOT NULL REFERENCES work (id),
	position INTEGER NOT NULL,
	creator  INTEGER NOT NULL REFERENCES creator (id),
	PRIMARY KEY (work, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_creator_creator ON work_creator (creator);

CREATE TABLE series (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	title TEXT NOT NULL,
	url   TEXT NOT NULL,
	key   TEXT NOT NULL UNIQUE
, seal INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE work_series (
	work     INTEGER NOT NULL REFERENCES work (id),
	position INTEGER NOT NULL,
	series   INTEGER NOT NULL REFERENCES series (id),
	number   INTEGER NOT NULL,
	PRIMARY KEY (work, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_series_series ON work_series (series, number, work);

CREATE TABLE change (
	work INTEGER NOT NULL,
	tag  INTEGER NOT NULL,
	seq  INTEGER NOT NULL UNIQUE,
	PRIMARY KEY (work, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	owner   INTEGER NOT NULL,
	started INTEGER NOT NULL
) STRICT;

CREATE INDEX import_owner ON import (owner, id);

CREATE TABLE import_item (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	import   INTEGER NOT NULL REFERENCES import (id),
	name     TEXT NOT NULL,
	size     INTEGER NOT NULL,
	body     INTEGER NOT NULL REFERENCES body (id), -- 0 once it is done
	finished INTEGER NOT NULL,
	done     INTEGER NOT NULL,
	receipts BLOB NOT NULL -- zstd of a JSON list of archive.Receipt
) STRICT;

CREATE INDEX import_item_import ON import_item (import, id);

CREATE INDEX import_item_body ON import_item (body);

CREATE INDEX import_item_pending ON import_item (id) WHERE NOT done;

CREATE TABLE setting (
	key   TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
, seal INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
	work    INTEGER NOT NULL PRIMARY KEY REFERENCES work (id),
	content BLOB NOT NULL
, seal INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
	work     INTEGER NOT NULL REFERENCES work (id),
	revision INTEGER NOT NULL,
	origin   INTEGER NOT NULL, -- the revision whose file its text was read from
	chosen   TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0,    -- JSON list of archive.Chosen
	PRIMARY KEY (work, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE rescue (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	keeper     INTEGER NOT NULL,
	key        TEXT NOT NULL,
	kind       TEXT NOT NULL,
	version    TEXT NOT NULL,
	name       TEXT NOT NULL,
	slogan     TEXT NOT NULL,
	url        TEXT NOT NULL,
	language   TEXT NOT NULL,
	visibility INTEGER NOT NULL, -- archive.Visibility: of its pages, and of works still to come
	began      INTEGER NOT NULL,
	finished   INTEGER NOT NULL, -- the zero time until its first import has ended
	report     BLOB NOT NULL -- zstd of what the last import said
, seal INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX rescue_key ON rescue (keeper, key);

CREATE TABLE rescued_work (
	rescue   INTEGER NOT NULL REFERENCES rescue (id),
	key      TEXT NOT NULL,  -- of the story at the old archive
	work     INTEGER NOT NULL,
	pending  INTEGER NOT NULL,
	featured INTEGER NOT NULL,
	chapters TEXT NOT NULL,     -- JSON list of the numbers they had in addresses; '' where 1, 2, 3 …
	sum      BLOB NOT NULL, seal INTEGER NOT NULL DEFAULT 0, -- SHA-256 of all that was read of it: the same again is no news
	PRIMARY KEY (rescue, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX rescued_work_work ON rescued_work (work);

CREATE TABLE review_list (
	work   INTEGER NOT NULL,
	rescue INTEGER NOT NULL REFERENCES rescue (id),
	count  INTEGER NOT NULL,
	body   INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (work, rescue),
	FOREIGN KEY (work, body) REFERENCES hold (work, body)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_list_rescue ON review_list (rescue);

CREATE TABLE rescued_person (
	rescue  INTEGER NOT NULL REFERENCES rescue (id),
	key     TEXT NOT NULL,
	name    TEXT NOT NULL,
	email   TEXT NOT NULL,
	bio     TEXT NOT NULL,     -- canonical HTML of base/prose, as are summary, note and text below
	site    TEXT NOT NULL,
	joined  INTEGER NOT NULL,
	author  INTEGER NOT NULL,
	account TEXT NOT NULL,     -- what tells them from a creator of that name who is somebody else; or ''
	creator INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0,  -- 0 while no work here is by them
	PRIMARY KEY (rescue, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX rescued_person_creator ON rescued_person (creator);

CREATE TABLE rescued_series (
	rescue  INTEGER NOT NULL REFERENCES rescue (id),
	key     TEXT NOT NULL,
	title   TEXT NOT NULL,
	summary TEXT NOT NULL,
	owner   TEXT NOT NULL,  -- key of a person, or ''
	open    INTEGER NOT NULL, -- others could add to it
	reviews BLOB NOT NULL, -- zstd of a JSON list of archive.Review, of the series as a whole
	series  INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0,  -- 0 until it has a row of its own
	PRIMARY KEY (rescue, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX rescued_series_series ON rescued_series (series);

CREATE TABLE rescued_part (
	rescue    INTEGER NOT NULL,
	series    TEXT NOT NULL,
	position  INTEGER NOT NULL,
	story     TEXT NOT NULL,
	child     TEXT NOT NULL,
	number    INTEGER NOT NULL,
	confirmed INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0, -- its owner accepted it
	PRIMARY KEY (rescue, series, position),
	FOREIGN KEY (rescue, series) REFERENCES rescued_series (rescue, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX rescued_part_child ON rescued_part (rescue, child) WHERE child <> '';

CREATE TABLE rescued_favourite (
	rescue INTEGER NOT NULL REFERENCES rescue (id),
	person TEXT NOT NULL,
	target TEXT NOT NULL, -- key of a story, a series or a person
	note   TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (rescue, person, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE rescued_page (
	rescue   INTEGER NOT NULL REFERENCES rescue (id),
	name     TEXT NOT NULL,
	position INTEGER NOT NULL,
	title    TEXT NOT NULL,
	text     TEXT NOT NULL, signed TEXT NOT NULL DEFAULT '', written INTEGER NOT NULL DEFAULT -62135596800000000, comments BLOB NOT NULL DEFAULT x'', seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (rescue, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE shingle (
	hash INTEGER NOT NULL,
	work INTEGER NOT NULL REFERENCES work (id),
	PRIMARY KEY (hash, work)
) STRICT, WITHOUT ROWID;

CREATE INDEX shingle_work ON shingle (work);

CREATE TABLE likeness (
	work     INTEGER NOT NULL REFERENCES work (id),
	other    INTEGER NOT NULL REFERENCES work (id),
	alike    INTEGER NOT NULL,  -- archive.Alike, of work to other
	of_work  INTEGER NOT NULL,  -- how much of each stands in the other, in parts of 10,000
	of_other INTEGER NOT NULL,
	apart    INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0, -- a person said that both are to be kept
	PRIMARY KEY (work, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX likeness_other ON likeness (other);

CREATE TABLE work_key (
	keeper     INTEGER NOT NULL,
	source_key TEXT NOT NULL,
	work       INTEGER NOT NULL REFERENCES work (id), seal INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (keeper, source_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_key_work ON work_key (work);

CREATE INDEX tag_link_child ON tag_link (child);

CREATE INDEX work_no_text_search ON work (id) WHERE no_text_search;

CREATE TABLE work_names (
	work     INTEGER NOT NULL PRIMARY KEY REFERENCES work (id),
	chapters INTEGER NOT NULL, -- how many
	tags     TEXT NOT NULL,    -- id, kind, name of each
	creators TEXT NOT NULL,    -- id, name, account of each
	series   TEXT NOT NULL     -- id, title, number of each
, seal INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX work_unsealed ON work (seal, id) WHERE seal = 0 OR seal = -1;

CREATE INDEX work_names_unsealed ON work_names (seal, work) WHERE seal = 0 OR seal = -1;

CREATE INDEX chapter_unsealed ON chapter (seal, work, number, since) WHERE seal = 0 OR seal = -1;

CREATE INDEX revision_unsealed ON revision (seal, work, number) WHERE seal = 0 OR seal = -1;

CREATE INDEX original_unsealed ON original (seal, keeper, body) WHERE seal = 0 OR seal = -1;

CREATE INDEX attachment_unsealed ON attachment (seal, work, body) WHERE seal = 0 OR seal = -1;

CREATE INDEX tag_unsealed ON tag (seal, id) WHERE seal = 0 OR seal = -1;

CREATE INDEX tag_link_unsealed ON tag_link (seal, parent, child) WHERE seal = 0 OR seal = -1;

CREATE INDEX creator_unsealed ON creator (seal, id) WHERE seal = 0 OR seal = -1;

CREATE INDEX series_unsealed ON series (seal, id) WHERE seal = 0 OR seal = -1;

CREATE INDEX decision_unsealed ON decision (seal, work) WHERE seal = 0 OR seal = -1;

CREATE INDEX reading_unsealed ON reading (seal, work, revision) WHERE seal = 0 OR seal = -1;

CREATE INDEX work_key_unsealed ON work_key (seal, keeper, source_key) WHERE seal = 0 OR seal = -1;

CREATE INDEX likeness_unsealed ON likeness (seal, work, other) WHERE seal = 0 OR seal = -1;

CREATE INDEX setting_unsealed ON setting (seal, key) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescue_unsealed ON rescue (seal, id) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescued_work_unsealed ON rescued_work (seal, rescue, key) WHERE seal = 0 OR seal = -1;

CREATE INDEX review_list_unsealed ON review_list (seal, work, rescue) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescued_person_unsealed ON rescued_person (seal, rescue, key) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescued_series_unsealed ON rescued_series (seal, rescue, key) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescued_part_unsealed ON rescued_part (seal, rescue, series, position) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescued_favourite_unsealed ON rescued_favourite (seal, rescue, person, target) WHERE seal = 0 OR seal = -1;

CREATE INDEX rescued_page_unsealed ON rescued_page (seal, rescue, name) WHERE seal = 0 OR seal = -1;
