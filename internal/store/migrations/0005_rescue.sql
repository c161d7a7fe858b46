-- An archive that was brought in whole, out of another program's dump. Its key is
-- what the keys of all its things begin with, such as "efiction:example.org".
CREATE TABLE rescue (
	id         {{id}},
	keeper     {{int}} NOT NULL,
	key        {{key}} NOT NULL,
	kind       TEXT NOT NULL,
	version    TEXT NOT NULL,
	name       TEXT NOT NULL,
	slogan     TEXT NOT NULL,
	url        TEXT NOT NULL,
	language   TEXT NOT NULL,
	visibility {{int}} NOT NULL, -- archive.Visibility: of its pages, and of works still to come
	began      {{int}} NOT NULL,
	finished   {{int}} NOT NULL, -- the zero time until its first import has ended
	report     {{blob}} NOT NULL -- zstd of what the last import said
) {{strict}};

CREATE UNIQUE INDEX rescue_key ON rescue (keeper, key);

-- What became of each of its stories. A work that was removed here keeps its row,
-- with work 0, so that bringing the same dump in again does not bring it back.
CREATE TABLE rescued_work (
	rescue   {{int}} NOT NULL REFERENCES rescue (id),
	key      {{key}} NOT NULL,  -- of the story at the old archive
	work     {{int}} NOT NULL,
	pending  {{bool}} NOT NULL,
	featured {{bool}} NOT NULL,
	chapters TEXT NOT NULL,     -- JSON list of the numbers they had in addresses; '' where 1, 2, 3 …
	sum      {{blob}} NOT NULL, -- SHA-256 of all that was read of it: the same again is no news
	PRIMARY KEY (rescue, key)
) {{bykey}};

CREATE INDEX rescued_work_work ON rescued_work (work);

-- What readers wrote about a work at the old archive, all of it in one body: a
-- JSON list of archive.Review.
CREATE TABLE review_list (
	work   {{int}} NOT NULL,
	rescue {{int}} NOT NULL REFERENCES rescue (id),
	count  {{int}} NOT NULL,
	body   {{int}} NOT NULL,
	PRIMARY KEY (work, rescue),
	FOREIGN KEY (work, body) REFERENCES hold (work, body)
) {{bykey}};

CREATE INDEX review_list_rescue ON review_list (rescue);

-- The people of the old archive: pseuds that nobody has claimed. Their addresses
-- are for claiming only, and shown to nobody.
CREATE TABLE rescued_person (
	rescue  {{int}} NOT NULL REFERENCES rescue (id),
	key     {{key}} NOT NULL,
	name    TEXT NOT NULL,
	email   TEXT NOT NULL,
	bio     TEXT NOT NULL,     -- canonical HTML of base/prose, as are summary, note and text below
	site    TEXT NOT NULL,
	joined  {{int}} NOT NULL,
	author  {{bool}} NOT NULL,
	account TEXT NOT NULL,     -- what tells them from a creator of that name who is somebody else; or ''
	creator {{int}} NOT NULL,  -- 0 while no work here is by them
	PRIMARY KEY (rescue, key)
) {{bykey}};

CREATE INDEX rescued_person_creator ON rescued_person (creator);

CREATE TABLE rescued_series (
	rescue  {{int}} NOT NULL REFERENCES rescue (id),
	key     {{key}} NOT NULL,
	title   TEXT NOT NULL,
	summary TEXT NOT NULL,
	owner   {{key}} NOT NULL,  -- key of a person, or ''
	open    {{bool}} NOT NULL, -- others could add to it
	reviews {{blob}} NOT NULL, -- zstd of a JSON list of archive.Review, of the series as a whole
	series  {{int}} NOT NULL,  -- 0 until it has a row of its own
	PRIMARY KEY (rescue, key)
) {{bykey}};

CREATE INDEX rescued_series_series ON rescued_series (series);

-- A part is a story or a series; the other key is ''.
CREATE TABLE rescued_part (
	rescue    {{int}} NOT NULL,
	series    {{key}} NOT NULL,
	position  {{int}} NOT NULL,
	story     {{key}} NOT NULL,
	child     {{key}} NOT NULL,
	number    {{int}} NOT NULL,
	confirmed {{bool}} NOT NULL, -- its owner accepted it
	PRIMARY KEY (rescue, series, position),
	FOREIGN KEY (rescue, series) REFERENCES rescued_series (rescue, key)
) {{bykey}};

CREATE INDEX rescued_part_child ON rescued_part (rescue, child) WHERE child <> '';

CREATE TABLE rescued_favourite (
	rescue {{int}} NOT NULL REFERENCES rescue (id),
	person {{key}} NOT NULL,
	target {{key}} NOT NULL, -- key of a story, a series or a person
	note   TEXT NOT NULL,
	PRIMARY KEY (rescue, person, target)
) {{bykey}};

-- Pages that are no stories: rules, help, news.
CREATE TABLE rescued_page (
	rescue   {{int}} NOT NULL REFERENCES rescue (id),
	name     {{key}} NOT NULL,
	position {{int}} NOT NULL,
	title    TEXT NOT NULL,
	text     TEXT NOT NULL,
	PRIMARY KEY (rescue, name)
) {{bykey}};
