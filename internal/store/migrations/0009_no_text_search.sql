-- A creator may keep the text of a work out of every search.
ALTER TABLE work ADD COLUMN no_text_search {{bool}} NOT NULL DEFAULT FALSE;
CREATE INDEX work_no_text_search ON work (id) WHERE no_text_search;
