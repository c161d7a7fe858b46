package efiction

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/intake/record"
)

// told are the sentences about encodings, by what is found. UTF-8 needs none.
var told = map[string]string{
	"twice": "UTF-8 that had been taken for Latin-1 and encoded again, which was undone.",
	"other": "No UTF-8; read in the encoding that it was most likely written in, Windows-1252 at most archives.",
}

// encodingOf says how bytes are encoded, if not in UTF-8 or ASCII.
func encodingOf(c []byte) string {
	switch {
	case !utf8.Valid(c):
		return "other"
	case record.Reread(c):
		return "twice"
	}
	return ""
}

// tellEncodings says for each column of text how it was encoded, with a sample.
// Texts of chapters are told where they are read.
func (d *Dump) tellEncodings(columns map[string]string) {
	counts := map[string]int{}
	where := map[string][]string{}
	for _, kind := range slices.Sorted(maps.Keys(columns)) {
		for _, name := range strings.Fields(columns[kind]) {
			n, sample := map[string]int{}, map[string]cell{}
			d.tables[kind].each(func(r row) {
				c := r.raw(name)
				encoding := encodingOf(c)
				if encoding == "" || name == "storytext" {
					return
				}
				if n[encoding]++; n[encoding] == 1 {
					sample[encoding] = c
				}
			})
			for encoding, c := range sample {
				counts[encoding] += n[encoding]
				where[encoding] = append(where[encoding], fmt.Sprintf("%s.%s: %d, such as %q → “%s”", kind, name, n[encoding], around(string(c)), around(decoded(c))))
			}
		}
	}
	for _, encoding := range slices.Sorted(maps.Keys(where)) {
		f := archive.Finding{Level: "note", About: "encoding", Text: told[encoding], Where: where[encoding], Count: counts[encoding]}
		d.findings = archive.MergeFindings(d.findings, f)
	}
}

// around is the first place of s that is not ASCII, with a little beside it. An
// address of mail in it is not told.
func around(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
	from, to := max(0, at-20), min(len(s), at+20)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	part := s[from:to]
	if strings.Contains(part, "@") {
		return "…"
	}
	return strings.Join(strings.Fields(part), " ")
}
