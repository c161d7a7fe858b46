package archive

// RescueID is the identity of an archive that was rescued as a whole.
type RescueID int64

const rescueIDKey = 0x9e3779b1 // as the other keys: never change it

// Public returns the id that addresses and JSON show.
func (id RescueID) Public() int64 { return publish(int64(id), rescueIDKey) }

// RescueFromPublic is the inverse of Public; an id that is none gives 0.
func RescueFromPublic(public int64) RescueID { return RescueID(unpublish(public, rescueIDKey)) }

// MayOpen reports whether v may say who sees the works of an archive that keeper
// rescued, all at once.
func (v Viewer) MayOpen(keeper PersonID) bool { return v.Person != 0 && v.Person == keeper }
