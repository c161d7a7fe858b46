package archive

import "testing"

func TestDecide(t *testing.T) {
	m := Mend{Rule: "wrap", Before: "a\nb", After: "a b", Applied: true}
	tests := []struct {
		name string
		c    Choices
		want bool
	}{
		{"nobody said anything", nil, true},
		{"all refused", RefuseAll(), false},
		{"its rule beats all", Choices{"*": false, "rule:wrap": true}, true},
		{"itself beats its rule", Choices{"rule:wrap": true, m.ID(): false}, false},
		{"another rule", Choices{"rule:hyphen": false}, true},
	}
	for _, test := range tests {
		if is := test.c.Decide(m).Applied; is != test.want {
			t.Errorf("%s: applied %v", test.name, is)
		}
	}
}

// TestAmong demands that what was never told stays off, and all else is as it was.
func TestAmong(t *testing.T) {
	kept, gone, fresh := Mend{Rule: "italics", Before: "a", Applied: true}, Mend{Rule: "italics", Before: "b", Applied: true}, Mend{Rule: "scene-break", Before: "b", Applied: true}
	c := Choices{gone.ID(): false}.Among([]Mend{kept, gone})
	if !c.Decide(kept).Applied || c.Decide(gone).Applied || c.Decide(fresh).Applied {
		t.Errorf("%v", c)
	}
	if c := Choices(nil).Among([]Mend{kept}); c != nil {
		t.Error("nobody said anything, and it counts")
	}
}
