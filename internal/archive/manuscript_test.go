package archive

import (
	"reflect"
	"testing"
)

func TestCountMends(t *testing.T) {
	got := CountMends([]Mend{
		{Rule: "breaks", Applied: true}, {Rule: "wraps", Applied: true}, {Rule: "italics"}, {Rule: "breaks", Applied: true},
	})
	want := []MendCount{{"breaks", 2}, {"wraps", 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("CountMends = %v, want %v: suggestions do not count", got, want)
	}
}

func TestKindsAreReadAsPrinted(t *testing.T) {
	for _, kind := range Kinds {
		if got, ok := ParseKind(kind.String()); !ok || got != kind {
			t.Errorf("ParseKind(%q) = %v, %v", kind, got, ok)
		}
	}
	for _, name := range []string{"", "genre", "Tag"} {
		if kind, ok := ParseKind(name); ok {
			t.Errorf("ParseKind(%q) = %v, want none", name, kind)
		}
	}
}

func TestCreatorIsWrittenAsReadersKnowIt(t *testing.T) {
	for _, test := range []struct {
		creator Creator
		want    string
	}{
		{Creator{Name: "quill"}, "quill"},
		{Creator{Name: "quill", Account: "quill"}, "quill"},
		{Creator{Name: "quill", Account: "wort"}, "quill (wort)"},
	} {
		if got := test.creator.String(); got != test.want {
			t.Errorf("%+v is written %q, want %q", test.creator, got, test.want)
		}
	}
}
