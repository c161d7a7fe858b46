package main

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/intake"
	"ficstead/internal/propose"
	"ficstead/internal/web/words"
)

type mendCommand struct {
	JSON   bool     `name:"json" help:"Print everything as one JSON object." xor:"form"`
	HTML   bool     `name:"html" help:"Print the clean text as HTML." xor:"form"`
	Color  string   `name:"color" enum:"auto,always,never" default:"auto" help:"Colour what was and what is: ${enum}. NO_COLOR is heeded."`
	Undo   []string `name:"undo" placeholder:"ID" help:"Leave these mends out, by the IDs that are printed."`
	Accept []string `name:"accept" placeholder:"ID" help:"Apply these suggestions."`
	Only   []string `name:"only" placeholder:"RULE" help:"Let these rules act, and no others."`
	File   string   `arg:"" help:"The file to repair."`
}

// Run repairs one file and prints what it is, what was mended, and the result.
func (c mendCommand) Run(r *run) error {
	for _, rule := range c.Only {
		if known := words.Rules(); !slices.Contains(known, rule) {
			return fmt.Errorf("there is no rule %q; the rules are %s", rule, strings.Join(known, ", "))
		}
	}
	data, err := fileAt(c.File).Data()
	if err != nil {
		return err
	}
	m, err := c.read(data)
	if err != nil {
		fmt.Fprintln(r.err, "ficstead:", intake.Sentence(err))
		return exit(exitRefused)
	}
	if err := c.propose(r, &m.Manuscript); err != nil {
		return err
	}
	for _, id := range c.unknown(m) {
		fmt.Fprintf(r.err, "ficstead: no mend has the ID %q as the text is read now\n", id)
	}
	switch {
	case c.JSON:
		return json.NewEncoder(r.out).Encode(toMendJSON(m))
	case c.HTML:
		for _, chapter := range m.Chapters {
			if chapter.Title != "" {
				fmt.Fprintf(r.out, "<h2>%s</h2>\n", html.EscapeString(chapter.Title))
			}
			fmt.Fprintln(r.out, chapter.Text.HTML())
		}
		return nil
	}
	newPrinter(r.out, c.Color).print(m)
	return nil
}

// propose adds what a work seems to be that does not say so. What its names mean
// is asked of an archive if one is named.
func (c mendCommand) propose(r *run, m *archive.Manuscript) error {
	w := archive.Work{Title: m.Title, Creators: m.Creators, Language: m.Language, Tags: m.Tags, Series: m.Series, Summary: m.Summary, Notes: m.Notes}
	subject := propose.Subject{File: c.File, Work: w, Chapters: m.Chapters}
	if !r.named {
		m.Proposals = append(m.Proposals, propose.For(subject, nil)...)
		return nil
	}
	s, err := r.openExisting(r.ctx)
	if err != nil { // nothing is there yet that could be asked
		m.Proposals = append(m.Proposals, propose.For(subject, nil)...)
		return nil
	}
	defer s.Close()
	finder, err := find.Open(r.ctx, s, find.Options{Snapshot: r.keptIndex()})
	if err != nil {
		return err
	}
	view := propose.View{Context: r.ctx, Store: s, Finder: finder, Viewer: archive.Viewer{Person: archive.Owner}}
	m.Proposals = append(m.Proposals, propose.For(subject, view)...)
	return nil
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// mendJSON is the outward form of a manuscript; scripts rely on it.
type mendJSON struct {
	Kind            string             `json:"kind"`
	Encoding        string             `json:"encoding"`
	Title           string             `json:"title"`
	Creators        []string           `json:"creators"`
	Summary         string             `json:"summary"`
	Notes           string             `json:"notes"`
	EndNotes        string             `json:"end_notes"`
	Language        string             `json:"language"`
	Rating          string             `json:"rating"`
	Warnings        []string           `json:"warnings"`
	Categories      []string           `json:"categories"`
	Fandoms         []string           `json:"fandoms"`
	Relationships   []string           `json:"relationships"`
	Characters      []string           `json:"characters"`
	Tags            []string           `json:"tags"`
	Series          []partJSON         `json:"series"`
	Published       string             `json:"published"`
	Updated         string             `json:"updated"`
	Complete        bool               `json:"complete"`
	ChaptersPlanned int                `json:"chapters_planned"`
	SourceURL       string             `json:"source_url"`
	Chapters        []chapterJSON      `json:"chapters"`
	Mends           []oneMendJSON      `json:"mends"`
	Proposals       []archive.Proposal `json:"proposals"`
	Messages        []string           `json:"messages"`
}

type oneMendJSON struct {
	ID   string       `json:"id"`
	Tier archive.Tier `json:"tier"`
	archive.Mend
}

type partJSON struct {
	Title string `json:"title"`
	Part  int    `json:"part"`
}

type chapterJSON struct {
	Title    string `json:"title"`
	Summary  string `json:"summary"`
	Notes    string `json:"notes"`
	EndNotes string `json:"end_notes"`
	HTML     string `json:"html"`
}

func toMendJSON(read mended) mendJSON {
	m := read.Manuscript
	j := mendJSON{
		Kind: m.Kind, Encoding: m.Encoding, Title: m.Title, Creators: []string{}, Language: m.Language,
		Summary: m.Summary.Text(), Notes: m.Notes.Text(), EndNotes: m.EndNotes.Text(),
		Rating: firstOf(tagNames(m, archive.Rating)), Warnings: tagNames(m, archive.Warning), Categories: tagNames(m, archive.Category),
		Fandoms: tagNames(m, archive.Fandom), Relationships: tagNames(m, archive.Relationship),
		Characters: tagNames(m, archive.CharacterTag), Tags: tagNames(m, archive.Freeform), Series: []partJSON{},
		Published: day(m.Posted), Updated: day(m.Updated), Complete: m.Complete, ChaptersPlanned: m.ChaptersPlanned,
		SourceURL: m.Source.URL, Chapters: []chapterJSON{}, Mends: []oneMendJSON{}, Proposals: orEmpty(m.Proposals),
		Messages: orEmpty(m.Warnings),
	}
	for _, mend := range m.Mends {
		j.Mends = append(j.Mends, oneMendJSON{mend.ID(), read.decisions.Proposed(mend).Tier(), mend})
	}
	for _, creator := range m.Creators {
		j.Creators = append(j.Creators, creator.String())
	}
	for _, part := range m.Series {
		j.Series = append(j.Series, partJSON{part.Series.Title, part.Number})
	}
	for _, c := range m.Chapters {
		j.Chapters = append(j.Chapters, chapterJSON{c.Title, c.Summary.Text(), c.Notes.Text(), c.EndNotes.Text(), c.Text.HTML()})
	}
	return j
}

func tagNames(m archive.Manuscript, kind archive.Kind) []string {
	names := []string{}
	for _, tag := range m.Tags {
		if tag.Kind == kind {
			names = append(names, tag.Name)
		}
	}
	return names
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
