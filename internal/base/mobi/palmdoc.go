package mobi

// unpalm unpacks one record of PalmDOC: letters as they are, a space with a
// letter in one byte, and distances back with lengths in two. Out is at most
// limit bytes long.
func unpalm(in []byte, limit int) []byte {
	out := make([]byte, 0, min(len(in)*2, limit))
	for i := 0; i < len(in) && len(out) < limit; {
		c := in[i]
		i++
		switch {
		case c >= 1 && c <= 8:
			n := min(int(c), len(in)-i)
			out = append(out, in[i:i+n]...)
			i += n
		case c < 0x80:
			out = append(out, c)
		case c >= 0xC0:
			out = append(out, ' ', c^0x80)
		case i < len(in):
			pair := int(c)<<8 | int(in[i])
			i++
			distance, length := pair>>3&0x7FF, pair&7+3
			if distance == 0 || distance > len(out) {
				continue // damaged: what it refers to is not there
			}
			for range length {
				out = append(out, out[len(out)-distance])
			}
		}
	}
	return out[:min(len(out), limit)]
}
