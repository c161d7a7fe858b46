-- What lists show of works and stands in other tables, gathered so that a page of
-- twenty works is twenty rows and not six hundred. Names never change, so it is
-- right as long as it is written with the work. Each column is fields one behind
-- the other: numbers with a space after them, and texts as their length in bytes,
-- a space, and themselves.
CREATE TABLE work_names (
	work     {{int}} NOT NULL PRIMARY KEY REFERENCES work (id),
	chapters {{int}} NOT NULL, -- how many
	tags     TEXT NOT NULL,    -- id, kind, name of each
	creators TEXT NOT NULL,    -- id, name, account of each
	series   TEXT NOT NULL     -- id, title, number of each
) {{strict}};

INSERT INTO work_names (work, chapters, tags, creators, series)
SELECT w.id,
	(SELECT count(*) FROM chapter c WHERE c.work = w.id AND c.until = 0),
	coalesce((SELECT string_agg(t.id || ' ' || t.kind || ' ' || octet_length(t.name) || ' ' || t.name, '' ORDER BY wt.position)
		FROM work_tag wt JOIN tag t ON t.id = wt.tag WHERE wt.work = w.id), ''),
	coalesce((SELECT string_agg(c.id || ' ' || octet_length(c.name) || ' ' || c.name || octet_length(c.account) || ' ' || c.account, '' ORDER BY wc.position)
		FROM work_creator wc JOIN creator c ON c.id = wc.creator WHERE wc.work = w.id), ''),
	coalesce((SELECT string_agg(s.id || ' ' || octet_length(s.title) || ' ' || s.title || ws.number || ' ', '' ORDER BY ws.position)
		FROM work_series ws JOIN series s ON s.id = ws.series WHERE ws.work = w.id), '')
FROM work w ORDER BY w.id;
