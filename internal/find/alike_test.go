package find

import (
	"cmp"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// alikes is the slow truth of Alike: every work is compared with every other.
func (w *world) alikes(v archive.Viewer, work archive.Work, struck []string, most int) Alikes {
	seen := w.visible(v)
	weight := func(id archive.TagID) float64 {
		n := 0
		for _, other := range seen {
			if w.has(other, id) {
				n++
			}
		}
		telling := map[archive.Kind]float64{archive.Relationship: 4, archive.Freeform: 3, archive.CharacterTag: 2, archive.Fandom: 1}
		return telling[w.tags[id].Kind] * math.Log(1+float64(len(seen))/float64(max(1, n)))
	}
	var found Alikes
	counts := func(id archive.TagID) bool {
		return weight(id) > 0 && !slices.Contains(struck, reasonOf(w.tags[id]).Key)
	}
	for id := range w.filters(work) {
		if weight(id) > 0 && !counts(id) {
			found.Struck = append(found.Struck, reasonOf(w.tags[id]))
		}
	}
	slices.SortFunc(found.Struck, func(a, b Reason) int { return cmp.Compare(a.Tag.ID, b.Tag.ID) })
	scores := map[archive.WorkID]float64{}
	for _, other := range seen {
		var shared []archive.TagID
		for id := range w.filters(work) {
			if counts(id) && w.has(other, id) {
				shared = append(shared, id)
			}
		}
		slices.Sort(shared)
		all := slices.Clone(shared)
		shared = slices.DeleteFunc(shared, func(id archive.TagID) bool {
			return slices.ContainsFunc(all, func(sub archive.TagID) bool { return sub != id && w.up(sub)[id] })
		})
		sum := 0.0
		for _, id := range shared {
			sum += weight(id)
		}
		slices.SortFunc(shared, func(a, b archive.TagID) int {
			return cmp.Or(cmp.Compare(weight(b), weight(a)), strings.Compare(w.tags[a].Name, w.tags[b].Name), cmp.Compare(a, b))
		})
		sameSeries := slices.ContainsFunc(other.Series, func(p archive.Part) bool {
			return slices.ContainsFunc(work.Series, func(q archive.Part) bool { return p.Series.ID == q.Series.ID })
		})
		if other.ID == work.ID || sameSeries || sum == 0 {
			continue
		}
		a := Alike{ID: other.ID}
		for _, id := range shared[:min(len(shared), mostReasons)] {
			a.Reasons = append(a.Reasons, reasonOf(w.tags[id]))
		}
		scores[other.ID] = sum / math.Sqrt(10+float64(len(other.Tags)))
		found.Works = append(found.Works, a)
	}
	slices.SortFunc(found.Works, func(a, b Alike) int {
		return cmp.Or(cmp.Compare(min(2, len(b.Reasons)), min(2, len(a.Reasons))), cmp.Compare(scores[b.ID], scores[a.ID]), cmp.Compare(b.ID, a.ID))
	})
	found.Works = found.Works[:min(most, len(found.Works))]
	return found
}

func TestAlikeAgainstScan(t *testing.T) {
	d := newDice(21)
	w := d.world(120)
	f := w.finder()
	some := 0
	for range 60 {
		v, work := d.viewer(), w.works[d.IntN(len(w.works))]
		var struck []string
		for range d.IntN(4) {
			struck = append(struck, reasonOf(archive.Tag{ID: archive.TagID(1 + d.IntN(worldTags))}).Key)
		}
		got, err := f.Alike(t.Context(), v, work, struck, 8)
		if !v.MaySeeWork(work) {
			if !errors.Is(err, errs.NotFound) {
				t.Fatalf("a work out of sight: %v", err)
			}
			continue
		}
		want := w.alikes(v, work, struck, 8)
		if err != nil || !reflect.DeepEqual(got.Struck, want.Struck) || len(got.Works) != len(want.Works) {
			t.Fatalf("%+v, work %d without %v:\n%v, %v, want\n%v", v, work.ID, struck, got, err, want)
		}
		for i, a := range got.Works {
			some++
			if !reflect.DeepEqual(a, want.Works[i]) {
				t.Fatalf("%+v, work %d without %v:\n%v, want\n%v", v, work.ID, struck, got.Works, want.Works)
			}
		}
	}
	if some < 100 {
		t.Errorf("only %d works were alike", some)
	}
}

func TestAlikeSaysWhy(t *testing.T) {
	f, works := library()
	got, err := f.Alike(t.Context(), archive.Viewer{}, works[1], nil, 5)
	if err != nil || len(got.Works) != 3 || got.Works[0].ID != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	names := func(a Alike) string {
		var list []string
		for _, r := range a.Reasons {
			list = append(list, r.Tag.Name)
		}
		return strings.Join(list, ", ")
	}
	if got := names(got.Works[0]); got != "Sherlock Holmes/John Watson, Sherlock (TV)" {
		t.Errorf("because of %s", got)
	}
	without, err := f.Alike(t.Context(), archive.Viewer{}, works[1], []string{got.Works[0].Reasons[0].Key, "t1", "nonsense"}, 5)
	if err != nil || len(without.Struck) != 1 || without.Works[0].ID != 3 || names(without.Works[0]) != "Fluff" {
		t.Errorf("without %v: %+v, %v", got.Works[0].Reasons[0], without, err)
	}
}
