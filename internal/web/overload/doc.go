// Package overload keeps the site answering when more is asked of it than it can
// do, and when clients are slow on purpose.
//
// A Gate lets so many requests of a kind in at a time and so many wait for a
// moment; the rest are told to come back. Steady gives clients time to send and
// to take what is theirs, as long as they keep moving. Connections bounds how many
// connections are open: when there are too many, those that ask for nothing are
// closed first.
//
// It knows no page and no person.
package overload
