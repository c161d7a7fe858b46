package check

// questions are asked of the whole database; every answer is a damage.
var questions = []asked{
	{Reference, "contents of chapters", "Chapter %s names a text that is not there.", `
		SELECT c.work, CAST(c.number AS TEXT) FROM chapter c WHERE EXISTS (
			SELECT 1 FROM (SELECT c.summary AS id UNION SELECT c.notes UNION SELECT c.end_notes UNION SELECT c.text) part
			WHERE NOT EXISTS (SELECT 1 FROM hold h JOIN body b ON b.id = h.body WHERE h.work = c.work AND h.body = part.id))
		ORDER BY c.work, c.number`},
	{Reference, "contents of revisions", "Revision %s names a content that is not there.", `
		SELECT r.work, CAST(r.number AS TEXT) FROM revision r WHERE EXISTS (
			SELECT 1 FROM (SELECT r.mends AS id UNION SELECT r.head) part
			WHERE NOT EXISTS (SELECT 1 FROM hold h JOIN body b ON b.id = h.body WHERE h.work = r.work AND h.body = part.id))
		ORDER BY r.work, r.number`},
	{Reference, "originals", "The file that revision %s was read from is not there.", `
		SELECT o.work, CAST(o.revision AS TEXT) FROM original o WHERE NOT EXISTS (
			SELECT 1 FROM hold h JOIN body b ON b.id = h.body WHERE h.work = o.work AND h.body = o.body) ORDER BY o.work, o.revision`},
	{Reference, "pictures", "A picture is not there (content %s).", `
		SELECT a.work, CAST(a.body AS TEXT) FROM attachment a WHERE NOT EXISTS (
			SELECT 1 FROM hold h JOIN body b ON b.id = h.body WHERE h.work = a.work AND h.body = a.body) ORDER BY a.work, a.body`},
	{Reference, "holds of works", "What belongs to a work belongs to none (content %s).", `
		SELECT h.work, CAST(h.body AS TEXT) FROM hold h WHERE NOT EXISTS (SELECT 1 FROM work w WHERE w.id = h.work) ORDER BY h.work, h.body`},
	{Reference, "held contents", "A work holds a content that is not there (content %s).", `
		SELECT h.work, CAST(h.body AS TEXT) FROM hold h WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.id = h.body) ORDER BY h.work, h.body`},
	{Reference, "chapters of works", "Chapter %s belongs to a work that is not there.", `
		SELECT c.work, CAST(c.number AS TEXT) FROM chapter c WHERE NOT EXISTS (SELECT 1 FROM work w WHERE w.id = c.work) ORDER BY c.work, c.number`},
	{Reference, "tags of works", "A work has a tag that is not there (tag %s).", `
		SELECT x.work, CAST(x.tag AS TEXT) FROM work_tag x WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.id = x.tag) ORDER BY x.work, x.tag`},
	{Reference, "creators of works", "A work has a creator that is not there (creator %s).", `
		SELECT x.work, CAST(x.creator AS TEXT) FROM work_creator x WHERE NOT EXISTS (SELECT 1 FROM creator c WHERE c.id = x.creator) ORDER BY x.work, x.creator`},
	{Reference, "series of works", "A work is part of a series that is not there (series %s).", `
		SELECT x.work, CAST(x.series AS TEXT) FROM work_series x WHERE NOT EXISTS (SELECT 1 FROM series s WHERE s.id = x.series) ORDER BY x.work, x.series`},
	{Reference, "links of tags", "A tag stands below one that is not there, or the other way round (tag %s).", `
		SELECT 0, CAST(l.child AS TEXT) FROM tag_link l WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.id = l.parent)
			OR NOT EXISTS (SELECT 1 FROM tag t WHERE t.id = l.child) ORDER BY l.child`},
	{Reference, "waiting uploads", "The content of an upload that waits is not there (upload %s).", `
		SELECT 0, CAST(i.id AS TEXT) FROM import_item i WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.id = i.body) ORDER BY i.id`},
	{Reference, "decisions", "Something was decided about a work that is not there (work %s).", `
		SELECT d.work, CAST(d.work AS TEXT) FROM decision d WHERE NOT EXISTS (SELECT 1 FROM work w WHERE w.id = d.work) ORDER BY d.work`},
	{Reference, "likenesses", "A work is compared with one that is not there (work %s).", `
		SELECT l.work, CAST(l.other AS TEXT) FROM likeness l WHERE NOT EXISTS (SELECT 1 FROM work w WHERE w.id = l.work)
			OR NOT EXISTS (SELECT 1 FROM work w WHERE w.id = l.other) ORDER BY l.work, l.other`},
	{Log, "log of works", "The log of changes does not know work %s.", `
		SELECT w.id, CAST(w.id AS TEXT) FROM work w WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.work = w.id AND c.tag = 0) ORDER BY w.id`},
	{Log, "log of tags", "The log of changes does not know tag %s.", `
		SELECT 0, CAST(t.id AS TEXT) FROM tag t WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.tag = t.id AND c.work = 0) ORDER BY t.id`},
}

// chainQuestions are asked of revisions, which are to follow each other without a gap.
var chainQuestions = []asked{
	{Chain, "present revisions", "Its present revision, %s, is not there.", `
		SELECT w.id, CAST(w.revision AS TEXT) FROM work w
		WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.work = w.id AND r.number = w.revision) ORDER BY w.id`},
	{Chain, "revisions before", "Its revisions have a gap: the one before %s is not there.", `
		SELECT r.work, CAST(r.number AS TEXT) FROM revision r WHERE r.number > 1
			AND NOT EXISTS (SELECT 1 FROM revision p WHERE p.work = r.work AND p.number = r.number - 1) ORDER BY r.work, r.number`},
	{Chain, "revisions after", "It has revision %s, which is later than its present one.", `
		SELECT r.work, CAST(r.number AS TEXT) FROM revision r JOIN work w ON w.id = r.work WHERE r.number > w.revision ORDER BY r.work, r.number`},
	{Chain, "heads of revisions", "What it said in revision %s was not kept.", `
		SELECT r.work, CAST(r.number AS TEXT) FROM revision r JOIN work w ON w.id = r.work
		WHERE r.number < w.revision AND r.head = 0 ORDER BY r.work, r.number`},
	{Chain, "chapters of revisions", "Revision %s does not have as many chapters as were kept.", `
		SELECT r.work, CAST(r.number AS TEXT) FROM revision r WHERE r.chapters <> (
			SELECT count(*) FROM chapter c WHERE c.work = r.work AND c.since <= r.number AND (c.until = 0 OR c.until >= r.number))
		ORDER BY r.work, r.number`},
	{Chain, "order of chapters", "Chapter %s is there twice in one revision.", `
		SELECT c.work, CAST(c.number AS TEXT) FROM chapter c JOIN chapter d ON d.work = c.work AND d.number = c.number AND d.since > c.since
		WHERE c.until = 0 OR c.until >= d.since ORDER BY c.work, c.number`},
	{Chain, "files of revisions", "A file made revision %s, which is not there.", `
		SELECT o.work, CAST(o.revision AS TEXT) FROM original o WHERE o.revision <> 0
			AND NOT EXISTS (SELECT 1 FROM revision r WHERE r.work = o.work AND r.number = o.revision) ORDER BY o.work, o.revision`},
}

// references looks for rows that name what is not there.
func (c *checker) references() error { return c.askAll(questions) }

// chains looks for works whose revisions do not follow each other.
func (c *checker) chains() error { return c.askAll(chainQuestions) }

func (c *checker) askAll(list []asked) error {
	for _, a := range list {
		if err := c.unreadable(c.ask(a)); err != nil {
			return err
		}
	}
	return nil
}

// tags looks for synonyms that are not what they were merged into.
func (c *checker) tags() error {
	return c.askAll([]asked{
		{Reference, "synonyms", "Tag %s is a synonym of one that is not there, or that is a synonym itself.", `
			SELECT 0, CAST(t.id AS TEXT) FROM tag t WHERE t.canonical <> 0
				AND NOT EXISTS (SELECT 1 FROM tag c WHERE c.id = t.canonical AND c.canonical = 0) ORDER BY t.id`},
		{Reference, "merged tags", "Tag %s was merged into one that is not there.", `
			SELECT 0, CAST(t.id AS TEXT) FROM tag t WHERE t.merged <> 0
				AND NOT EXISTS (SELECT 1 FROM tag c WHERE c.id = t.merged) ORDER BY t.id`},
	})
}
