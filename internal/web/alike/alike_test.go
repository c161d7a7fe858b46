package alike

import (
	"html/template"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
)

func TestStruck(t *testing.T) {
	many := make([]string, 1000)
	for i := range many {
		many[i] = "t" + strings.Repeat("1", i%20+1)
	}
	for _, c := range []struct{ in, want []string }{
		{nil, nil},
		{[]string{"t1", "t1", "", "t2"}, []string{"t1", "t2"}},
		{[]string{`"><script>`, "t\x00", "T1", strings.Repeat("t", 33)}, nil},
	} {
		if got := Struck(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
	if got := Struck(many); len(got) != 20 {
		t.Errorf("%d struck, want 20", len(got))
	}
}

// Each reason strikes itself beside those struck before, and each struck one can
// count again.
func TestReasonsAreLinks(t *testing.T) {
	tag := func(id archive.TagID, key, name string) find.Reason {
		return find.Reason{Key: key, Tag: archive.Tag{ID: id, Kind: archive.Freeform, Name: name}}
	}
	work := archive.Work{ID: 1, Title: "A"}
	found := find.Alikes{Works: []find.Alike{{ID: 2, Reasons: []find.Reason{tag(5, "t5", "Grief")}}, {ID: 3}}, Struck: []find.Reason{tag(6, "t6", "Tea")}}
	v := newShowPage(work, found, []string{"t6"}, map[archive.WorkID]archive.Work{2: {ID: 2}}, func(archive.Work) template.HTML { return "B" })
	if len(v.Works) != 1 {
		t.Fatalf("%d works, want the one that may be seen", len(v.Works))
	}
	strike, back := v.Works[0].Reasons[0], v.Struck[0]
	if strike.Label != "Grief" || strike.Href != address.Alike(1)+"?not=t6&not=t5" || back.Label != "Tea" || back.Href != address.Alike(1) {
		t.Errorf("%+v %+v", strike, back)
	}
}
