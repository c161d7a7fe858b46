// Package budget says how much one reader may ask of the site, so that many
// people behind one address read on and a program that takes the whole archive
// does not.
//
// A Reader is an account, or the network that a visitor comes from. What it asks
// for has a Class, and each class a Pace: so many at once, and so many a second
// from then on. Beside that a reader may open only so many different works in a
// day; works that were opened already cost nothing, so whoever has reached that
// number still reads what they read. All figures are in figures.go, with reasons.
//
// It knows no page and no work but by number, and holds a bounded amount of
// memory whoever asks.
package budget
