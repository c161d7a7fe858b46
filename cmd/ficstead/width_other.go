//go:build !unix

package main

import "os"

// terminalWidth is usual where nobody can be asked.
func terminalWidth(_ *os.File, usual int) int { return usual }
