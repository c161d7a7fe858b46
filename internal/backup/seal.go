package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
)

// The last bytes of a file are its seal: a frame that programs for zstd skip, with
// the SHA-256 of all bytes before it. So every change is found, also of bits that
// mean nothing, and without unpacking anything.
const (
	sealBegin = "\x5f\x2a\x4d\x18\x20\x00\x00\x00" // a skippable frame of 32 bytes
	sealSize  = len(sealBegin) + sha256.Size
)

// sealer sums what is written, for the seal.
type sealer struct {
	w    io.Writer
	sum  hash.Hash
	size int64
}

func (s *sealer) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.sum.Write(b[:n])
	s.size += int64(n)
	return n, err
}

// seal writes the seal. Nothing may be written after it.
func (s *sealer) seal() error {
	_, err := s.w.Write(s.sum.Sum([]byte(sealBegin)))
	s.size += int64(sealSize)
	return err
}

// unsealer reads what stands before the seal, and ends well only if that is as it
// was sealed.
type unsealer struct {
	r    *bufio.Reader
	sum  hash.Hash
	size int64
}

func newUnsealer(r io.Reader) *unsealer {
	return &unsealer{r: bufio.NewReaderSize(r, 128<<10), sum: sha256.New()}
}

func (u *unsealer) Read(b []byte) (int, error) {
	ahead, err := u.r.Peek(min(len(b), 64<<10) + sealSize)
	if err != nil && err != io.EOF {
		return 0, err
	}
	n := len(ahead) - sealSize
	if n <= 0 {
		return 0, u.end(ahead)
	}
	copy(b, ahead[:n])
	u.sum.Write(ahead[:n])
	u.size += int64(n)
	_, err = u.r.Discard(n)
	return n, err
}

// end compares the seal, which is all that is left.
func (u *unsealer) end(seal []byte) error {
	switch {
	case u.size == 0 && len(seal) < sealSize:
		return io.ErrUnexpectedEOF
	case !bytes.HasPrefix(seal, []byte(sealBegin)):
		return errNoSeal
	case !bytes.Equal(seal[len(sealBegin):], u.sum.Sum(nil)):
		return odd("its bytes are not those that were written")
	}
	return io.EOF
}

// errNoSeal is what the end of a file that was cut off looks like.
var errNoSeal = errors.New("no seal at the end")
