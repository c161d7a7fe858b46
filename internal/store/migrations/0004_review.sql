-- What a person said about how a work is read, and what its file proposed: zstd
-- of JSON of archive.Decisions.
CREATE TABLE decision (
	work    {{int}} NOT NULL PRIMARY KEY REFERENCES work (id),
	content {{blob}} NOT NULL
) {{bykey}};

-- Revisions that a person had a part in. Those without a row chose what the one
-- before them did, and were read from the file that came with them.
CREATE TABLE reading (
	work     {{int}} NOT NULL REFERENCES work (id),
	revision {{int}} NOT NULL,
	origin   {{int}} NOT NULL, -- the revision whose file its text was read from
	chosen   TEXT NOT NULL,    -- JSON list of archive.Chosen
	PRIMARY KEY (work, revision)
) {{bykey}};
