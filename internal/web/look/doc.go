// Package look is how a reader likes pages: theme and type, each one of a closed
// set. A value may be added to Settings together with its rule in the style
// sheet; none is ever taken away, because they stand in readers' cookies.
package look
