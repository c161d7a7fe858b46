// Package tale makes the stories that the harness brings in, and knows what an
// archive must hold of them.
//
// A story is made of its name alone, so that whoever looks at what is left after
// a crash can say what should be there without having kept it. A Shelf is the
// model: for each story the states it may be in, one if all that was asked was
// answered, and more while something is under way.
package tale

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// Title is what the story of that name is called. No two are called the same.
func Title(name string) string { return "Tale " + name }

// NameOf is the name of the story of that title, "" if it is none of ours.
func NameOf(title string) string {
	name, ours := strings.CutPrefix(title, "Tale ")
	if !ours {
		return ""
	}
	return name
}

// HasKey reports whether the story says what its source calls it. One that does
// not is known again by its file alone, and has one version.
func HasKey(name string) bool { return strings.Contains(name, "k") }

// broken is a word as a wrong encoding leaves it, and mended what it was.
const (
	broken = "donâ€™t"
	mended = "don’t"
)

// A source is random numbers that depend on what it is for, and nothing else.
func source(of ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprint(h, of...)
	return rand.New(rand.NewPCG(h.Sum64(), 7))
}

// Chapters is how many the story has in a version.
func Chapters(name string, version int) int { return 1 + source(name, "chapters", version).IntN(3) }

// Paragraphs are the text of a chapter in a version; its damage is mended, or was
// left as it is.
func Paragraphs(name string, version, chapter int, undone bool) []string {
	r := source(name, version, chapter)
	word := mended
	if undone {
		word = broken
	}
	n := 2 + r.IntN(4)
	if source(name, "size").IntN(12) == 0 {
		n = 300 // of many pages of the database
	}
	said := []string{
		fmt.Sprintf("The lamp of %s was lit in year %d, and this is part %d.", name, version, chapter),
		fmt.Sprintf("It %s burn for ever, they said in %s.", word, Mark(name, version, chapter)),
	}
	for range n {
		said = append(said, sentence(r))
	}
	return said
}

// Mark is a word that stands in one chapter of one version of one story only.
func Mark(name string, version, chapter int) string {
	return fmt.Sprintf("mark%sv%dc%d", name, version, chapter)
}

var syllables = strings.Fields("ba do ri mu ke la so ti na ver gon pel tra sho wen mar lo ku")

func sentence(r *rand.Rand) string {
	words := make([]string, 6+r.IntN(20))
	for i := range words {
		for range 1 + r.IntN(3) {
			words[i] += syllables[r.IntN(len(syllables))]
		}
	}
	return strings.ToUpper(words[0][:1]) + strings.Join(words, " ")[1:] + "."
}

// record is a story in the archive's own form for stories.
type record struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Key      string    `json:"key,omitempty"`
	URL      string    `json:"url,omitempty"`
	Title    string    `json:"title"`
	Creators []string  `json:"creators"`
	Fandoms  []string  `json:"fandoms"`
	Tags     []string  `json:"tags"`
	Summary  string    `json:"summary"`
	Chapters []chapter `json:"chapters"`
	Posted   string    `json:"posted"`
	Updated  string    `json:"updated"`
	Complete bool      `json:"complete"`
}

type chapter struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Round is the tag that tells the version.
func Round(version int) string { return fmt.Sprintf("round %d", version) }

// Record is a version of the story as a file.
func Record(name string, version int) []byte { return marshal(recordOf(name, version)) }

func recordOf(name string, version int) record {
	r := record{
		Format: "ficstead-story", Version: 1, Title: Title(name), Creators: []string{"Anna", "Keeper of " + name[:1]},
		Fandoms: []string{"Lighthouses"}, Tags: []string{"tag of " + name, Round(version)},
		Summary: fmt.Sprintf("What happened to %s in year %d.", name, version), Complete: true,
		Posted: "2020-01-01", Updated: fmt.Sprintf("2020-%02d-%02d", 2+version/28, 1+version%28),
	}
	if HasKey(name) {
		r.Key, r.URL = "tale:"+name, "https://tales.example/"+name
	}
	for c := 1; c <= Chapters(name, version); c++ {
		text := "<p>" + strings.Join(Paragraphs(name, version, c, true), "</p>\n<p>") + "</p>"
		r.Chapters = append(r.Chapters, chapter{fmt.Sprintf("Part %d", c), text})
	}
	return r
}

func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// Sum is the SHA-256 of a version's file, in hex.
func Sum(name string, version int) string {
	sum := sha256.Sum256(Record(name, version))
	return hex.EncodeToString(sum[:])
}

// Dump is a whole archive with these stories, in their first version.
func Dump(key string, names []string) []byte {
	var b strings.Builder
	line := func(v any) { b.Write(marshal(v)); b.WriteByte('\n') }
	line(map[string]any{"format": "ficstead-archive", "version": 1, "key": "efiction:" + key, "kind": "efiction", "program": "3.5.3",
		"site": map[string]string{"name": key, "url": "http://" + key, "language": "en"}})
	line(map[string]any{"person": map[string]any{"key": "p1", "name": "Anna", "bio": "I write.", "author": true}})
	for _, name := range names {
		r := recordOf(name, 1)
		r.Format, r.Version, r.Key, r.URL = "", 0, name, ""
		line(map[string]any{"story": r, "reviews": []map[string]any{{"key": "r" + name, "chapter": 1, "name": "Bob", "text": "Oh, " + name + "!"}}})
	}
	return []byte(b.String())
}
