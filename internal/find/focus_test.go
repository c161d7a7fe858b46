package find

import (
	"slices"
	"testing"

	"ficstead/internal/archive"
)

func TestFocus(t *testing.T) {
	tag := func(id archive.TagID, kind archive.Kind, name string) archive.Tag {
		return archive.Tag{ID: id, Kind: kind, Name: name}
	}
	ship, friends := tag(1, archive.Relationship, "Ines Corrigan/Maren Vael"), tag(2, archive.Relationship, "Maren Vael & Tam")
	ines, maren, tam := tag(3, archive.CharacterTag, "INES Corrigan"), tag(4, archive.CharacterTag, "Maren Vael"), tag(5, archive.CharacterTag, "Tam")
	fluff := tag(6, archive.Freeform, "Tam")
	for _, test := range []struct {
		tags []archive.Tag
		want []archive.TagID
	}{
		{nil, nil},
		{[]archive.Tag{fluff}, nil},
		{[]archive.Tag{tam, maren, fluff}, []archive.TagID{5}},
		{[]archive.Tag{ship, friends, tam, maren, ines}, []archive.TagID{1, 4, 3}},
		{[]archive.Tag{friends, ship, tam, maren, ines}, []archive.TagID{2, 5, 4}},
		{[]archive.Tag{ship, tam}, []archive.TagID{1}},
	} {
		if got := focusOf(archive.Work{Tags: test.tags}); !slices.Equal(got, test.want) {
			t.Errorf("the focus of %v is %v, want %v", test.tags, got, test.want)
		}
	}
}
