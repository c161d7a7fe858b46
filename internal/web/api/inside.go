package api

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/alike"
)

// inside are the places in one work.
type inside struct {
	Work   int64   `json:"work" minimum:"1" doc:"Public id of the work"`
	Places []place `json:"places" doc:"Three at most"`
	More   int     `json:"more" minimum:"0" doc:"How many there are besides"`
}

// place is a piece of a paragraph with what was looked for in it.
type place struct {
	Chapter   int    `json:"chapter" minimum:"1"`
	Paragraph int    `json:"paragraph" minimum:"0" doc:"Of the blocks of text of the chapter, from 1; 0 if only the chapter is known"`
	URL       string `json:"url" doc:"Of the paragraph on the chapter's page"`
	Text      string `json:"text"`
	Marks     []mark `json:"marks" doc:"What was looked for, in order and apart"`
	Before    bool   `json:"before" doc:"The paragraph begins earlier"`
	After     bool   `json:"after" doc:"The paragraph ends later"`
	Language  string `json:"language" doc:"BCP 47, empty if unknown"`
}

// mark is a stretch of a text, in bytes of UTF-8.
type mark struct {
	From int `json:"from" minimum:"0"`
	To   int `json:"to" minimum:"0"`
}

func tellInside(id archive.WorkID, found find.Passages) inside {
	told := inside{Work: id.Public(), Places: []place{}, More: found.More}
	for _, p := range found.List {
		told.Places = append(told.Places, tellPlace(id, p))
	}
	return told
}

func tellPlace(id archive.WorkID, p fulltext.Passage) place {
	told := place{Chapter: p.Chapter, Paragraph: p.Paragraph, URL: address.Paragraph(id, p.Chapter, p.Anchor), Text: p.Text, Marks: []mark{}, Before: p.Before, After: p.After, Language: p.Language}
	for _, m := range p.Marks {
		told.Marks = append(told.Marks, mark{m.From, m.To})
	}
	return told
}

// memory is what is remembered of a story.
type memory struct {
	Line     string `query:"line" doc:"A line of it, roughly" example:"she left the lamp burning in the window"`
	Fandom   string `query:"fandom" doc:"As it would be typed"`
	Ship     string `query:"ship" doc:"As it would be typed"`
	Words    string `query:"words" doc:"N, N-M, >N or <N"`
	Posted   string `query:"posted" doc:"2024, 2024-05, 2020..2023 or >2024-01-01"`
	Complete string `query:"complete" enum:"yes,no"`
	Lang     string `query:"lang" doc:"A BCP 47 code"`

	values url.Values
}

// Resolve keeps the parameters as they came.
func (m *memory) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	m.values = u.Query()
	return nil
}

// recalled is a chapter that may hold the line.
type recalled struct {
	Work  Work    `json:"work"`
	Place place   `json:"place"`
	Score float64 `json:"score" minimum:"0" doc:"How much of the line stands there, up to 1"`
}

type rememberedAnswer struct {
	Body struct {
		Chapters []recalled `json:"chapters" doc:"Ten at most, the likeliest first"`
		Loosened bool       `json:"loosened" doc:"Nothing fitted all else that was said, so the line alone was looked for"`
		Ignored  []ignored  `json:"ignored"`
	}
}

const (
	mostRecalled = 10
	maxLine      = 1000 // bytes of what is remembered
)

func (a *api) remember(ctx context.Context, in *memory) (*rememberedAnswer, error) {
	read := func(name string) string {
		s := strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(in.values.Get(name), "\x00", ""), ""))
		return strings.ToValidUTF8(s[:min(len(s), maxLine)], "")
	}
	q, problems := find.ParseQuestion(url.Values{"words": {read("words")}, "posted": {read("posted")}, "complete": {read("complete")}, "lang": {read("lang")}})
	m := find.Memory{Line: read("line"), Fandom: read("fandom"), Ship: read("ship"), Words: q.Words, Posted: q.Posted, Complete: q.Complete, Languages: q.Languages, Most: mostRecalled}
	if m.Line == "" {
		return nil, unreadable(errs.Problems{{Field: "line", Message: "Say a line of the story, roughly, in the parameter line."}})
	}
	found, err := a.site.Finder.Remember(ctx, viewer(ctx), m)
	if err != nil {
		return nil, err
	}
	var ids []archive.WorkID
	for _, c := range found.Chapters {
		ids = append(ids, c.Work)
	}
	works, err := a.works(ctx, ids)
	if err != nil {
		return nil, err
	}
	answer := &rememberedAnswer{}
	answer.Body.Chapters, answer.Body.Loosened, answer.Body.Ignored = []recalled{}, found.Loosened, tellIgnored(append(problems, found.Ignored...))
	for _, c := range found.Chapters {
		if w, ok := works[c.Work]; ok {
			answer.Body.Chapters = append(answer.Body.Chapters, recalled{tellWork(w), tellPlace(w.ID, c.Passage), c.Score})
		}
	}
	return answer, nil
}

// works are those of ids that the viewer may still see.
func (a *api) works(ctx context.Context, ids []archive.WorkID) (map[archive.WorkID]archive.Work, error) {
	seen := map[archive.WorkID]archive.Work{}
	err := a.site.Store.Read(ctx, func(tx *store.Tx) error {
		works, err := tx.Works(ids)
		for _, w := range works {
			if viewer(ctx).MaySeeWork(w) {
				seen[w.ID] = w
			}
		}
		return err
	})
	return seen, err
}

func tellIgnored(problems []find.Problem) []ignored {
	told := []ignored{}
	for _, p := range problems {
		told = append(told, ignored{p.Field, p.Message})
	}
	return told
}

// A suggestion is a work that is like another, and why.
type suggestion struct {
	Work    Work     `json:"work"`
	Reasons []reason `json:"reasons"`
}

// A reason is a tag that both works have.
type reason struct {
	Key  string `json:"key" doc:"For the parameter not, which strikes it"`
	ID   int64  `json:"id" minimum:"1"`
	Kind string `json:"kind" enum:"rating,warning,category,fandom,relationship,character,tag"`
	Name string `json:"name"`
}

type alikeAnswer struct {
	Body struct {
		Works  []suggestion `json:"works" doc:"Twelve at most, the most alike first"`
		Struck []reason     `json:"struck" doc:"Reasons that do not count"`
	}
}

const mostAlike = 12

func (a *api) listAlike(ctx context.Context, in *struct {
	ID  publicID `path:"id"`
	Not []string `query:"not,explode" doc:"Keys of reasons that do not count"`
}) (*alikeAnswer, error) {
	var work archive.Work
	err := a.site.Store.Read(ctx, func(tx *store.Tx) (err error) {
		work, err = loadWork(ctx, tx, in.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	found, err := a.site.Finder.Alike(ctx, viewer(ctx), work, alike.Struck(in.Not), mostAlike)
	if err != nil {
		return nil, fmt.Errorf("works like %d: %w", work.ID, err)
	}
	var ids []archive.WorkID
	for _, w := range found.Works {
		ids = append(ids, w.ID)
	}
	works, err := a.works(ctx, ids)
	if err != nil {
		return nil, err
	}
	answer := &alikeAnswer{}
	answer.Body.Works, answer.Body.Struck = []suggestion{}, tellReasons(found.Struck)
	for _, one := range found.Works {
		if w, ok := works[one.ID]; ok {
			answer.Body.Works = append(answer.Body.Works, suggestion{tellWork(w), tellReasons(one.Reasons)})
		}
	}
	return answer, nil
}

func tellReasons(reasons []find.Reason) []reason {
	told := []reason{}
	for _, r := range reasons {
		told = append(told, reason{r.Key, r.Tag.ID.Public(), r.Tag.Kind.String(), r.Tag.Name})
	}
	return told
}
