-- A few runs of letters of each chapter as it is now, as hashes: two works that
-- have one in common may be copies of one story.
CREATE TABLE shingle (
	hash {{int}} NOT NULL,
	work {{int}} NOT NULL REFERENCES work (id),
	PRIMARY KEY (hash, work)
) {{bykey}};

CREATE INDEX shingle_work ON shingle (work);

-- Two works whose texts were compared and found alike; work is the smaller ID.
CREATE TABLE likeness (
	work     {{int}} NOT NULL REFERENCES work (id),
	other    {{int}} NOT NULL REFERENCES work (id),
	alike    {{int}} NOT NULL,  -- archive.Alike, of work to other
	of_work  {{int}} NOT NULL,  -- how much of each stands in the other, in parts of 10,000
	of_other {{int}} NOT NULL,
	apart    {{bool}} NOT NULL, -- a person said that both are to be kept
	PRIMARY KEY (work, other)
) {{bykey}};

CREATE INDEX likeness_other ON likeness (other);

-- The works that are here already are sampled in the background, newest first.
INSERT INTO setting (key, value) SELECT 'shingles.left', CAST(max(id) AS TEXT) FROM work HAVING max(id) IS NOT NULL;

-- What else the sources of a work call it: works that were united keep all keys.
CREATE TABLE work_key (
	keeper     {{int}} NOT NULL,
	source_key {{key}} NOT NULL,
	work       {{int}} NOT NULL REFERENCES work (id),
	PRIMARY KEY (keeper, source_key)
) {{bykey}};

CREATE INDEX work_key_work ON work_key (work);
