package words

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rules says what each rule of mending does: its name in a reader's words, and a
// sentence of what it does and why that is right.
var rules = map[string][2]string{
	"chapters":          {"Chapters in one piece", "Lines that name a chapter begin one now."},
	"copy-breaks":       {"Scene breaks that another copy has", "Another copy of the work breaks the scene here, and this one lost it."},
	"copy-italics":      {"Italics that another copy has", "Another copy of the work sets these words in italics or bold, and this one lost it."},
	"copy-paragraphs":   {"Paragraphs that another copy has", "Another copy of the work begins a paragraph here, and this one lost it."},
	"copy-spaces":       {"Spaces that another copy has", "Another copy of the work has the space between these words, and this one lost it."},
	"doubled-chapter":   {"Chapters that stand there twice", "The chapter says what one before it says; it is left out if you say so."},
	"doubled-paragraph": {"Paragraphs that stand there twice", "The same paragraph came twice in a row, as when a file is joined of parts that overlap; one of them is left out."},
	"encoding":          {"Characters in another encoding", "The file was written for another system and its letters were read as others. They are read as what they were."},
	"entities":          {"Codes of web pages", "Codes like &quot; stood in the text where a sign was meant; the sign stands there now."},
	"fused":             {"Words grown together", "Two words stood without the space between them; both are words, and the whole is none."},
	"heading":           {"Headings in the text", "The title of the chapter stood in its text once more; it is left out."},
	"hyphen":            {"Words divided at the end of a line", "A hyphen that only divided a word where a line ended is gone, as the rest of the text spells that word."},
	"invisible":         {"Invisible characters", "Characters that nobody sees, and that break search and reading aloud, are taken out."},
	"italics":           {"Italics marked with signs", "Words between underscores, slashes or asterisks were meant to be italic or bold, and are."},
	"line-breaks":       {"Paragraphs made of line breaks", "Paragraphs were only parted by breaks of the line; they are paragraphs now."},
	"lost-break":        {"Scene breaks that were lost", "A larger gap than elsewhere stood where one scene ends and the next begins; a scene break stands there."},
	"lost-italics":      {"Words grown together around lost italics", "Where a program took out the marks of italics it took the space beside them too."},
	"lost-paragraphs":   {"Paragraphs that were lost", "Paragraphs ran together into one; where somebody else begins to speak, a new one begins."},
	"markup":            {"Tags in the text", "Tags like <i> or [b] stood in the text as they are; now they do what they say."},
	"misread":           {"Letters that a scanner misread", "A word that is none becomes one if a letter is read as the one that it is taken for."},
	"mojibake":          {"Garbled characters", "Letters that were encoded twice, such as â€™ for an apostrophe, are what they were."},
	"newlines":          {"Line ends of another system", "Lines that end as on old systems end as everywhere."},
	"notes":             {"Notes of the creator in the text", "Notes to the reader stood within the text; they stand before or after it, as notes."},
	"paragraphs":        {"Paragraphs", "Paragraphs were parted by indents or by line ends alone; they are paragraphs now."},
	"pasted-twice":      {"Chapters pasted twice", "The second half of the chapter says the first once more; it is left out if you say so."},
	"possible-break":    {"Where a scene may end", "Nothing is left of a scene break here, but the time, the place or who is there changes."},
	"quotes":            {"Quotation marks", "Quotation marks that were lost or doubled on their way stand as they do in the rest of the text."},
	"running-head":      {"Page headings in the text", "Titles and page numbers that were printed on each page stood in mid-sentence; they are left out."},
	"scene-break":       {"Scene breaks", "Rows of signs between scenes are scene breaks, which every reader shows alike."},
	"site-line":         {"Lines of the site", "Lines that a site put into the text, such as its menu or its buttons, are left out."},
	"spacing":           {"Empty paragraphs that were only spacing", "Empty lines between all paragraphs are left out: every reader sets its own distance."},
	"underline":         {"Emphasis marked with lines", "A row of signs under a line was meant as its underline."},
	"wrap":              {"Lines broken in mid-sentence", "Each line ended at the same width, in the middle of sentences; the lines of a paragraph are joined."},
}

// Rule is what a rule of mending is called, and a sentence about it; "" if there
// is nothing to say but the name.
func Rule(rule string) (name, about string) {
	if words, ok := rules[rule]; ok {
		return words[0], words[1]
	}
	if rule == "" {
		return "Mends", ""
	}
	name = strings.ReplaceAll(rule, "-", " ")
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[n:], ""
}

// Rules lists the rules that Rule has words for, in order.
func Rules() []string { return slices.Sorted(maps.Keys(rules)) }

// Sureness is a confidence in words; numbers would claim more than is known.
func Sureness(confidence float64) string {
	switch {
	case confidence >= 0.95:
		return "certain"
	case confidence >= 0.75:
		return "quite sure"
	}
	return "a guess"
}

// fields are what proposals are about, in a reader's words.
var fields = map[string]string{
	"title": "Title", "creator": "By", "creators": "By", "language": "Language", "rating": "Rating", "series": "Series",
	"warnings": "Warning", "categories": "Category", "fandoms": "Fandom", "relationships": "Relationship", "characters": "Character", "tags": "Tag",
}

// Field names what a proposal is about.
func Field(name string) string {
	name = strings.ToLower(name)
	for _, spelled := range []string{name, name + "s"} {
		if words, ok := fields[spelled]; ok {
			return words
		}
	}
	if number, ok := strings.CutPrefix(name, "chapter "); ok {
		return "Title of chapter " + strings.TrimSuffix(number, " title")
	}
	name, _ = Rule(name)
	return name
}
