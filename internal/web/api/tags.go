package api

import (
	"context"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

const (
	usualTags = 10
	mostTags  = 100
)

type tagsQuestion struct {
	Kind  string `query:"kind" enum:"rating,warning,category,fandom,relationship,character,tag" doc:"Of any kind without it"`
	Q     string `query:"q" doc:"What was typed of the name"`
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
	answer := &tagsAnswer{}
	answer.Body.Tags = []tag{}
	for _, t := range a.site.Finder.Tags(ctx, viewer(ctx), kind, in.Q, limit) {
		answer.Body.Tags = append(answer.Body.Tags, tag{t.ID.Public(), t.Kind.String(), t.Name, t.Uses})
	}
	return answer, nil
}
