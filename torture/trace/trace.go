// Package trace runs a program under ptrace: it writes down what the program does
// to its disk and what it says, in order, and can have system calls fail, write
// less than was asked, or tell another time. A process of its own traces, see
// Main, because whoever traces must wait for all its children.
package trace

import (
	"encoding/gob"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// Command is the first argument that makes this program a tracer.
const Command = "trace"

// A Plan is what is done to a traced program.
type Plan struct {
	Root   string  // files below it are the disk
	Log    string  // the file that events are written to; "" for none
	Kill   int     // the number of the change of the disk before which it is killed; 0 for never
	Faults []Fault // of system calls
	Clock  []Jump  // of the wall clock
	Count  string  // the file that the number of changes is written to at the end
}

// A Fault makes calls fail.
type Fault struct {
	Call  Call
	Path  string // part of the file's name, "" for all below Root
	From  int    // the first call that fails, from 1
	Times int    // how many do, 0 for all from there
	Errno int
	Short bool // instead of failing it writes half
}

// Call is a kind of system call.
type Call string

// The kinds of calls that can fail.
const (
	CallWrite Call = "write"
	CallSync  Call = "sync"
	CallOpen  Call = "open"
	CallRead  Call = "read"
)

// A Jump sets the wall clock.
type Jump struct {
	After   int   // so many questions for the time
	Seconds int64 // forwards, from what it really is
}

// Under is what a command line begins with to be run by plan.
func Under(plan Plan) []string {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	data, err := json.Marshal(plan)
	if err != nil {
		panic(err)
	}
	return []string{self, Command, string(data)}
}

// Kind is what an event is.
type Kind uint8

// The kinds of events.
const (
	Create Kind = iota + 1 // a file, under a name
	Write                  // of data
	Truncate
	Sync // of a file or a folder
	Rename
	Link // one more name of a file
	Unlink
	Mkdir
	Said // something left the program: a line, an answer
)

// An Event is something that has happened.
type Event struct {
	Kind   Kind
	Path   string // relative to Root
	To     string // of Rename and Link
	File   uint64 // what tells files apart, whatever they are called
	Offset int64
	Size   int64 // of Truncate
	Data   []byte
	Upto   int  // of Sync: it covers events before this one
	Failed bool // of Sync
}

// Read reads the events of a log; the last may be cut off.
func Read(path string) (events []Event, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := gob.NewDecoder(f)
	for {
		var e Event
		if err := in.Decode(&e); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return events, nil
		} else if err != nil {
			return events, err
		}
		events = append(events, e)
	}
}
