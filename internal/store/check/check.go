package check

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/packing"
)

// Damage is one thing that is not as it was kept.
type Damage struct {
	Kind  Kind             `json:"kind"`
	What  string           `json:"what"`  // a sentence
	Do    string           `json:"do"`    // what to do about it, another
	Works []archive.WorkID `json:"works"` // the works that it touches, if it is known
}

// Kind is what a damage is of.
type Kind string

// The kinds of damage, each with what to do.
const (
	Content   Kind = "content"   // a text, file or picture
	Row       Kind = "row"       // words or numbers that stand in a table
	Reference Kind = "reference" // a row that names what is not there
	Chain     Kind = "chain"     // revisions that do not follow each other
	Names     Kind = "names"     // what lists show of works
	Log       Kind = "log"       // the log of changes
	Rescued   Kind = "rescue"    // what came along with a rescued archive
	Database  Kind = "database"  // the file itself
	Index     Kind = "index"     // the kept index
	TextIndex Kind = "text index"
)

const (
	fromBackup = "Restore the archive from the last good backup, or remove the work and bring its file in again."
	wholeFile  = "Stop Ficstead, put the damaged files aside, and restore the archive from the last good backup."
)

var todo = map[Kind]string{
	Content:   fromBackup,
	Row:       fromBackup,
	Reference: fromBackup,
	Chain:     fromBackup,
	Names:     "Run ficstead check --repair, which gathers them anew.",
	Log:       "Run ficstead check --repair, which notes the work as changed.",
	Rescued:   "Import the dump of that archive again, or restore from the last good backup.",
	Database:  wholeFile,
	Index:     "Run ficstead reindex, or start the server, which makes it anew.",
	TextIndex: "Run ficstead reindex --text, which makes it anew.",
}

// Derived reports whether what is damaged can be made anew from the rest.
func (k Kind) Derived() bool {
	return k == Names || k == Log || k == Index || k == TextIndex
}

// New is a damage of a kind, with what to do about it.
func New(k Kind, what string, works ...archive.WorkID) Damage {
	return Damage{k, what, todo[k], works}
}

// chunk is how many rows one read verifies: small enough that writers
// on PostgreSQL and the write-ahead log of SQLite are not held up.
const chunk = 100

// checker compares one store, and tells found.
type checker struct {
	ctx    context.Context
	store  *store.Store
	packer *packing.Packer
	found  func(Damage)
}

// Store compares all that s keeps and calls found for each damage. It returns
// how many contents are sound. The databases' own checks do not see a changed
// letter; this does.
func Store(ctx context.Context, s *store.Store, found func(Damage)) (sound int, err error) {
	c := &checker{ctx, s, packing.New(), found}
	sound, err = c.contents()
	for _, part := range []func() error{c.rows, c.references, c.chains, c.tags, c.rescues, c.names, c.integrity} {
		if err = c.unreadable(err); err == nil {
			err = part()
		}
	}
	return sound, c.unreadable(err)
}

// unreadable tells of a part that is damaged so badly that it could not be read to
// its end. The others are read all the same.
func (c *checker) unreadable(err error) error {
	if err == nil || c.ctx.Err() != nil || !errors.Is(err, store.Damaged) && !senseless(err) {
		return err
	}
	c.found(New(Database, "Something cannot be read: "+err.Error()+"."))
	return nil
}

// senseless reports whether a row was read that no database would have taken, such
// as a text where a number must be.
func senseless(err error) bool { return strings.Contains(err.Error(), "Scan error on column") }

// integrity asks the database whether its own structure is whole.
func (c *checker) integrity() error {
	return c.store.Read(c.ctx, func(tx *store.Tx) error {
		return tx.Integrity(func(line string) { c.found(New(Database, "The database says of its own file: "+line+".")) })
	})
}

// asked is a question whose every answer is a damage: the work that it touches or
// 0, and what is to be put into the sentence.
type asked struct {
	kind     Kind
	what     string
	sentence string // with a place for the second column
	question string
}

// ask tells of every row that answers a question.
func (c *checker) ask(a asked) error {
	return c.store.Read(c.ctx, func(tx *store.Tx) error {
		return tx.Rows(a.what, func(scan func(...any) error) error {
			var work archive.WorkID
			var which string
			if err := scan(&work, &which); err != nil {
				return err
			}
			var works []archive.WorkID
			if work != 0 {
				works = append(works, work)
			}
			c.found(New(a.kind, fmt.Sprintf(a.sentence, which), works...))
			return nil
		}, a.question)
	})
}
