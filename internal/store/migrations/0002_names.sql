-- Keys are folded by base/text, because the two databases fold differently.

-- merged is what a wrangler said, and canonical what follows from it: the end of
-- the chain. Keeping both makes taking a merge back exact.
CREATE TABLE tag (
	id        {{id}},
	kind      {{int}} NOT NULL, -- archive.Kind
	name      TEXT NOT NULL,
	key       {{key}} NOT NULL,
	merged    {{int}} NOT NULL,
	canonical {{int}} NOT NULL
) {{strict}};

CREATE UNIQUE INDEX tag_key ON tag (key, kind);
CREATE INDEX tag_merged ON tag (merged) WHERE merged <> 0;

CREATE TABLE tag_link (
	parent {{int}} NOT NULL REFERENCES tag (id),
	child  {{int}} NOT NULL REFERENCES tag (id),
	sub    {{bool}} NOT NULL,
	PRIMARY KEY (parent, child)
) {{bykey}};

CREATE TABLE work_tag (
	work     {{int}} NOT NULL REFERENCES work (id),
	position {{int}} NOT NULL,
	tag      {{int}} NOT NULL REFERENCES tag (id),
	PRIMARY KEY (work, position)
) {{bykey}};

CREATE TABLE creator (
	id          {{id}},
	name        TEXT NOT NULL,
	account     TEXT NOT NULL,
	url         TEXT NOT NULL,
	key         {{key}} NOT NULL,
	account_key {{key}} NOT NULL -- '' where account and name are one
) {{strict}};

CREATE UNIQUE INDEX creator_key ON creator (key, account_key);

CREATE TABLE work_creator (
	work     {{int}} NOT NULL REFERENCES work (id),
	position {{int}} NOT NULL,
	creator  {{int}} NOT NULL REFERENCES creator (id),
	PRIMARY KEY (work, position)
) {{bykey}};

CREATE INDEX work_creator_creator ON work_creator (creator); -- is anything left by them?

-- key is the address at the source, or else title and creators: two series of
-- one name by different people are two.
CREATE TABLE series (
	id    {{id}},
	title TEXT NOT NULL,
	url   TEXT NOT NULL,
	key   {{key}} NOT NULL UNIQUE
) {{strict}};

CREATE TABLE work_series (
	work     {{int}} NOT NULL REFERENCES work (id),
	position {{int}} NOT NULL,
	series   {{int}} NOT NULL REFERENCES series (id),
	number   {{int}} NOT NULL,
	PRIMARY KEY (work, position)
) {{bykey}};

CREATE INDEX work_series_series ON work_series (series, number, work);
