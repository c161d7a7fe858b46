package packing

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/base/errs"
)

// Damaged is what an error wraps when stored content is no longer what was
// kept. It is found whenever the content is read: the databases do not look.
var Damaged = errors.New("damaged")

// How a content is packed. The numbers are stored: never renumber.
const (
	AsIs = 0
	Zstd = 1
)

// large is where keeping what was unpacked would be felt, in bytes.
const large = 8 << 20

// maxSize is more than any content has that is taken in: a larger size is damage,
// and not to be believed. likely is how many times smaller a content may have
// become before room for it is made step by step.
const (
	maxSize = 4 << 30
	likely  = 64
)

// Packer compresses what is kept. It may be used by many at once.
type Packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// New fixes level and window, so that equal content is packed equally. A
// window of 1 MB holds all but the longest chapters and keeps memory small.
func New() *Packer {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		panic(err) // the options are constant
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxSize))
	if err != nil {
		panic(err)
	}
	return &Packer{encoder, decoder}
}

// Pack compresses data, unless that gains nothing, as with pictures.
func (p *Packer) Pack(data []byte) (packing int, packed []byte) {
	packed = p.Compress(data)
	if len(packed) >= len(data) {
		return AsIs, data
	}
	return Zstd, packed
}

// Unpack undoes Pack, never to more than size bytes.
func (p *Packer) Unpack(packing int, packed []byte, size int64) ([]byte, error) {
	switch packing {
	case AsIs:
		return packed, nil
	case Zstd:
		return p.unpack(packed, size)
	}
	return nil, fmt.Errorf("unknown packing %d", packing)
}

func (p *Packer) unpack(packed []byte, size int64) ([]byte, error) {
	if size < 0 || size > maxSize {
		return nil, fmt.Errorf("%d bytes cannot be its size", size)
	}
	decoder := p.decoder
	if size > large {
		// The shared one would hold on to what it unpacked last.
		var err error
		if decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(size))); err != nil {
			return nil, err
		}
		defer decoder.Close()
	}
	data, err := decoder.DecodeAll(packed, make([]byte, 0, min(size, int64(len(packed))*likely)))
	if err == nil && int64(len(data)) != size {
		err = fmt.Errorf("%d bytes instead of %d", len(data), size)
	}
	return data, err
}

// Verified unpacks the content that is kept as sum, and compares it with that.
func (p *Packer) Verified(sum []byte, size int64, packing int, data []byte) ([]byte, error) {
	content, err := p.Unpack(packing, data, size)
	if err != nil {
		return nil, fmt.Errorf("the content kept as %x cannot be unpacked (%w): %w", sum, err, Damaged)
	}
	if got := sha256.Sum256(content); string(got[:]) != string(sum) {
		return nil, fmt.Errorf("the content kept as %x is now %x: %w", sum, got, Damaged)
	}
	return content, nil
}

// Compress is for what is always compressed.
func (p *Packer) Compress(data []byte) []byte { return p.encoder.EncodeAll(data, nil) }

// Expand undoes Compress.
func (p *Packer) Expand(packed []byte) ([]byte, error) { return p.decoder.DecodeAll(packed, nil) }

// Sum is how the world names a content.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// ParseSum reads what Sum prints. All else is the sum of nothing that is here.
func ParseSum(sum string) ([]byte, error) {
	raw, err := hex.DecodeString(sum)
	if err != nil || len(raw) != sha256.Size {
		return nil, fmt.Errorf("sum %.70q: %w", sum, errs.NotFound)
	}
	return raw, nil
}
