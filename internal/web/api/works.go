package api

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/text"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/listing"
)

// Listing is the parameters of a listing, as the document tells of them.
// find.ParseQuestion reads them, here as on the pages. It has a capital because
// it stands within others, as Work does.
type Listing struct {
	Q          string   `query:"q" doc:"A question in the query language" example:"ship:\"A/B\" -angst words:>10000"`
	Include    []string `query:"include,explode" doc:"Ids of tags: works with all of them"`
	Exclude    []string `query:"exclude,explode" doc:"Ids of tags: works with none of them"`
	Any        []string `query:"any,explode" doc:"Ids of tags: works with at least one of them"`
	Focus      []string `query:"focus,explode" doc:"Ids of relationships and characters: works that are mainly about all of them"`
	Words      string   `query:"words" doc:"N, N-M, >N or <N" example:"1000-5000"`
	Chapters   string   `query:"chapters" doc:"N, N-M, >N or <N"`
	Kudos      string   `query:"kudos" doc:"N, N-M, >N or <N"`
	Hits       string   `query:"hits" doc:"N, N-M, >N or <N"`
	Comments   string   `query:"comments" doc:"N, N-M, >N or <N"`
	Bookmarks  string   `query:"bookmarks" doc:"N, N-M, >N or <N"`
	Updated    string   `query:"updated" doc:"2024, 2024-05, 2020..2023 or >2024-01-01"`
	Posted     string   `query:"posted" doc:"As updated"`
	Complete   string   `query:"complete" enum:"yes,no"`
	Crossover  string   `query:"crossover" enum:"yes,no"`
	Otp        string   `query:"otp" enum:"yes,no" doc:"Works with one relationship and no other"`
	Restricted string   `query:"restricted" enum:"yes,no"`
	Lang       []string `query:"lang,explode" doc:"BCP 47 codes: works in one of them"`
	Creator    string   `query:"creator" doc:"Id of a creator"`
	Series     string   `query:"series" doc:"Id of a series"`
	Status     string   `query:"status" doc:"On the reader's shelf"`
	Sort       string   `query:"sort" enum:"updated,posted,words,kudos,hits,comments,bookmarks,title,creator,best,loved,random" doc:"loved: well loved for its size; it is an order and nothing else"`
	Dir        string   `query:"dir" enum:"asc,desc"`
	Seed       string   `query:"seed" doc:"For sort=random: the same number gives the same order"`
	Page       string   `query:"page" doc:"From 1" example:"1"`
	After      string   `query:"after" doc:"The next of an answer: the works behind it, at any depth; page is passed over"`
	Per        string   `query:"per" enum:"20,50,100" doc:"Works on a page"`

	values url.Values
}

// Resolve keeps the parameters as they came.
func (l *Listing) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	l.values = u.Query()
	return nil
}

// counted is a tag or language with how many of the works found have it.
type counted[ID any] struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count" minimum:"0"`
}

type (
	tagCount      = counted[int64]
	languageCount = counted[string]
)

// facets are counts by group: ten at most, the most frequent first, and then
// those the question chose.
type facets struct {
	Rating       []tagCount      `json:"rating"`
	Warning      []tagCount      `json:"warning"`
	Category     []tagCount      `json:"category"`
	Fandom       []tagCount      `json:"fandom"`
	Relationship []tagCount      `json:"relationship"`
	Character    []tagCount      `json:"character"`
	Tag          []tagCount      `json:"tag"`
	Language     []languageCount `json:"language"`
}

// ignored is a part of a question that was left out, and why.
type ignored struct {
	Parameter string `json:"parameter"`
	Message   string `json:"message"`
}

// found is what a question found.
type found struct {
	Total   int       `json:"total" minimum:"0"`
	Page    int       `json:"page" minimum:"0" doc:"0 behind a cursor"`
	Pages   int       `json:"pages" minimum:"1"`
	Per     int       `json:"per" minimum:"1"`
	Next    *string   `json:"next" doc:"For the parameter after: the works that follow; null at the end"`
	Works   []Work    `json:"works"`
	Inside  []inside  `json:"passages" doc:"Where what was looked for inside the text stands, of the works above that hold it"`
	Facets  facets    `json:"facets"`
	Ignored []ignored `json:"ignored" doc:"What of the question was left out, in sentences"`
	Meant   []named   `json:"did_you_mean" doc:"Tags like the names in the question that are none"`
}

type foundAnswer struct{ Body found }

func (a *api) listWorks(ctx context.Context, in *Listing) (*foundAnswer, error) {
	q, problems := find.ParseQuestion(in.values)
	q, cut := listing.Bound(q, listing.MaxQuery)
	problems = append(problems, cut...)
	answer, err := a.site.Finder.Works(ctx, viewer(ctx), q)
	if err != nil {
		return nil, err
	}
	var works []archive.Work
	err = a.site.Store.Read(ctx, func(tx *store.Tx) error {
		works, err = tx.Works(answer.IDs)
		return err
	})
	if err != nil {
		return nil, err
	}
	body := found{
		Total: answer.Total, Page: answer.Page, Pages: max(answer.Pages, 1), Per: answer.Per,
		Works: []Work{}, Inside: []inside{}, Facets: tellFacets(answer), Ignored: tellIgnored(append(problems, answer.Ignored...)), Meant: []named{},
	}
	if answer.Next != "" {
		body.Next = &answer.Next
	}
	for _, w := range works {
		if !viewer(ctx).MaySeeWork(w) { // it may have been hidden since it was indexed
			continue
		}
		body.Works = append(body.Works, tellWork(w))
		if found, ok := answer.Passages[w.ID]; ok {
			body.Inside = append(body.Inside, tellInside(w.ID, found))
		}
	}
	for _, t := range answer.DidYouMean {
		body.Meant = append(body.Meant, named{t.ID.Public(), t.Name})
	}
	return &foundAnswer{body}, nil
}

func tellFacets(answer find.Answer) facets {
	group := func(kind archive.Kind) []tagCount {
		told := []tagCount{}
		for _, f := range answer.Facets[kind] {
			told = append(told, tagCount{f.ID.Public(), f.Name, f.Count})
		}
		return told
	}
	told := facets{
		Rating: group(archive.Rating), Warning: group(archive.Warning), Category: group(archive.Category),
		Fandom: group(archive.Fandom), Relationship: group(archive.Relationship),
		Character: group(archive.CharacterTag), Tag: group(archive.Freeform), Language: []languageCount{},
	}
	for _, l := range answer.Languages {
		told.Language = append(told.Language, languageCount{l.Code, text.LanguageName(l.Code), l.Count})
	}
	return told
}

type workAnswer struct{ Body wholeWork }

func (a *api) showWork(ctx context.Context, in *struct {
	ID publicID `path:"id"`
}) (*workAnswer, error) {
	var w archive.Work
	err := a.site.Store.Read(ctx, func(tx *store.Tx) (err error) {
		w, err = loadWork(ctx, tx, in.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &workAnswer{tellWhole(w)}, nil
}

type chapterAnswer struct{ Body chapter }

func (a *api) showChapter(ctx context.Context, in *struct {
	ID publicID `path:"id"`
	N  publicID `path:"n" doc:"From 1"`
}) (*chapterAnswer, error) {
	var w archive.Work
	var c archive.Chapter
	err := a.site.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if w, err = loadWork(ctx, tx, in.ID); err != nil {
			return err
		}
		n, err := strconv.Atoi(string(in.N))
		if err != nil || n < 1 {
			return fmt.Errorf("chapter %q: %w", in.N, errs.NotFound)
		}
		c, err = tx.Chapter(w.ID, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &chapterAnswer{tellChapter(w, c)}, nil
}

// loadWork is the only way to a work here: it asks whether the viewer may.
func loadWork(ctx context.Context, tx *store.Tx, id publicID) (archive.Work, error) {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return archive.Work{}, fmt.Errorf("work %q: %w", id, errs.NotFound)
	}
	w, err := tx.Work(archive.WorkFromPublic(n))
	if err == nil && !viewer(ctx).MaySeeWork(w) {
		return archive.Work{}, fmt.Errorf("work %d: not for this viewer: %w", w.ID, errs.NotFound)
	}
	return w, err
}
