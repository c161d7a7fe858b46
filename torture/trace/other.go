//go:build !linux || !amd64

package trace

// Can says why nothing can be traced here, "" if it can.
func Can() string { return "processes are traced on Linux on amd64 only" }

// Main is the tracer.
func Main([]string) int { return 1 }
