-- Content that never changes, kept once: texts of chapters, originals, pictures.
-- Row 0 is the empty content, so that "no notes" needs no NULL.
CREATE TABLE body (
	id      {{id}},
	sum     {{blob}} NOT NULL UNIQUE, -- SHA-256 of the content
	size    {{int}} NOT NULL,         -- bytes of the content
	packing {{int}} NOT NULL,         -- of data: 0 as it is, 1 zstd
	data    {{blob}} NOT NULL
) {{strict}};

INSERT INTO body (id, sum, size, packing, data) VALUES (0, {{nothing}}, 0, 0, {{nothing}});

-- A work as it is now. Zero times are the year 1, as in Go.
CREATE TABLE work (
	id               {{id}},
	keeper           {{int}} NOT NULL,
	visibility       {{int}} NOT NULL, -- archive.Visibility
	revision         {{int}} NOT NULL,
	title            TEXT NOT NULL,
	recipients       TEXT NOT NULL,    -- JSON list of names
	collections      TEXT NOT NULL,    -- JSON list of names
	language         TEXT NOT NULL,
	summary          TEXT NOT NULL,    -- canonical HTML of base/prose, as are the notes
	notes            TEXT NOT NULL,
	end_notes        TEXT NOT NULL,
	chapters_planned {{int}} NOT NULL,
	complete         {{bool}} NOT NULL,
	words            {{int}} NOT NULL,
	posted           {{int}} NOT NULL,
	updated          {{int}} NOT NULL,
	added            {{int}} NOT NULL,
	changed          {{int}} NOT NULL,
	kudos            {{int}} NOT NULL,
	hits             {{int}} NOT NULL,
	comments         {{int}} NOT NULL,
	bookmarks        {{int}} NOT NULL,
	source_url       TEXT NOT NULL,
	source_site      TEXT NOT NULL,
	source_key       {{key}} NOT NULL
) {{strict}};

-- A person keeps one copy of what a source calls one work.
CREATE UNIQUE INDEX work_source ON work (keeper, source_key) WHERE source_key <> '';

-- Which bodies a work needs, in any of its revisions. A body that nothing holds
-- is removed with the work that held it last.
CREATE TABLE hold (
	work {{int}} NOT NULL REFERENCES work (id),
	body {{int}} NOT NULL REFERENCES body (id),
	PRIMARY KEY (work, body)
) {{bykey}};

CREATE INDEX hold_body ON hold (body);

-- A chapter as it stood from one revision to another, so that a revision costs
-- only the chapters it changed.
CREATE TABLE chapter (
	work      {{int}} NOT NULL,
	number    {{int}} NOT NULL,
	since     {{int}} NOT NULL, -- the revision that brought it
	until     {{int}} NOT NULL, -- the last that has it; 0 if the present one does
	title     TEXT NOT NULL,
	words     {{int}} NOT NULL,
	summary   {{int}} NOT NULL, -- these four are bodies
	notes     {{int}} NOT NULL,
	end_notes {{int}} NOT NULL,
	text      {{int}} NOT NULL,
	PRIMARY KEY (work, number, since),
	FOREIGN KEY (work, summary) REFERENCES hold (work, body),
	FOREIGN KEY (work, notes) REFERENCES hold (work, body),
	FOREIGN KEY (work, end_notes) REFERENCES hold (work, body),
	FOREIGN KEY (work, text) REFERENCES hold (work, body)
) {{bykey}};

CREATE TABLE revision (
	work     {{int}} NOT NULL,
	number   {{int}} NOT NULL,
	changed  {{int}} NOT NULL,
	chapters {{int}} NOT NULL,
	words    {{int}} NOT NULL,
	why      TEXT NOT NULL,
	mends    {{int}} NOT NULL, -- body: JSON list of archive.Mend
	head     {{int}} NOT NULL, -- body: JSON of what the work's row and links said; 0 for the present one
	PRIMARY KEY (work, number),
	FOREIGN KEY (work, mends) REFERENCES hold (work, body),
	FOREIGN KEY (work, head) REFERENCES hold (work, body)
) {{bykey}};

-- The files a work was read from, byte for byte. A keeper's file belongs to one
-- work: that is how the same file is known again.
CREATE TABLE original (
	keeper    {{int}} NOT NULL,
	body      {{int}} NOT NULL,
	work      {{int}} NOT NULL,
	revision  {{int}} NOT NULL,  -- the revision it made or confirmed; 0 if it only stands beside
	kind      TEXT NOT NULL,     -- the format as recognised
	name      TEXT NOT NULL,
	added     {{int}} NOT NULL,
	withdrawn {{bool}} NOT NULL, -- its revision was taken back: bringing it in again is news
	PRIMARY KEY (keeper, body),
	FOREIGN KEY (work, body) REFERENCES hold (work, body)
) {{bykey}};

CREATE INDEX original_work ON original (work, revision);

-- The pictures of a work.
CREATE TABLE attachment (
	work       {{int}} NOT NULL,
	body       {{int}} NOT NULL,
	media_type TEXT NOT NULL,
	PRIMARY KEY (work, body),
	FOREIGN KEY (work, body) REFERENCES hold (work, body)
) {{bykey}};
