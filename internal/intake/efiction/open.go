package efiction

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/intake/record"
	"ficstead/internal/intake/sqldump"
)

var inserts = regexp.MustCompile("(?i)(?:INSERT\\s+(?:IGNORE\\s+)?INTO|CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?)\\s+(?:[`\"\\w]+\\.)?[`\"]?[^\\s`\"(]*fanfiction_[a-z]+\\b")

// Match reports whether text begins like a dump of eFiction; the first megabyte
// is enough.
func Match(head []byte) bool { return mayMatch(head) && inserts.Match(head) }

// mayMatch is cheap, and says no to nearly every story.
func mayMatch(head []byte) bool {
	const name = "fanfiction"
	for rest := head; ; {
		before, after, found := bytes.Cut(rest, []byte("_"))
		if !found || len(before) >= len(name) && bytes.EqualFold(before[len(before)-len(name):], []byte(name)) {
			return found
		}
		rest = after
	}
}

const (
	noDump   archive.Refusal = "This is no dump of an eFiction archive: it has no table fanfiction_stories. Choose the .sql file that holds the archive's tables."
	dumps    archive.Refusal = "The ZIP holds several dumps. Unpack it, and choose one."
	noneInIt archive.Refusal = "The ZIP holds no .sql file. Choose the dump of the database."
)

// Open reads all tables of a dump, packed by gzip or ZIP or not. Files may be
// nil. It keeps what it can of a dump that is cut; an error is a Refusal or Several.
func Open(dump io.Reader, files Files, o Options) (*Dump, error) {
	ts, err := load(dump)
	switch zip := (*zipfile.Error)(nil); {
	case errors.Is(err, sqldump.ErrSeveral):
		return nil, dumps
	case errors.Is(err, sqldump.ErrNone):
		return nil, noneInIt
	case errors.As(err, &zip):
		return nil, archive.Refusal(fmt.Sprintf("The ZIP cannot be read (%v). Unpack it, and bring the .sql file.", err))
	case err != nil:
		var refusal archive.Refusal
		if errors.As(err, &refusal) {
			return nil, err
		}
		return nil, archive.Refusal(fmt.Sprintf("The dump cannot be read (%v). Check that the file is whole.", err))
	}
	prefix, err := ts.choose(o.Prefix)
	if err != nil {
		return nil, err
	}
	d := &Dump{prefix: prefix, tables: ts.archives[prefix], files: files}
	d.read(ts, o.Tags)
	return d, nil
}

// choose finds the archive that is meant.
func (ts *tables) choose(prefix string) (string, error) {
	var full []string
	for _, p := range ts.order {
		if a := ts.archives[p]; a["stories"].len() > 0 || a["chapters"].len() > 0 {
			full = append(full, p)
		}
	}
	if slices.Contains(full, prefix) && (prefix != "" || len(full) == 1) {
		return prefix, nil
	}
	switch {
	case prefix != "":
		return "", archive.Refusal(fmt.Sprintf("The dump holds no archive whose tables begin with “%sfanfiction_”. It has: %s.", prefix, strings.Join(ts.order, ", ")))
	case len(full) == 0:
		return "", noDump
	case len(full) == 1:
		return full[0], nil
	}
	question := Several{}
	for _, p := range full {
		name := p
		if s, ok := ts.settings(p); ok {
			name = plainText(s.raw("sitename"))
		}
		question.Archives = append(question.Archives, Archive{Prefix: p, Name: name, Stories: ts.archives[p]["stories"].len()})
	}
	return "", question
}

// settings finds the row of settings for the archive of a prefix: one table may
// have rows for several.
func (ts *tables) settings(prefix string) (found row, ok bool) {
	var all []row
	for _, p := range append([]string{prefix}, ts.order...) {
		ts.archives[p]["settings"].each(func(r row) {
			if strings.EqualFold(r.word("tableprefix"), prefix) && !ok {
				found, ok = r, true
			}
			if p == prefix || len(ts.order) == 1 {
				all = append(all, r)
			}
		})
	}
	if !ok && len(all) > 0 {
		return all[0], true
	}
	// settings may have a prefix of their own, and be the only ones
	if !ok {
		n := 0
		for _, a := range ts.archives {
			a["settings"].each(func(r row) { found, n = r, n+1 })
		}
		ok = n == 1
	}
	return found, ok
}

// siteOf reads what the archive says of itself, and the name that its keys have.
func (d *Dump) siteOf(ts *tables) {
	s, ok := ts.settings(d.prefix)
	if !ok {
		d.note("doubt", "settings", "The dump has no settings of the archive, so its name and address are unknown: links to its old pages cannot be answered.")
		d.host = record.Slug(d.prefix)
		return
	}
	d.site = archive.RescuedSite{
		Name: plainText(s.raw("sitename")), Slogan: plainText(s.raw("slogan")), Language: text.Language(s.word("language")),
		URL: strings.TrimRight(s.word("url"), "/"),
	}
	d.version, d.store = s.word("version"), strings.ToLower(s.word("store"))
	d.storiesPath = strings.Trim(s.word("storiespath"), "/. ")
	d.siteKey = s.word("sitekey")
	if strings.Contains(d.site.URL, "yoursite.com") { // what it is before anybody sets it
		d.site.URL = ""
	}
	if d.site.URL != "" && !strings.Contains(d.site.URL, "://") {
		d.site.URL = "http://" + d.site.URL
	}
	d.host = archive.EFictionHost(d.site.URL)
	if d.host == "" {
		d.site.URL = ""
		d.note("doubt", "settings", "The settings have no address of the archive: links to its old pages cannot be answered.")
		d.host = record.Slug(d.site.Name)
	}
}

func (d *Dump) key(kind string, id int) string {
	return fmt.Sprintf("efiction:%s:%s:%d", d.host, kind, id)
}

// address is a page of the old archive, "" if nobody knows where it was.
func (d *Dump) address(page string) string {
	if d.site.URL == "" {
		return ""
	}
	return d.site.URL + "/" + page
}

// note adds a finding of the archive as a whole.
func (d *Dump) note(level, about, sentence string, where ...string) {
	d.findings = archive.MergeFindings(d.findings, finding(level, about, sentence, where...))
}

func finding(level, about, sentence string, where ...string) archive.Finding {
	return archive.Finding{Level: level, About: about, Text: sentence, Where: where, Count: max(1, len(where))}
}
