package fiction

import "testing"

func TestHeadings(t *testing.T) {
	cases := []struct {
		line   string
		kind   HeadingKind
		number int
		title  string
	}{
		{"Chapter 1", Chapter, 1, ""},
		{"CHAPTER XIV.", Chapter, 14, ""},
		{"Chapter Twenty-One: Home", Chapter, 21, "Home"},
		{"*** Chapter 3 - \"Rain\" ***", Chapter, 3, "Rain"},
		{"Chapter One (Rain)", Chapter, 1, "Rain"},
		{"Kapitel 2: Regen", Chapter, 2, "Regen"},
		{"Глава 5", Chapter, 5, ""},
		{"Chapter and verse, he said.", NoHeading, 0, ""},
		{"Chapter one of his life was over.", NoHeading, 0, ""},
		{"Part Two", Division, 2, ""},
		{"Part of the plan", NoHeading, 0, ""},
		{"Part one of the plan worked.", NoHeading, 0, ""},
		{"Prologue", Named, 0, ""},
		{"Epilogue: Snow", Named, 0, "Snow"},
		{"Prologue to a disaster", NoHeading, 0, ""},
		{"IV", Bare, 4, ""},
		{"12.", Bare, 12, ""},
		{"3. Snow", Bare, 3, "Snow"},
		{"3. He fell.", NoHeading, 0, ""},
		{"IIII", NoHeading, 0, ""},
		{"I am here", NoHeading, 0, ""},
		{"Erstes Kapitel", Chapter, 1, ""},
		{"Kapitel Zwei – Regen", Chapter, 2, "Regen"},
		{"Chapitre premier", Chapter, 1, ""},
		{"Chapitre vingt-deux : La pluie", Chapter, 22, "La pluie"},
		{"Capítulo III", Chapter, 3, ""},
		{"Capitolo quarto", Chapter, 4, ""},
		{"Hoofdstuk zeven", Chapter, 7, ""},
		{"Rozdział piąty", Chapter, 5, ""},
		{"Глава первая. Дождь", Chapter, 1, "Дождь"},
		{"Пролог", Named, 0, ""},
		{"Épilogue", Named, 0, ""},
		{"Chapter 4 The Long Way Home", Chapter, 4, "The Long Way Home"},
		{"Chapter 4 He went home.", NoHeading, 0, ""},
		{"Chapter forty two", Chapter, 42, ""},
		{"Part I loved best", NoHeading, 0, ""},
		{"Second Act", Division, 2, ""},
		{"\"Chapter One,\" he read.", NoHeading, 0, ""},
		{"First Chapter was the best, she said.", NoHeading, 0, ""},
		{"Act two of the play was worse.", NoHeading, 0, ""},
		{"", NoHeading, 0, ""},
	}
	for _, c := range cases {
		h := HeadingOf(c.line)
		if h.Kind != c.kind || h.Kind != NoHeading && (h.Number != c.number || h.Title != c.title) {
			t.Errorf("%q: %+v", c.line, h)
		}
	}
}
