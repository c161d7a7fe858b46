package intake

import (
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/intake/ao3"
	"ficstead/internal/intake/docx"
	"ficstead/internal/intake/fichub"
	"ficstead/internal/intake/htmlpage"
	"ficstead/internal/intake/odt"
	"ficstead/internal/intake/record"
	"ficstead/internal/repair/decode"
)

// Read reads one file, whatever its format, and mends it. Name is a hint for a
// title and nothing else. Source is the decoded text, which mends count their
// places in; it is "" for books. An error is a Refusal, or a fault in an EPUB
// that Sentence has words for.
//
// Choices are what a person said about its mends; nil leaves all to the rules.
// What shows only because something else was refused is told, and not applied.
func Read(name string, data []byte, choices archive.Choices) (m archive.Manuscript, source string, err error) {
	return read(name, data, choices, nil)
}

// read is Read for a file that may show pictures which stand beside it.
func read(name string, data []byte, choices archive.Choices, beside func(string) []byte) (archive.Manuscript, string, error) {
	if _, all := choices["*"]; len(choices) > 0 && !all {
		m, _, err := readOnce(name, data, nil, beside)
		if err != nil {
			return m, "", err
		}
		told := m.Mends
		m, source, err := readOnce(name, data, choices.Among(told), beside)
		m.Mends = withoutTwins(m.Mends, told)
		return m, source, err
	}
	return readOnce(name, data, choices, beside)
}

// withoutTwins leaves out what is found only because a mend of the same rule and
// the same damage was refused, by a later stage in other words.
func withoutTwins(mends, told []archive.Mend) []archive.Mend {
	key := func(m archive.Mend) string { return m.Rule + "\x00" + strings.Join(strings.Fields(m.Before), " ") }
	known, damage := map[string]bool{}, map[string]bool{}
	for _, m := range told {
		known[m.ID()], damage[key(m)] = true, true
	}
	return slices.DeleteFunc(mends, func(m archive.Mend) bool { return !m.Applied && !known[m.ID()] && damage[key(m)] })
}

func readOnce(name string, data []byte, choices archive.Choices, beside func(string) []byte) (archive.Manuscript, string, error) {
	return guarded(func() (m archive.Manuscript, source string, err error) {
		data, inside, err := unwrap(data)
		if err != nil {
			return m, "", err
		}
		if inside != nil {
			beside = inside
		}
		read := false
		var places *decode.Places
		if zipfile.Is(data) {
			m, err = readBook(name, data)
		} else if m, read, err = record.Read(data, choices); read {
			source = ""
		} else if m, read, err = readBytes(name, data); !read {
			m, source, places, err = readText(name, data, choices, beside)
		}
		if err != nil {
			return archive.Manuscript{}, "", err
		}
		if m, source, err = finish(m, name, source, choices); err == nil && places != nil {
			places.Move(m.Mends)
			source = places.Plain
		}
		return m, source, err
	})
}

// guarded makes a refusal of a fault in a reader: whatever strangers' files find
// in it must not end the batch.
func guarded(f func() (archive.Manuscript, string, error)) (m archive.Manuscript, source string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			m, source, err = archive.Manuscript{}, "", fmt.Errorf("%w (%v)", broken, fault)
		}
	}()
	return f()
}

// unwrap refuses what is no story by its bytes, and takes off the wrapping of
// files that browsers and recorders of pages pack one by one. Beside finds the
// pictures that are packed with the page; nil if there can be none.
func unwrap(data []byte) (page []byte, beside func(string) []byte, err error) {
	data, err = unpacked(data)
	if err != nil {
		return nil, nil, err
	}
	if saved, ok := openMHTML(data); ok {
		data, beside = saved.source(), saved.beside
	}
	return data, beside, refuseForeign(data)
}

func readBook(name string, data []byte) (archive.Manuscript, error) {
	if !epub.Is(data) {
		z, err := zipfile.Open(data, zipLimits())
		if err != nil {
			return archive.Manuscript{}, err
		}
		return readPacked(z)
	}
	b, err := epub.Read(data, epub.Limits())
	if err != nil {
		return archive.Manuscript{}, err
	}
	m, err := readPages(b, name)
	if err == nil {
		warnOfSeveral(&m, len(prefaces(b)))
	}
	return m, err
}

// sortZIP tells documents that are ZIPs from ZIPs of files.
func sortZIP(z *zipfile.Archive) archive.Refusal {
	switch {
	case docx.Match(z), odt.Match(z):
		return aDocument
	case z.File("[Content_Types].xml") != nil:
		return notText
	}
	return ofFiles
}

func readHTML(name, source string, beside func(string) []byte) (archive.Manuscript, error) {
	if err := checkTags(source); err != nil {
		return archive.Manuscript{}, err
	}
	source, unclosed := openComment(source)
	root, flattened := dom.Parse(source)
	album := album{}
	album.embed(root, beside)
	var m archive.Manuscript
	var err error
	if shape := ao3.Recognise(root); shape != ao3.Foreign {
		m, err = ao3.Read(root, shape)
	} else if fichub.Match(root) {
		m, err = ofSite(fichub.Read(root))
	} else {
		m, err = htmlpage.Read(root, name)
	}
	if err != nil {
		return m, err
	}
	album.hand(&m)
	if flattened > 0 {
		m.Warnings = append(m.Warnings, fmt.Sprintf("The page nests %d elements deeper than anything can show; what they hold was kept, without them.", flattened))
	}
	if unclosed {
		m.Warnings = append(m.Warnings, "A comment in the page never ends; it is shown, because the story may go on in it.")
	}
	warnOfSeveral(&m, strings.Count(source, workBox))
	return m, nil
}

// openComment makes text of the beginning of a comment that never ends: parsers
// of HTML take all that follows for a part of it.
func openComment(source string) (string, bool) {
	at := strings.LastIndex(source, "<!--")
	if at < 0 || strings.Contains(source[at:], "-->") || strings.Contains(source[at:], "--!>") || strings.HasPrefix(source[at:], "<!-->") {
		return source, false
	}
	for _, name := range [...]string{"script", "style"} {
		if strings.LastIndex(source[:at], "<"+name) > strings.LastIndex(source[:at], "</"+name) {
			return source, false
		}
	}
	return source[:at] + "&lt;!--" + source[at+4:], true
}

// readPages reads the pages of an EPUB, with their pictures.
func readPages(b *epub.Book, name string) (archive.Manuscript, error) {
	if err := checkBook(b); err != nil {
		return archive.Manuscript{}, err
	}
	album := album{}
	pages := album.open(b)
	bind(b, pages)
	m, err := readBound(b, pages, name)
	if err != nil {
		return m, err
	}
	album.hand(&m)
	return m, nil
}

// isWeb reports whether an address leads into the web.
func isWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}
