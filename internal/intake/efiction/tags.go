package efiction

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/intake/record"
)

// The lists of an archive that become tags, as archive.TagRule names them.
const (
	listCategory  = "category"
	listCharacter = "character"
	listClass     = "class"
	listRating    = "rating"
	listChallenge = "challenge"
	listWarning   = "warning" // of versions before 3, like genres
	listGenre     = "genre"
)

// tagger knows what becomes of each entry of the archive's lists.
type tagger struct {
	rules   archive.TagRules
	by      map[entry][]archive.TagRule
	parents map[int]int // of categories
	ratings map[string]string
}

type entry struct{ list, id string }

// newTagger proposes a rule for each entry, where none was given for its number,
// or for its name.
func newTagger(d *Dump, given archive.TagRules) *tagger {
	t := &tagger{by: map[entry][]archive.TagRule{}, parents: map[int]int{}, ratings: map[string]string{}}
	chosen := map[entry][]archive.TagRule{}
	for _, r := range given {
		chosen[entry{r.List, r.ID}] = append(chosen[entry{r.List, r.ID}], r)
		if r.ID == "" {
			named := entry{r.List, "name:" + text.Key(r.Old)}
			chosen[named] = append(chosen[named], r)
		}
	}
	add := func(list, id, old string, kind, name string) {
		at := entry{list, id}
		if len(t.by[at]) > 0 || old == "" {
			return
		}
		rules := chosen[at]
		if len(rules) == 0 || id == "" {
			rules = chosen[entry{list, "name:" + text.Key(old)}]
		}
		if len(rules) == 0 {
			rules = []archive.TagRule{{Kind: kind, Name: name}}
		}
		for _, r := range rules {
			r.List, r.ID, r.Old = list, id, old
			t.by[at] = append(t.by[at], r)
			t.rules = append(t.rules, r)
		}
	}
	d.proposeCategories(t, add)
	d.tables["characters"].each(func(r row) {
		name := d.slashed.text("characters", r, "charname")
		add(listCharacter, r.word("charid"), name, archive.CharacterTag.String(), name)
	})
	d.proposeClasses(add)
	d.proposeRatings(t, add)
	for list, columns := range map[string][2]string{listWarning: {"wid", "warning"}, listGenre: {"gid", "genre"}} {
		d.tables[list+"s"].each(func(r row) {
			name := plainText(r.raw(columns[1]))
			kind := archive.Freeform
			if list == listWarning {
				kind, name = archive.Warning, warningOf(name)
			}
			add(list, r.word(columns[0]), plainText(r.raw(columns[1])), kind.String(), name)
		})
	}
	d.tables["challenges"].each(func(r row) {
		name := d.slashed.text("challenges", r, "title")
		add(listChallenge, r.word("chalid"), name, archive.RuleCollection, name)
	})
	return t
}

// proposeCategories reads the tree of categories, which are fandoms at one
// archive and pairings at another.
func (d *Dump) proposeCategories(t *tagger, add func(list, id, old, kind, name string)) {
	d.tables["categories"].each(func(r row) { t.parents[r.num("catid")] = r.num("parentcatid") })
	d.tables["categories"].each(func(r row) {
		name := d.slashed.text("categories", r, "category")
		kind, as := categoryOf(name)
		add(listCategory, r.word("catid"), name, kind.String(), as)
	})
}

// proposeClasses reads the lists that an archive made up itself, by their names.
func (d *Dump) proposeClasses(add func(list, id, old, kind, name string)) {
	kinds := map[int]archive.Kind{}
	d.tables["classtypes"].each(func(r row) {
		kinds[r.num("classtype_id")] = classKind(plainText(r.raw("classtype_name")) + " " + plainText(r.raw("classtype_title")))
	})
	d.tables["classes"].each(func(r row) {
		old := d.slashed.text("classes", r, "class_name")
		kind, name := kinds[r.num("class_type")], old
		switch kind {
		case archive.Warning:
			name = warningOf(old)
		case archive.Category:
			if kind, name = categoryOf(old); kind != archive.Category {
				kind, name = archive.Freeform, old
			}
		case 0:
			kind = archive.Freeform
		}
		add(listClass, r.word("class_id"), old, kind.String(), name)
	})
}

// proposeRatings reads the ratings, and those whose names stories have in place
// of a number.
func (d *Dump) proposeRatings(t *tagger, add func(list, id, old, kind, name string)) {
	propose := func(id, old string) {
		if rating, ok := record.RatingOf(old); ok {
			add(listRating, id, old, archive.Rating.String(), rating)
		} else {
			add(listRating, id, old, archive.Freeform.String(), "Rating: "+old)
		}
	}
	d.tables["ratings"].each(func(r row) {
		old := plainText(r.raw("rating"))
		propose(r.word("rid"), old)
		t.ratings[text.Key(old)] = r.word("rid")
	})
	for _, sid := range d.order {
		rid := plainText(d.stories[sid].row.raw("rid"))
		if _, err := strconv.Atoi(rid); err == nil || rid == "" || t.ratings[text.Key(rid)] != "" {
			continue
		}
		t.ratings[text.Key(rid)] = rid
		propose(rid, rid)
	}
}

// tagged gives a story its tags.
func (w *writing) tagged() {
	r := w.row
	for _, id := range w.ids("catid", 100) {
		w.tag(listCategory, id)
		w.fandomAbove(id)
	}
	for _, id := range w.ids("charid", 250) {
		w.tag(listCharacter, id)
	}
	for _, id := range w.ids("classes", 200) {
		w.tag(listClass, id)
	}
	for _, id := range w.ids("wid", 0) {
		w.tag(listWarning, id)
	}
	for _, id := range w.ids("gid", 0) {
		w.tag(listGenre, id)
	}
	for _, id := range w.ids("challenges", 200) {
		w.tag(listChallenge, id)
	}
	rid := plainText(r.raw("rid"))
	if n, err := strconv.Atoi(rid); err == nil && n > 0 {
		w.tag(listRating, n)
	} else if id := w.tags.ratings[text.Key(rid)]; rid != "" && id != "" {
		w.apply(listRating, id)
		w.tell("note", "ratings", "Stories name their rating where others have its number.", "")
	}
}

// ids reads a list of numbers that has a column of some size. A list that fills
// it was most likely cut, in the middle of its last number.
func (w *writing) ids(column string, size int) []int {
	list := w.row.word(column)
	ids := idsIn(list)
	if at := strings.LastIndexByte(list, ','); size > 0 && at > 0 && len(list) >= w.row.size(column, size) {
		w.tell("doubt", "lists", "A list fills its column, so that its last number was most likely cut; that one was left out.", fmt.Sprintf("%s, %s, %s", w.Key, column, list[at+1:]))
		ids = idsIn(list[:at])
	}
	return ids
}

// tag gives the story what becomes of an entry.
func (w *writing) tag(list string, id int) {
	if !w.apply(list, strconv.Itoa(id)) {
		w.tell("doubt", "lists", fmt.Sprintf("A story has a %s that is not in the archive's list; it was left out.", list), fmt.Sprintf("%s, %d", w.Key, id))
	}
}

func (w *writing) apply(list, id string) bool {
	rules := w.tags.by[entry{list, id}]
	for _, r := range rules {
		switch kind, ok := archive.ParseKind(r.Kind); {
		case ok:
			w.AddTag(kind, r.Name)
		case r.Kind == archive.RuleCollection && !slices.Contains(w.Collections, r.Name):
			w.Collections = append(w.Collections, r.Name)
		}
	}
	return len(rules) > 0
}

// fandomAbove gives a story the nearest fandom above a category that is none itself.
func (w *writing) fandomAbove(id int) {
	for range 20 { // no archive has that many levels; a tree may be a circle
		for _, r := range w.tags.by[entry{listCategory, strconv.Itoa(id)}] {
			if r.Kind == archive.Fandom.String() {
				w.AddTag(archive.Fandom, r.Name)
				return
			}
		}
		if id = w.tags.parents[id]; id <= 0 {
			return
		}
	}
}
