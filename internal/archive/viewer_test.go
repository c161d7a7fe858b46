package archive

import "testing"

// The people of every test about rights.
var (
	visitor   = Viewer{}
	keeper    = Viewer{Person: 7}
	reader    = Viewer{Person: 8}
	moderator = Viewer{Person: 9, Moderator: true}
)

func TestMaySee(t *testing.T) {
	for _, test := range []struct {
		visibility                          Visibility
		visitor, keeper, reader, moderating bool
	}{
		{Private, false, true, false, false},
		{Hidden, false, true, false, true},
		{Restricted, false, true, true, true},
		{Public, true, true, true, true},
	} {
		work := Work{Keeper: keeper.Person, Visibility: test.visibility}
		for _, who := range []struct {
			name string
			v    Viewer
			want bool
		}{
			{"visitor", visitor, test.visitor},
			{"keeper", keeper, test.keeper},
			{"reader", reader, test.reader},
			{"moderator", moderator, test.moderating},
		} {
			if got := who.v.MaySeeWork(work); got != who.want {
				t.Errorf("%s, %s: MaySeeWork = %v, want %v", test.visibility, who.name, got, who.want)
			}
		}
	}
	if visitor.MaySeeWork(Work{}) {
		t.Error("a visitor may see a private work without a keeper")
	}
}

func TestMayChange(t *testing.T) {
	work := Work{Keeper: keeper.Person, Visibility: Public}
	for _, test := range []struct {
		name string
		v    Viewer
		want bool
	}{{"visitor", visitor, false}, {"keeper", keeper, true}, {"reader", reader, false}, {"moderator", moderator, false}} {
		if got := test.v.MayChange(work); got != test.want {
			t.Errorf("%s: MayChange = %v, want %v", test.name, got, test.want)
		}
	}
	if visitor.MayChange(Work{}) {
		t.Error("a visitor may change a work without a keeper")
	}
	if visitor.MayBringIn() || !reader.MayBringIn() {
		t.Error("people who are signed in may bring works in, and nobody else")
	}
}
