package frame

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// story is long enough for a note to be a small part of it.
var story = strings.Repeat(`<p>"The boat is late," said Ann, and looked at the harbour, where nothing moved.</p><p>Peter said nothing of the boat, because nobody had asked him.</p>`, 12)

const last = `<p>They went home again.</p>`

func TestChapter(t *testing.T) {
	for _, c := range []struct {
		name, title string
		above       string // what stands above the story
		below       string // and below it
		keptAbove   string // what is left of each
		keptBelow   string
		notes       string // what became notes, or part of them
		endNotes    string
		rules       string
	}{
		{name: "nothing"},
		{name: "a note above", above: "<p>A/N: My first fic! Please review.</p>", notes: "My first fic", rules: "notes"},
		{name: "and a disclaimer", above: "<p><b>Disclaimer:</b> I own nothing.</p><p>A/N: hello</p>", notes: "<strong>Disclaimer:</strong> I own nothing.</p><p>A/N: hello", rules: "notes notes"},
		{name: "a note up to a break", above: "<p>Author's Note: thanks for the reviews!</p><p>This chapter is short, sorry for that.</p><hr>", notes: "This chapter is short", rules: "notes"},
		{name: "a story that goes on behind a note", above: "<p>A/N: hello</p><p>It rained on the day.</p><hr>", keptAbove: "<p>It rained on the day.</p><hr>", notes: "hello", rules: "notes"},
		{name: "a note that leads on", above: "<p>A/N: I own nothing.</p><p>Thanks for reading this story. Now on with the story!</p><p>My beta is great.</p>", keptAbove: "<p>My beta is great.</p>", notes: "on with the story", rules: "notes"},
		{name: "a label alone", above: "<h3>Author's Note</h3><p>Thank you all for the reviews!</p><hr>", notes: "Thank you all", rules: "notes"},
		{name: "a note below", below: "<hr><p>A/N: Thank you for reading.</p><p>More next week.</p>", endNotes: "More next week", rules: "notes"},
		{name: "the end stays", below: "<p>The End</p><p>Author's notes: Thank you.</p>", keptBelow: "<p>The End</p>", endNotes: "Thank you", rules: "notes"},
		{name: "to be continued stays", below: "<p>TBC</p><p>Please review!</p>", keptBelow: "<p>TBC</p><p>Please review!</p>"},
		{name: "a scene behind a note", below: "<p>A/N: hello</p><hr><p>\"No,\" said Ann.</p>", keptBelow: "<p>A/N: hello</p><hr><p>\"No,\" said Ann.</p>"},
		{name: "a remark in brackets", below: "<p>(A/N: a pun.)</p><p>Peter laughed.</p>", keptBelow: "<p>(A/N: a pun.)</p><p>Peter laughed.</p>"},
		{name: "a story about notes", above: "<p>Notes fell from the sky.</p>", keptAbove: "<p>Notes fell from the sky.</p>"},
		{name: "somebody who disclaims", above: "<p>\"Disclaimer: I own it,\" said Ann.</p>", keptAbove: "<p>\"Disclaimer: I own it,\" said Ann.</p>"},
		{name: "a heading", title: "The Storm", above: "<h2>Chapter 3: The Storm</h2>", rules: "heading"},
		{name: "a heading as a paragraph", title: "The Storm", above: "<p><strong>THE STORM</strong></p>", rules: "heading"},
		{name: "a number that is known", above: "<p>Chapter Three</p>", rules: "heading"},
		{name: "another number", above: "<p>Chapter Four</p>", keptAbove: "<p>Chapter Four</p>"},
		{name: "a title that nobody knows", above: "<p>Chapter 3: The Storm</p>", keptAbove: "<p>Chapter 3: The Storm</p>"},
		{name: "a sentence like the title", title: "It Rained", above: "<p>It rained.</p>", keptAbove: "<p>It rained.</p>"},
		{name: "a site's lines", above: "<p>Actions</p><p>Share</p><h3>Work Text:</h3>", below: "<p>Please drop by the Archive and comment to let the creator know if you enjoyed their work!</p>", rules: "site-line site-line site-line site-line"},
		{name: "one word that a site has too", above: "<p>Actions</p>", keptAbove: "<p>Actions</p>"},
		{name: "note, heading and site", title: "Rain", above: "<p>+ - Font Size + -</p><h2>Rain</h2><p>A/N: hi</p>", notes: "A/N: hi", rules: "site-line heading notes"},
	} {
		d := prose.Parse(c.above + story + last + c.below)
		chapter := archive.Chapter{Text: d}
		rules, number := judge(&chapter, c.title, true)
		if want := prose.Parse(c.keptAbove + story + last + c.keptBelow); !chapter.Text.Equal(want) {
			t.Errorf("%s: %s … %s", c.name, chapter.Text.HTML()[:80], chapter.Text.HTML()[len(chapter.Text.HTML())-120:])
		}
		if rules != c.rules {
			t.Errorf("%s: rules %q, want %q", c.name, rules, c.rules)
		}
		for what, pair := range map[string][2]string{"notes": {chapter.Notes.HTML(), c.notes}, "end notes": {chapter.EndNotes.HTML(), c.endNotes}} {
			if !strings.Contains(pair[0], pair[1]) || pair[1] == "" && pair[0] != "" {
				t.Errorf("%s: %s are %s, want %s", c.name, what, pair[0], pair[1])
			}
		}
		if again, _ := judge(&chapter, c.title, true); again != "" {
			t.Errorf("%s: again there are %s", c.name, again)
		}
		refused := archive.Chapter{Text: d}
		if _, asked := judge(&refused, c.title, false); !refused.Text.Equal(d) || !refused.Notes.IsEmpty() || !refused.EndNotes.IsEmpty() || asked < number && number > 0 && asked == 0 {
			t.Errorf("%s: refused, it is %s", c.name, refused.Text.HTML()[:80])
		}
	}
}

// judge runs Chapter and returns the rules that were told, in order.
func judge(c *archive.Chapter, title string, yes bool) (rules string, n int) {
	var told []string
	Chapter(c, 3, title, func(m archive.Mend, key string) bool {
		told = append(told, m.Rule)
		return yes
	})
	return strings.Join(told, " "), len(told)
}

func TestShare(t *testing.T) {
	c := archive.Chapter{Text: prose.Parse("<p>A/N: this note says a lot of things that nobody asked for, and is long.</p><p>He came.</p><p>He left.</p>")}
	if Chapter(&c, 1, "", func(archive.Mend, string) bool { return true }) {
		t.Error("a note that is most of a chapter was moved")
	}
}
