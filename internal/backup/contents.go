package backup

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/packing"
	"ficstead/internal/store/tables"
)

// contents compares the contents in the table of bodies with their SHA-256, in
// little memory whatever a row says of itself.
type contents struct {
	decoder                  *zstd.Decoder
	sum, size, packing, data int // columns
	bytes                    int64
	of                       bool // the table is that of bodies
}

const (
	bodies     = "body"
	maxContent = 4 << 30 // bytes, unpacked: far above what comes in
)

// begin looks at the columns of a table.
func (c *contents) begin(table string, columns []string) error {
	c.of = table == bodies
	if !c.of {
		return nil
	}
	at := map[string]int{}
	for i, name := range columns {
		at[name] = i + 1
	}
	for name, column := range map[string]*int{"sum": &c.sum, "size": &c.size, "packing": &c.packing, "data": &c.data} {
		if *column = at[name] - 1; *column < 0 {
			return odd("the table of contents has no column %s", name)
		}
	}
	if c.decoder != nil {
		return nil
	}
	var err error
	c.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	return err
}

// row compares a row, if it is one of bodies.
func (c *contents) row(values []tables.Value) error {
	if !c.of {
		return nil
	}
	sum, size := values[c.sum].Bytes, values[c.size].Int
	if len(sum) == 0 && size == 0 && len(values[c.data].Bytes) == 0 {
		return nil // the empty content
	}
	var r io.Reader = bytes.NewReader(values[c.data].Bytes)
	switch values[c.packing].Int {
	case packing.AsIs:
	case packing.Zstd:
		if err := c.decoder.Reset(r); err != nil {
			return notSound(sum, err)
		}
		r = c.decoder
	default:
		return notSound(sum, fmt.Errorf("unknown packing %d", values[c.packing].Int))
	}
	got := sha256.New()
	n, err := io.Copy(got, io.LimitReader(r, min(size, maxContent)+1))
	switch {
	case err != nil:
		return notSound(sum, err)
	case n != size:
		return notSound(sum, fmt.Errorf("it does not have %d bytes", size))
	case !bytes.Equal(got.Sum(nil), sum):
		return notSound(sum, fmt.Errorf("its SHA-256 is now %x", got.Sum(nil)))
	}
	c.bytes += n
	return nil
}

func notSound(sum []byte, why error) error {
	return fmt.Errorf("the content kept as %.64x is damaged: %v: %w", sum, why, errs.Damaged)
}

func (c *contents) close() {
	if c.decoder != nil {
		c.decoder.Close()
	}
}
