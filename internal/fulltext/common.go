package fulltext

import "strings"

// common are the commonest words of English stories. For every two of them side
// by side an index also keeps which documents have them so: "of the" is in a
// third of what both words are in, and without it a phrase of such words alone
// would read every place of each.
var common = strings.Fields(`the of and to a in that he i it was his you with as for had she her not but at be on him they is my me have
	said all from so this were we them what there when out up if would one no by been do who could their into or an then like about
	just back down now know over your more how will some only did are its which s dont can see get before than us our after other
	down here too man little never upon`)

// commonAt is the place of each, from 1.
var commonAt = func() map[string]uint8 {
	places := map[string]uint8{}
	for _, word := range common {
		if _, twice := places[word]; !twice {
			places[word] = uint8(len(places) + 1)
		}
	}
	return places
}()

// Pair is the term of two common words side by side, "" if there is none.
func Pair(a, b string) string {
	if commonAt[a] == 0 || commonAt[b] == 0 {
		return ""
	}
	return a + " " + b
}
