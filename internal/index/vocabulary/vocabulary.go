package vocabulary

import (
	"bytes"
	"cmp"
	"iter"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/mapped"
	"ficstead/internal/base/text"
)

// Vocabulary is all tags at one moment. It is safe for any number of readers.
type Vocabulary struct {
	count    int
	answers  pages[uint32] // by tag
	direct   pages[uint32] // of a synonym: the tag it was made one of
	records  pages[uint32] // where a tag's record is in names
	names    names
	closures arena[uint32]
	synonyms relation // of the tag they were made synonyms of
	above    relation // of a child: its links
	below    relation // of a parent: its links
	starts   starts
	runs     []starts // of tags that came or moved since starts were made, the largest first
	popular  [kindCount][]uint32
	file     *mapped.File // where much of it lies, kept for that; nil in memory
}

// kindCount is beyond the number of every kind.
const kindCount = archive.Freeform + 1

// MaxTag is the largest TagID that is known; others are as if they were not there.
const MaxTag = 1<<28 - 1

// An answer says all that is needed to file a work: the tag's own kind, and its
// canonical tag or, if there are metatags above that, where its closure is. 0 is
// no tag that is known.
type answer = uint32

const (
	kindShift = 29
	climbs    = 1 << 28 // the rest is a position in closures
	rest      = MaxTag
)

// A link is the tag at its other end, and whether it makes a subtag of the child.
type link = uint32

func linkOf(id uint32, sub bool) link {
	if sub {
		return id<<1 | 1
	}
	return id << 1
}

func known(id archive.TagID) bool { return id > 0 && id <= MaxTag }

// New returns a vocabulary without tags.
func New() *Vocabulary {
	return &Vocabulary{names: newNames(), closures: newArena([]uint32{0})}
}

// Len is the number of tags.
func (v *Vocabulary) Len() int { return v.count }

func (v *Vocabulary) record(id archive.TagID) uint32 {
	if !known(id) {
		return 0
	}
	return v.records.at(uint32(id))
}

// Tag returns a tag, without Uses; ok is false if there is none of this id.
func (v *Vocabulary) Tag(id archive.TagID) (t archive.Tag, ok bool) {
	at := v.record(id)
	if at == 0 {
		return archive.Tag{}, false
	}
	return archive.Tag{
		ID: id, Kind: v.Kind(id), Name: v.names.name(at), Canonical: archive.TagID(v.direct.at(uint32(id))),
	}, true
}

// Kind returns the kind of a tag, 0 if it is not known.
func (v *Vocabulary) Kind(id archive.TagID) archive.Kind {
	if !known(id) {
		return 0
	}
	return archive.Kind(v.answers.at(uint32(id)) >> kindShift)
}

// Key returns the key of a tag's name, as text.Key has it.
func (v *Vocabulary) Key(id archive.TagID) string { return string(v.key(id)) }

func (v *Vocabulary) key(id archive.TagID) []byte { return v.names.key(v.record(id)) }

// CompareNames puts tags in the order of their names.
func (v *Vocabulary) CompareNames(a, b archive.TagID) int {
	return cmp.Or(bytes.Compare(v.key(a), v.key(b)), cmp.Compare(a, b))
}

// ByName yields the tags of a kind that are no synonyms of others in the order of
// their names; among them may be tags of other kinds that are synonyms. Those that
// came or moved since everything was last put in order are not among them.
func (v *Vocabulary) ByName(kind archive.Kind) iter.Seq[archive.TagID] {
	return func(yield func(archive.TagID) bool) {
		l := &v.starts[2*int(kind)+heads]
		for i := range l.len() {
			id := v.names.id(l.at[i])
			if l.off[i] == 0 && v.records.at(id) == l.at[i] && !yield(archive.TagID(id)) {
				return
			}
		}
	}
}

// Named returns the tags of this name, as text.Key has it, ascending. Kind 0 is any kind.
func (v *Vocabulary) Named(kind archive.Kind, name string) []archive.TagID {
	key := []byte(text.Key(name))
	if len(key) == 0 {
		return nil
	}
	var ids []archive.TagID
	for span := range v.spans(0, heads, key) {
		for i := span.from; i < span.to; i++ {
			at, off := span.list.at[i], span.list.off[i]
			if off != 0 { // another spelling
				continue
			}
			if k := v.names.key(at); len(k) != len(key) {
				break // those without anything behind come first
			}
			id := archive.TagID(v.names.id(at))
			if v.record(id) == at && (kind == 0 || v.Kind(id) == kind) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
