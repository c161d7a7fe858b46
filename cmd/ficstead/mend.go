package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/intake"
)

type mendCommand struct {
	JSON bool   `name:"json" help:"Print everything as one JSON object." xor:"form"`
	HTML bool   `name:"html" help:"Print the clean text as HTML." xor:"form"`
	File string `arg:"" help:"The file to repair."`
}

// Run repairs one file and prints what it is, what was mended, and the result.
func (c mendCommand) Run(r *run) error {
	data, err := fileAt(c.File).Data()
	if err != nil {
		return err
	}
	m, _, err := intake.Read(c.File, data, nil)
	if err != nil {
		fmt.Fprintln(r.err, "ficstead:", intake.Sentence(err))
		return exit(exitRefused)
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
	printMends(r.out, m, isTerminal(r.out) && os.Getenv("NO_COLOR") == "")
	return nil
}

// printMends is for people: what it is, each mend in context, then the text.
func printMends(out io.Writer, m archive.Manuscript, colour bool) {
	red, green, bold, off := "", "", "", ""
	if colour {
		red, green, bold, off = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
	}
	fmt.Fprintf(out, "%s%s%s (%s%s)\n", bold, m.Title, off, m.Kind, prefixed(", ", m.Encoding))
	for _, count := range archive.CountMends(m.Mends) {
		fmt.Fprintf(out, "mended: %s ×%d\n", count.Rule, count.Count)
	}
	for _, mend := range m.Mends {
		mark := ""
		if !mend.Applied {
			mark = " (suggested)"
		}
		fmt.Fprintf(out, "\n%s, chapter %d, at %d%s\n%s- %s%s\n%s+ %s%s\n",
			mend.Rule, mend.Chapter, mend.At, mark, red, mend.Before, off, green, mend.After, off)
	}
	for _, proposal := range m.Proposals {
		fmt.Fprintf(out, "\nperhaps %s: %s. %s\n", proposal.Field, proposal.Value, proposal.Because)
	}
	for _, warning := range m.Warnings {
		fmt.Fprintf(out, "note: %s\n", warning)
	}
	for _, chapter := range m.Chapters {
		title := fmt.Sprintf("Chapter %d", chapter.Number)
		if chapter.Title != "" {
			title += ": " + chapter.Title
		}
		fmt.Fprintf(out, "\n%s%s%s\n\n%s\n", bold, title, off, chapter.Text.Text())
	}
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
	Mends           []archive.Mend     `json:"mends"`
	Proposals       []archive.Proposal `json:"proposals"`
	Messages        []string           `json:"messages"`
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

func toMendJSON(m archive.Manuscript) mendJSON {
	j := mendJSON{
		Kind: m.Kind, Encoding: m.Encoding, Title: m.Title, Creators: []string{}, Language: m.Language,
		Summary: m.Summary.Text(), Notes: m.Notes.Text(), EndNotes: m.EndNotes.Text(),
		Rating: firstOf(tagNames(m, archive.Rating)), Warnings: tagNames(m, archive.Warning), Categories: tagNames(m, archive.Category),
		Fandoms: tagNames(m, archive.Fandom), Relationships: tagNames(m, archive.Relationship),
		Characters: tagNames(m, archive.CharacterTag), Tags: tagNames(m, archive.Freeform), Series: []partJSON{},
		Published: day(m.Posted), Updated: day(m.Updated), Complete: m.Complete, ChaptersPlanned: m.ChaptersPlanned,
		SourceURL: m.Source.URL, Chapters: []chapterJSON{}, Mends: orEmpty(m.Mends), Proposals: orEmpty(m.Proposals),
		Messages: orEmpty(m.Warnings),
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
