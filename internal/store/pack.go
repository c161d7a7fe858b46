package store

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// How a body's data is packed. The numbers are stored: never renumber.
const (
	packedNot  = 0
	packedZstd = 1
)

// largeContent is where keeping what was unpacked would be felt, in bytes.
const largeContent = 8 << 20

// packer compresses what is kept. It may be used by many at once.
type packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// newPacker fixes level and window, so that equal content is packed equally. A
// window of 1 MB holds all but the longest chapters and keeps memory small.
func newPacker() *packer {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		panic(err) // the options are constant
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic(err)
	}
	return &packer{encoder, decoder}
}

// pack compresses data, unless that gains nothing, as with pictures.
func (p *packer) pack(data []byte) (packing int, packed []byte) {
	packed = p.encoder.EncodeAll(data, nil)
	if len(packed) >= len(data) {
		return packedNot, data
	}
	return packedZstd, packed
}

// unpack undoes pack, never to more than size bytes.
func (p *packer) unpack(packing int, packed []byte, size int64) ([]byte, error) {
	switch packing {
	case packedNot:
		return packed, nil
	case packedZstd:
		decoder := p.decoder
		if size > largeContent {
			// The shared one would hold on to what it unpacked last.
			var err error
			if decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1)); err != nil {
				return nil, err
			}
			defer decoder.Close()
		}
		data, err := decoder.DecodeAll(packed, make([]byte, 0, size))
		if err == nil && int64(len(data)) != size {
			err = fmt.Errorf("%d bytes instead of %d", len(data), size)
		}
		return data, err
	}
	return nil, fmt.Errorf("unknown packing %d", packing)
}
