package api

import (
	"context"
	"fmt"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
)

// facetQuestion is a listing's parameters, and which of the tags are asked for.
type facetQuestion struct {
	Listing
	Kind  string `query:"kind" required:"true" enum:"rating,warning,category,fandom,relationship,character,tag"`
	Typed string `query:"typed" doc:"Words that begin words of their names or of a synonym's"`
	Order string `query:"order" enum:"works,name" doc:"works: those of most works first, the usual; or name"`
}

type facetAnswer struct {
	Body struct {
		Kind    string     `json:"kind" enum:"rating,warning,category,fandom,relationship,character,tag"`
		Works   int        `json:"works" minimum:"0" doc:"That the question finds"`
		Total   int        `json:"total" minimum:"0" doc:"Tags on all pages"`
		Page    int        `json:"page" minimum:"1"`
		Pages   int        `json:"pages" minimum:"1"`
		Per     int        `json:"per" minimum:"1"`
		Tags    []tagCount `json:"tags" doc:"Each with the total that including it would leave"`
		Ignored []ignored  `json:"ignored"`
	}
}

const facetsOnPage = 100

func (a *api) listFacets(ctx context.Context, in *facetQuestion) (*facetAnswer, error) {
	kind, ok := archive.ParseKind(in.Kind)
	if !ok {
		return nil, unreadable(errs.Problems{{Field: "kind", Message: fmt.Sprintf("%q is no kind of tag: use rating, warning, category, fandom, relationship, character or tag.", in.Kind)}})
	}
	of := find.FacetQuestion{Kind: kind, Typed: in.Typed, ByName: in.Order == "name", Per: facetsOnPage, Page: 1}
	if in.Page != "" {
		n, err := strconv.Atoi(in.Page)
		if err != nil || n < 1 {
			return nil, unreadable(errs.Problems{{Field: "page", Message: fmt.Sprintf("%q is not the number of a page.", in.Page)}})
		}
		of.Page = n
	}
	in.values.Del("page")
	in.values.Del("per")
	q, problems := find.ParseQuestion(in.values)
	found, err := a.site.Finder.TagsOf(ctx, viewer(ctx), q, of)
	if err != nil {
		return nil, err
	}
	answer := &facetAnswer{}
	b := &answer.Body
	b.Kind, b.Works, b.Total, b.Page, b.Pages, b.Per = kind.String(), found.Works, found.Total, max(found.Page, 1), max(found.Pages, 1), max(found.Per, 1)
	b.Tags, b.Ignored = []tagCount{}, tellIgnored(append(problems, found.Ignored...))
	for _, f := range found.Tags {
		b.Tags = append(b.Tags, tagCount{f.ID.Public(), f.Name, f.Count})
	}
	return answer, nil
}
