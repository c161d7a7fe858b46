package fiction

import "testing"

func TestNoteOf(t *testing.T) {
	for want, lines := range map[Note][]string{
		Labelled: {"A/N: Yay! My first fanfic!", "A/n: Special thanks to", "**Disclaimer:** I own nothing.", "Disclaimer – I don't own anything", "AN: sorry", "Author's Note: hello", "Author’s notes - hello",
			"(A/N: sorry for the wait!)", "End notes: see you", "A/N I own nothing", "От автора: привет", "Note de l'auteur : bonjour", "Anmerkung der Autorin: hallo", "Beta'd by: Ann"},
		LabelOnly: {"Author's Note:", "Author's Note", "A/N", "Disclaimer:", "*Notes from the author*"},
		OnTop:     {"Summary: They meet.", "Warnings: death", "TW: blood"},
		NoNote: {"An hour later he came.", "An: the word.", "Disclaimers were read to them.", "\"Disclaimer: I own it,\" he said.", "Summary justice was done.", "Notes fell from the tree.",
			"Warning lights came on.", "Beta came in.", "a/c: broken", "Rating", "Copyright law bored him.", "Anna: come here."},
	} {
		for _, line := range lines {
			if got := NoteOf(line); got != want {
				t.Errorf("NoteOf(%q) = %d, want %d", line, got, want)
			}
		}
	}
}

func TestEdges(t *testing.T) {
	for _, line := range []string{"The End", "~ TBC ~", "To be continued...", "*fin*", "Please review!", "END OF CHAPTER 3"} {
		if !IsEnd(line) {
			t.Errorf("IsEnd(%q) is false", line)
		}
	}
	for line, want := range map[string]Chrome{
		"Actions": MayChrome, "Work Text:": IsChrome, "+ - Font Size + - Story Width": IsChrome, "(See the end of the chapter for notes.)": IsChrome, "Favorite: Story Author Follow: Story Author": IsChrome,
		"Please drop by the Archive and comment to let the creator know if you enjoyed their work!": IsChrome, "Comments (12)": IsChrome, "« Prev 3. Rain Next »": IsChrome,
		"Actions speak louder.": NoChrome, "Review": MayChrome, "He left a comment.": NoChrome, "3 comments": IsChrome, "": NoChrome,
	} {
		if got := ChromeOf(line); got != want {
			t.Errorf("ChromeOf(%q) = %d, want %d", line, got, want)
		}
	}
	if !LeadsOn("But enough of this chatter! On to the story!") || LeadsOn("He went on with his work.") {
		t.Error("LeadsOn")
	}
}
