package archive

import (
	"reflect"
	"strings"
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

// TestProse wants a warning of what a reader would miss, once, and no other.
func TestProse(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"<p>a</p>", ""},
		{"<script>x</script><style>x</style><form><input><button>go</button></form><svg></svg><p>a</p>", ""},
		{`<p><a href="javascript:x">a</a></p>`, ""},
		{`<p>a</p><math><mi>x</mi></math>`, "One <math> was left out with what it held."},
		{"<p>a</p><!-- b", "One comment, tag or element never ends, and is shown."},
		{strings.Repeat("<blockquote>", 600) + "a", "nested too deep"},
	} {
		var m Manuscript
		m.Prose(c.html)
		m.Prose(c.html)
		if got := strings.Join(m.Warnings, " "); got != c.want && (c.want == "" || !strings.Contains(got, c.want)) || len(m.Warnings) > 1 {
			t.Errorf("%.60q: got %q, want %q", c.html, m.Warnings, c.want)
		}
	}
}
