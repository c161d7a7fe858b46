package decode

import "golang.org/x/text/encoding"

// sampleBytes is how much of a text is looked at to guess its encoding.
const sampleBytes = 64 << 10

// candidate is an encoding that undeclared bytes may be in.
type candidate struct {
	name     string
	encoding encoding.Encoding
}

func unmarked(b []byte) *candidate { return nil }
