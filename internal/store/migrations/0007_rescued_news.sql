-- News is signed and dated, and people say something to it. The date is the year 1
-- where it is not known.
ALTER TABLE rescued_page ADD COLUMN signed TEXT NOT NULL DEFAULT '';
ALTER TABLE rescued_page ADD COLUMN written {{int}} NOT NULL DEFAULT -62135596800000000;
ALTER TABLE rescued_page ADD COLUMN comments {{blob}} NOT NULL DEFAULT {{nothing}}; -- zstd of a JSON list of archive.Review
