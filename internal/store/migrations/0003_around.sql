-- What changed last, and in which order: followers ask for all beyond the number
-- they have seen. One of work and tag is 0. A work that is gone keeps its row.
CREATE TABLE change (
	work {{int}} NOT NULL,
	tag  {{int}} NOT NULL,
	seq  {{int}} NOT NULL UNIQUE,
	PRIMARY KEY (work, tag)
) {{bykey}};

CREATE TABLE import (
	id      {{id}},
	owner   {{int}} NOT NULL,
	started {{int}} NOT NULL
) {{strict}};

CREATE INDEX import_owner ON import (owner, id);

CREATE TABLE import_item (
	id       {{id}},
	import   {{int}} NOT NULL REFERENCES import (id),
	name     TEXT NOT NULL,
	size     {{int}} NOT NULL,
	body     {{int}} NOT NULL REFERENCES body (id), -- 0 once it is done
	finished {{int}} NOT NULL,
	done     {{bool}} NOT NULL,
	receipts {{blob}} NOT NULL -- zstd of a JSON list of archive.Receipt
) {{strict}};

CREATE INDEX import_item_import ON import_item (import, id);
CREATE INDEX import_item_body ON import_item (body); -- does anything hold it?
CREATE INDEX import_item_pending ON import_item (id) WHERE NOT done;

CREATE TABLE setting (
	key   {{key}} NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) {{bykey}};
