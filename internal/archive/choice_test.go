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
