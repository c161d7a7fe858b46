package measure

import (
	"slices"
	"testing"

	"ficstead/bench/rescue/truth"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

func work(blocks ...truth.Block) Flat {
	return OfTruth(&truth.Work{Chapters: []truth.Chapter{{Text: blocks}}})
}

func read(notes, html string) Flat {
	return OfManuscript(&archive.Manuscript{Chapters: []archive.Chapter{{Notes: prose.Parse(notes), Text: prose.Parse(html)}}})
}

var scene = truth.Block{Break: true}

func TestCompare(t *testing.T) {
	is := work(truth.Paragraph("It was {not} Buffy."), scene, truth.Paragraph("“Oh,” he said."), truth.Paragraph("{Run!}"))
	for _, c := range []struct {
		name, html                    string
		errors                        int
		joins, paras, scenes, italics PRF
	}{
		{"perfect", "<p>It was <i>not</i> Buffy.</p><hr><p>“Oh,” he said.</p><p><i>Run!</i></p>", 0,
			PRF{3, 0, 0}, PRF{2, 0, 0}, PRF{1, 0, 0}, PRF{2, 0, 0}},
		{"untouched", "<p>It wasnotBuffy.</p><p>“Oh,” he said. Run!</p>", 2,
			PRF{1, 0, 2}, PRF{1, 0, 1}, PRF{0, 0, 1}, PRF{0, 0, 2}},
		{"wrong", "<p>It wa s <i>not B</i>uffy.</p><p>“Oh,”</p><hr><p>he said.</p><p><i>Run!</i></p>", 1,
			PRF{3, 1, 0}, PRF{2, 1, 0}, PRF{0, 1, 1}, PRF{1, 1, 1}},
	} {
		before := Look(&is, read("", "<p>It wasnotBuffy.</p><p>“Oh,” hesaid. Run!</p>"))
		s := Compare(&is, before, Look(&is, read("", c.html)), Para)
		if s.Errors != c.errors || s.Joins != c.joins || s.Paras != c.paras || s.Scenes != c.scenes || s.Italics != c.italics {
			t.Errorf("%s: errors %d joins %v paragraphs %v scenes %v italics %v", c.name, s.Errors, s.Joins, s.Paras, s.Scenes, s.Italics)
		}
	}
}

func TestExactAndNotes(t *testing.T) {
	is := OfTruth(&truth.Work{Chapters: []truth.Chapter{{Notes: []truth.Block{truth.Paragraph("Thanks for reading.")},
		Text: []truth.Block{truth.Paragraph("Café au lait."), truth.Paragraph("Plain."), truth.Paragraph("Déjà vu.")}}}})
	after := Look(&is, read("<p>A/N: Thanks for reading.</p>", "<p>Café au lait.</p><p>Plain.</p><p>DÃ©jà vu.</p>"))
	s := Compare(&is, after, after, Para)
	if s.Exact != (Share{1, 2}) || s.Notes != (PRF{1, 0, 0}) {
		t.Errorf("exact %v, notes %v", s.Exact, s.Notes)
	}
	after = Look(&is, read("<p>Thanks for reading.</p><p>Café au lait.</p>", "<p>Plain.</p><p>Déjà vu.</p>"))
	if s = Compare(&is, after, after, Para); s.Notes != (PRF{1, 1, 0}) {
		t.Errorf("notes %v", s.Notes)
	}
}

func TestHarms(t *testing.T) {
	is := work(truth.Paragraph("One {two} three."), truth.Paragraph("…"), truth.Paragraph("Mr.\u00a0Potter kept...but\nsang."))
	clean := "<p>One <i>two</i> three.</p><p>…</p><p>Mr.\u00a0Potter kept...but<br>sang.</p>"
	for _, c := range []struct {
		html string
		want []string
	}{
		{clean, nil},
		{"<p>One <i>two</i> three.</p><hr><p>Mr.\u00a0Potter kept...but<br>sang.</p>", []string{"characters lost, break added"}},
		{"<p>One two three.</p><p>…</p><p>Mr. Potter kept... but sang.</p>", []string{"italics lost", "hard space", "space added", "line end lost"}},
		{"<p>One <i>two</i> three.</p><p>…</p><p>Mr.\u00a0Potter kept...but</p><p><i>sang</i>.</p>", []string{"line became paragraph, italics added"}},
	} {
		var got []string
		for _, h := range Harms(&is, Look(&is, read("", clean)), Look(&is, read("", c.html))) {
			got = append(got, h.Kind())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q, want\n%q", c.html, got, c.want)
		}
	}
	if n := len(Harms(&is, Look(&is, read("", "<p>Onetwothree.</p>")), Look(&is, read("", "<p>One two three.</p>")))); n != 0 {
		t.Errorf("a repair is %d harms", n)
	}
}
