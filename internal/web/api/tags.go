package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
)

const (
	usualTags = 10
	mostTags  = 100
)

type tagsQuestion struct {
	Kind  string `query:"kind" enum:"rating,warning,category,fandom,relationship,character,tag" doc:"Of any kind without it"`
	Q     string `query:"q" doc:"What was typed of the name; without it, the ten tags of most works of each kind"`
	Limit int    `query:"limit" default:"10" minimum:"1" maximum:"100"`
}

// tag is a tag with how many works have it.
type tag struct {
	ID    int64  `json:"id" minimum:"1"`
	Kind  string `json:"kind" enum:"rating,warning,category,fandom,relationship,character,tag"`
	Name  string `json:"name"`
	Works int    `json:"works" minimum:"0" doc:"Works you may see that have it"`
}

type tagsAnswer struct {
	Body struct {
		Tags []tag `json:"tags"`
	}
}

func (a *api) listTags(ctx context.Context, in *tagsQuestion) (*tagsAnswer, error) {
	kind, known := archive.ParseKind(in.Kind)
	if in.Kind != "" && !known {
		return nil, errs.Problems{{Field: "kind", Message: fmt.Sprintf("%q is no kind of tag: use rating, warning, category, fandom, relationship, character or tag.", in.Kind)}}
	}
	limit := min(in.Limit, mostTags)
	if limit < 1 {
		limit = usualTags
	}
	var found []archive.Tag
	if strings.TrimSpace(in.Q) == "" {
		all, err := a.usualTags(ctx, kind)
		if err != nil {
			return nil, err
		}
		found = all[:min(limit, len(all))]
	} else {
		found = a.site.Finder.Tags(ctx, viewer(ctx), kind, in.Q, limit)
	}
	answer := &tagsAnswer{}
	answer.Body.Tags = []tag{}
	for _, t := range found {
		answer.Body.Tags = append(answer.Body.Tags, tag{t.ID.Public(), t.Kind.String(), t.Name, t.Uses})
	}
	return answer, nil
}

// usualTags are the most frequent tags of a kind, or of all kinds if it is 0:
// those that the listing of all works counts.
func (a *api) usualTags(ctx context.Context, kind archive.Kind) ([]archive.Tag, error) {
	answer, err := a.site.Finder.Works(ctx, viewer(ctx), find.Question{})
	if err != nil {
		return nil, err
	}
	var all []archive.Tag
	for _, k := range archive.Kinds {
		for _, f := range answer.Facets[k] {
			if kind == 0 || k == kind {
				all = append(all, archive.Tag{ID: f.ID, Kind: k, Name: f.Name, Uses: f.Count})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y archive.Tag) int { return cmp.Compare(y.Uses, x.Uses) })
	return all, nil
}
