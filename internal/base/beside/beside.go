// Package beside does a piece of work on another core while its caller does another.
package beside

import "runtime/debug"

// Start calls f in a goroutine of its own. The caller must call wait, which
// returns when f has. If f panics wait does, with the same; so whoever recovers
// of what the caller does, recovers of f too. As in the caller, bytes of a mapped
// file that cannot be read are such a panic.
func Start(f func()) (wait func()) {
	done := make(chan any, 1)
	go func() {
		debug.SetPanicOnFault(true)
		defer func() { done <- recover() }()
		f()
	}()
	return func() {
		if p := <-done; p != nil {
			panic(p)
		}
	}
}
