package packed

import "unsafe"

// Flat is what arrays may consist of to be seen as bytes.
type Flat interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int64
}

// Bytes returns the bytes of s in the order of this machine. They share memory.
func Bytes[T Flat](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*size[T]())
}

// View returns b as an array without copying it. It reports false if b has a
// broken length or does not begin where such an array may.
func View[T Flat](b []byte) ([]T, bool) {
	if len(b) == 0 {
		return nil, true
	}
	p := unsafe.Pointer(unsafe.SliceData(b))
	if len(b)%size[T]() != 0 || uintptr(p)%uintptr(size[T]()) != 0 {
		return nil, false
	}
	return unsafe.Slice((*T)(p), len(b)/size[T]()), true
}

func size[T Flat]() int {
	var zero T
	return int(unsafe.Sizeof(zero))
}

// Uint32s returns b as numbers: a view of it, or a copy if it does not begin
// where such a view may. Bytes at the end that make no number are left out.
func Uint32s(b []byte) []uint32 {
	b = b[:len(b)&^3]
	if s, ok := View[uint32](b); ok {
		return s
	}
	s := make([]uint32, len(b)/4)
	copy(Bytes(s), b)
	return s
}
