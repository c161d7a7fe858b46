package htmlpage

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// Kind is the name of the format.
const Kind = "html"

var (
	begins = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b`)
	blocks = regexp.MustCompile(`(?i)</?(?:p|br|div|h[1-6]|blockquote|center|table|td)\b[^<>]*>`)
)

// fewBlocks is how many letters of a text there may be for each tag of a block
// if the text is HTML: a paragraph of 400 words.
const fewBlocks = 2500

// IsPage reports whether s, decoded, begins as a page does.
func IsPage(s string) bool { return begins.MatchString(s[:min(len(s), 1<<16)]) }

// IsMarkedUp reports whether s is HTML throughout, if not a whole page. A text
// with a tag in it here and there is not.
func IsMarkedUp(s string) bool {
	tags := len(blocks.FindAllStringIndex(s, -1))
	return tags >= 3 && tags*fewBlocks >= len(s)
}

const noText archive.Refusal = "The page holds no story: there is no text in it that is not navigation. Open the story itself, and save that page."

// judge refuses what holds no story but tells of one, and reports whether there
// is a list of chapters beside it. The error is a Refusal.
func judge(content *html.Node) (lists bool, err error) {
	if content == nil {
		return false, noText
	}
	said := dom.Text(content)
	lists = listed.MatchString(said)
	switch {
	case onlyTells(content):
		return lists, elsewhere
	case lists && onlyLists(said):
		return lists, noChapters
	}
	return lists, nil
}

// listed is how sites list the chapters of a story, each with what it counts.
var listed = regexp.MustCompile(`(?i)\[Reviews - \d+\] \([\d,]+ words\)|\bWord count: [\d,]+ - Reviews: \d+\b`)

// onlyLists reports whether a page has no room for a story beside its list of
// chapters and what is said above it.
func onlyLists(said string) bool {
	const above, row = 250, 30 // words
	return len(strings.Fields(said)) < above+row*len(listed.FindAllStringIndex(said, -1))
}

// toStory is what sites call the link from the page about a story to the story.
var toStory = regexp.MustCompile(`(?i)^(?:start |begin )?read(?:ing)? (?:the |this )?(?:fan ?fic(?:tion)?|story|chapter 1)$`)

var factLabels = regexp.MustCompile(`(?i)\b(?:author|date sent|published|updated|rating|rated|category|genre|description|summary|length|characters) ?: `)

const elsewhere archive.Refusal = "The page tells about a story and does not hold it. Open the story, and save that page."

// onlyTells reports whether a page has no room for the story that it leads to.
func onlyTells(content *html.Node) bool {
	const most, least = 250, 3 // words; facts with labels
	said := dom.Text(content)
	if len(strings.Fields(said)) > most || len(factLabels.FindAllStringIndex(said, least)) < least {
		return false
	}
	for a := range dom.Each(content, "a[href]") {
		if toStory.MatchString(dom.Text(a)) {
			return true
		}
	}
	return false
}

const noChapters archive.Refusal = "The page seems to list the chapters of a story and not to hold them. Open a chapter, or the printer's version of the story, and save that page."

// Read reads a parsed page. Name is that of its file. The error is a Refusal.
func Read(root *html.Node, name string) (archive.Manuscript, error) {
	m := archive.Manuscript{Kind: Kind}
	describe(&m, root)
	if refusal := obstacle(root); refusal != "" {
		return archive.Manuscript{}, refusal
	}
	facts := fanfictionNet(root)
	if facts != nil && dom.First(root, "#storytext,#storytextp") == nil {
		return archive.Manuscript{}, noText
	}
	archived := readEfiction(root)
	if archived != nil && listed.MatchString(dom.Text(dom.First(root, "body"))) && dom.First(root, "#story,.chapter,.chaptertitle") == nil {
		return archive.Manuscript{}, noChapters
	}
	if readFanFicFare(&m, root) {
		if !fillFare(&m, dom.First(root, "body")) {
			return archive.Manuscript{}, noText
		}
		return m, nil
	}
	entry, info := readJournal(root), readStoryInfo(root)
	recipient, collection := readExchange(root)
	readCurrents(&m, root)
	clean(root)
	if archived != nil && archived.takeApart(&m, root) {
		return m, nil
	}
	content := find(root)
	if story := dom.First(root, "#story"); archived != nil && !dom.IsBlank(story) {
		content = story
	}
	lists, err := judge(content)
	if err != nil {
		return archive.Manuscript{}, err
	}
	if lists {
		m.Warnings = append(m.Warnings, string(noChapters))
	}
	m.Title = title(root, content)
	if m.Source.URL == "" {
		m.Source = archivedAt(content)
	}
	absolute(dom.First(root, "body"), m.Source.URL)
	if len(m.Creators) == 0 {
		m.Creators = byline(root)
	}
	m.Title = withoutCreator(m.Title, m.Creators)
	takeTitle(content, m.Title)
	m.Creators = takeByline(content, m.Creators)
	if facts == nil {
		trim(content, hostOf(m.Source.URL))
	}
	text := m.Prose(dom.Inner(content))
	if text.IsEmpty() {
		return archive.Manuscript{}, noText
	}
	if m.Title == "" {
		m.Title, text = titleAbove(text)
	}
	if len(m.Creators) == 0 {
		m.Creators = bylineIn(text)
	}
	m.Title = withoutCreator(m.Title, m.Creators)
	m.Chapters = []archive.Chapter{{Number: 1, Text: text}}
	switch {
	case facts != nil:
		facts.fill(&m)
	case archived != nil:
		m.Chapters[0].Notes, m.Chapters[0].EndNotes = archived.before, archived.after
		archived.fill(&m)
	case entry != nil:
		entry.fill(&m)
	}
	fillInfo(&m, info)
	if recipient != "" {
		m.Recipient, m.Collections = append(m.Recipient, recipient), append(m.Collections, collection)
	}
	return m, nil
}
