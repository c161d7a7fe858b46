package archive

// Visibility is who may see a work. The numbers are stored: never renumber.
type Visibility uint8

// The visibilities, from the narrowest. The zero value is the safe one.
const (
	Private    Visibility = 0 // its keeper
	Hidden     Visibility = 1 // its keeper and moderators: taken out of sight by moderation
	Restricted Visibility = 2 // people who are signed in
	Public     Visibility = 3 // everybody
)

// String is the visibility's name in forms and JSON.
func (v Visibility) String() string {
	return [...]string{"private", "hidden", "restricted", "public"}[v&3]
}

// Viewer is who is looking. The zero Viewer is a visitor who has not signed in.
type Viewer struct {
	Person    PersonID
	Moderator bool
}

// Owner is the person at the machine of an archive that has no accounts yet.
const Owner PersonID = 1

// MaySee reports whether v may know that a work of this keeper and visibility exists.
func (v Viewer) MaySee(keeper PersonID, visibility Visibility) bool {
	mine := v.Person != 0 && v.Person == keeper
	switch visibility {
	case Public:
		return true
	case Restricted:
		return v.Person != 0
	case Hidden:
		return mine || v.Moderator
	}
	return mine
}

// MaySeeWork reports whether v may know that w exists.
func (v Viewer) MaySeeWork(w Work) bool { return v.MaySee(w.Keeper, w.Visibility) }

// MayChange reports whether v may change, replace or remove w.
func (v Viewer) MayChange(w Work) bool { return v.Person != 0 && v.Person == w.Keeper }

// MayBringIn reports whether v may bring works into the archive.
func (v Viewer) MayBringIn() bool { return v.Person != 0 }

// MaySeeImport reports whether v may know what owner brought in, and undo it.
func (v Viewer) MaySeeImport(owner PersonID) bool { return v.Person != 0 && v.Person == owner }

// MayShow reports whether v may make w visible as asked: its keeper as they
// like, but what moderation hid only moderators bring back.
func (v Viewer) MayShow(w Work, as Visibility) bool {
	if w.Visibility == Hidden || as == Hidden {
		return v.Moderator
	}
	return v.MayChange(w) && as <= Public
}

// MayKeepFromTextSearch reports whether v may say that the text of w is not
// searched, or is again.
func (v Viewer) MayKeepFromTextSearch(w Work) bool { return v.MayChange(w) }

// MayWrangle reports whether v may put order into tags.
func (v Viewer) MayWrangle() bool { return v.Moderator || v.Person == Owner }
