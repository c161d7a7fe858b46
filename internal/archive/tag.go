package archive

// Kind is what a tag tells of. The numbers are stored: never renumber.
type Kind uint8

// The kinds of tags, in the order in which a work shows them.
const (
	Rating       Kind = 1
	Warning      Kind = 2
	Category     Kind = 3
	Fandom       Kind = 4
	Relationship Kind = 5
	CharacterTag Kind = 6
	Freeform     Kind = 7
)

// Kinds lists them in the order in which a work shows them.
var Kinds = [...]Kind{Rating, Warning, Category, Fandom, Relationship, CharacterTag, Freeform}

var kindNames = [...]string{"", "rating", "warning", "category", "fandom", "relationship", "character", "tag"}

// String is the kind's name in addresses, queries and JSON: a freeform is "tag".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// ParseKind reads what String prints. It reports false for all else.
func ParseKind(s string) (Kind, bool) {
	for i, name := range kindNames {
		if i > 0 && name == s {
			return Kind(i), true
		}
	}
	return 0, false
}

// Tag is one tag. Two tags of different kinds may share a name.
type Tag struct {
	ID        TagID
	Kind      Kind
	Name      string // as first written
	Canonical TagID  // the tag this one is a synonym of; 0 if it is none
	Uses      int    // works that have it, filled only where asked for
}

// TagLink says that every work with Child also answers for Parent: metatags
// over subtags of one kind, fandoms over their characters and relationships.
// Only Sub links are followed when a tag is asked for.
type TagLink struct {
	Parent, Child TagID
	Sub           bool // Child is a subtag of Parent; else Parent is the fandom of Child
}

// The ratings, from the mildest.
const (
	RatingGeneral  = "General Audiences"
	RatingTeen     = "Teen And Up Audiences"
	RatingMature   = "Mature"
	RatingExplicit = "Explicit"
	RatingNone     = "Not Rated"
)
