package propose

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// How much is asked of an archive, and how much is proposed.
const (
	namesakesOfOne     = 12 // characters of one name
	leastMentions      = 2  // of a character that is proposed
	mostFandoms        = 3
	mostCharacters     = 8
	mostPaired         = 6 // characters whose relationships are weighed
	mostRelationships  = 3
	relationshipsOfTwo = 12
)

// suspect is a name of the text with the characters it may stand for.
type suspect struct {
	name
	characters []Character
}

// cast proposes the fandom, the characters and the relationships that the names
// in a text tell of.
func cast(s Subject, a Archive) []archive.Proposal {
	var suspects []suspect
	for _, n := range namesIn(s.Chapters) {
		if characters := a.Characters(n.word, namesakesOfOne); len(characters) > 0 {
			suspects = append(suspects, suspect{n, characters})
		}
	}
	fandoms := fandomsOf(suspects)
	var all []archive.Proposal
	if len(s.Work.TagsOf(archive.Fandom)) == 0 {
		all = append(all, proposeFandoms(fandoms)...)
	}
	var chosen []archive.Tag
	for _, t := range s.Work.TagsOf(archive.Fandom) {
		if known, ok := a.Named(archive.Fandom, t.Name); ok {
			chosen = append(chosen, known)
		}
	}
	if len(chosen) == 0 && len(fandoms) > 0 {
		chosen = []archive.Tag{fandoms[0].tag}
	}
	roles := rolesIn(suspects, chosen)
	if len(s.Work.TagsOf(archive.CharacterTag)) == 0 {
		all = append(all, proposeCharacters(roles)...)
	}
	if len(s.Work.TagsOf(archive.Relationship)) == 0 {
		all = append(all, proposeRelationships(a, roles)...)
	}
	return all
}

// weighed is a fandom with what speaks for it.
type weighed struct {
	tag   archive.Tag
	score float64
	names []string
}

// fandomsOf weighs the fandoms of all suspects, the likeliest first. A name
// speaks for the fandoms of its namesakes by their share of the works, so one
// that many fandoms know says little; and how often it stands says less and
// less, so that one hero does not outweigh a whole cast.
func fandomsOf(suspects []suspect) []weighed {
	at := map[archive.TagID]int{}
	var all []weighed
	for _, s := range suspects {
		total := 0.0
		share := map[archive.TagID]float64{}
		tags := map[archive.TagID]archive.Tag{}
		for _, c := range s.characters {
			for _, f := range c.Fandoms {
				share[f.ID] += float64(f.Uses)
				total += float64(f.Uses)
				tags[f.ID] = f
			}
		}
		for id, n := range share {
			i, ok := at[id]
			if !ok {
				i = len(all)
				at[id] = i
				all = append(all, weighed{tag: tags[id]})
			}
			all[i].score += math.Log2(1+float64(s.count)) * n / total * smoothed(total)
			all[i].names = append(all[i].names, s.word)
		}
	}
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.tag.ID, b.tag.ID)) })
	return all
}

// smoothed takes little from names that an archive knows of few works only.
func smoothed(works float64) float64 { return works / (works + 0.5) }

func proposeFandoms(fandoms []weighed) []archive.Proposal {
	var all []archive.Proposal
	total := 0.0
	for _, f := range fandoms {
		total += f.score
	}
	for _, f := range fandoms[:min(len(fandoms), mostFandoms)] {
		if f.score < 1 {
			break
		}
		sure := f.score / total * f.score / (f.score + 2)
		all = append(all, archive.Proposal{
			Field: "fandom", Value: f.tag.Name, Confidence: min(round(sure), 0.98),
			Because: fmt.Sprintf("Names in the text are those of its characters: %s.", listed(f.names)),
		})
	}
	return all
}

// role is a character with the places where the text names it.
type role struct {
	tag        archive.Tag
	count      int
	paragraphs []int
	names      []name
}

// rolesIn gives each name to the character of the chosen fandoms that it most
// likely stands for, the most frequent first.
func rolesIn(suspects []suspect, fandoms []archive.Tag) []role {
	names := map[archive.TagID][]name{}
	tags := map[archive.TagID]archive.Tag{}
	for _, s := range suspects {
		best, most := archive.Tag{}, 0.0
		for _, c := range s.characters {
			n := 0.0
			for _, f := range c.Fandoms {
				if slices.ContainsFunc(fandoms, func(t archive.Tag) bool { return t.ID == f.ID }) {
					n += float64(f.Uses)
				}
			}
			if n *= fit(c.Tag.Name, s.word, suspects); n > most {
				best, most = c.Tag, n
			}
		}
		if most > 0 {
			names[best.ID] = append(names[best.ID], s.name)
			tags[best.ID] = best
		}
	}
	var roles []role
	for id, of := range names {
		r := role{tag: tags[id], names: of}
		r.count, r.paragraphs = merge(of)
		roles = append(roles, r)
	}
	slices.SortFunc(roles, func(a, b role) int {
		return cmp.Or(cmp.Compare(len(b.paragraphs), len(a.paragraphs)), cmp.Compare(b.count, a.count), cmp.Compare(a.tag.ID, b.tag.ID))
	})
	return roles
}

// fit is how well a name that the text uses names a character: first names do
// better than last names, and best is a name whose other words stand there too.
func fit(tag, word string, suspects []suspect) float64 {
	words := strings.FieldsFunc(text.Key(tag), func(r rune) bool { return strings.ContainsRune(" -|/().\"", r) })
	key := text.Key(word)
	weight := 0.6
	for i, w := range words {
		if w == key {
			if i == 0 {
				weight = 1
			}
			continue
		}
		if slices.ContainsFunc(suspects, func(s suspect) bool { return text.Key(s.word) == w }) {
			weight *= 1.5
		}
	}
	return weight
}

func proposeCharacters(roles []role) []archive.Proposal {
	var all []archive.Proposal
	for i, r := range roles[:min(len(roles), mostCharacters)] {
		if r.count < leastMentions {
			continue
		}
		sure := float64(r.count) / float64(r.count+3) * math.Pow(0.97, float64(i))
		all = append(all, archive.Proposal{
			Field: "character", Value: r.tag.Name, Confidence: round(sure),
			Because: fmt.Sprintf("Named %d times: “%s”.", r.count, r.names[0].quote),
		})
	}
	return all
}

// pair is a relationship with what speaks for it.
type pair struct {
	tag   archive.Tag
	score float64
	a, b  role
	met   int // paragraphs that name both
}

func proposeRelationships(a Archive, roles []role) []archive.Proposal {
	var pairs []pair
	roles = roles[:min(len(roles), mostPaired)]
	for i, x := range roles {
		for _, y := range roles[i+1:] {
			pairs = append(pairs, pairsOf(a, x, y)...)
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return cmp.Compare(q.score, p.score) })
	var all []archive.Proposal
	for _, p := range pairs {
		if len(all) == mostRelationships {
			break
		}
		sure := p.score / (p.score + pairs[0].score + 5)
		all = append(all, archive.Proposal{
			Field: "relationship", Value: p.tag.Name, Confidence: round(sure),
			Because: fmt.Sprintf("%s and %s are named together in %s.", p.a.tag.Name, p.b.tag.Name, times(p.met, "paragraph")),
		})
	}
	return all
}

// pairsOf weighs the relationships of just these two that the archive knows: by
// how often the two are named, and together, and how usual it is for them.
func pairsOf(a Archive, x, y role) []pair {
	met := shared(x.paragraphs, y.paragraphs)
	if met == 0 {
		return nil
	}
	var pairs []pair
	known := a.Together(archive.Relationship, relationshipsOfTwo, x.tag.ID, y.tag.ID)
	total := 0
	for _, t := range known {
		if isOf(t.Name, x.tag.Name, y.tag.Name) {
			total += t.Uses
		}
	}
	for _, t := range known {
		if !isOf(t.Name, x.tag.Name, y.tag.Name) {
			continue
		}
		named := math.Sqrt(float64(len(x.paragraphs) * len(y.paragraphs)))
		usual := float64(t.Uses) / float64(total)
		pairs = append(pairs, pair{t, (named + 2*float64(met)) * math.Pow(usual, 0.5) * math.Pow(float64(total), 0.25), x, y, met})
	}
	return pairs
}

// isOf reports whether a relationship is of just these two.
func isOf(relationship, x, y string) bool {
	for _, between := range [...]string{"/", " & "} {
		names := strings.Split(relationship, between)
		if len(names) != 2 {
			continue
		}
		p, q := bare(names[0]), bare(names[1])
		x, y := bare(x), bare(y)
		if p == x && q == y || p == y && q == x {
			return true
		}
	}
	return false
}

// bare is a character's name without what tells it from a namesake, "(BtVS)".
func bare(name string) string {
	if i := strings.LastIndexByte(name, '('); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	return text.Key(name)
}

// shared counts what two rising lists have in common.
func shared(a, b []int) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

func round(f float64) float64 { return math.Round(f*100) / 100 }

// listed names the first few of many.
func listed(names []string) string {
	const few = 6
	more := len(names) - few
	if more > 0 {
		return strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

func times(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
