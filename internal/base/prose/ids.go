package prose

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// id prints the id of a block of text. It is a hash of the letters and digits
// in it, so that a comma put right does not lose a reader's place; blocks that
// say the same are told apart by their order.
func (p *printer) id(b *Block) {
	if !p.IDs {
		return
	}
	sum := fingerprint(b.runs)
	if p.ids == nil {
		p.ids = map[uint64]int{}
	}
	p.ids[sum]++
	p.WriteString(` id="`)
	p.WriteString(p.Prefix)
	var room [32]byte
	id := strconv.AppendUint(append(room[:0], 'p'), sum, 36)
	if n := p.ids[sum]; n > 1 {
		id = strconv.AppendInt(append(id, '-'), int64(n), 10)
	}
	p.Write(append(id, '"'))
}

// fingerprintBits keeps ids short: among 100,000 paragraphs the chance that
// any two that differ share 40 bits is under one in two hundred, and then they
// are told apart by order.
const fingerprintBits = 40

// fingerprint hashes (FNV-1a) the letters and digits of runs, folded.
func fingerprint(runs []Run) uint64 {
	sum := uint64(14695981039346656037)
	some := false
	for i := range runs {
		s := runs[i].Text
		for j := 0; j < len(s); {
			c := s[j]
			if c < utf8.RuneSelf {
				j++
				switch {
				case c >= 'A' && c <= 'Z':
					c |= 0x20
				case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
				default:
					continue
				}
				sum, some = (sum^uint64(c))*1099511628211, true
				continue
			}
			r, size := utf8.DecodeRuneInString(s[j:])
			j += size
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
				sum, some = (sum^uint64(unicode.ToLower(r)))*1099511628211, true
			}
		}
	}
	if !some {
		for i := range runs {
			for _, r := range runs[i].text() {
				sum = (sum ^ uint64(r)) * 1099511628211
			}
		}
	}
	return (sum ^ sum>>fingerprintBits) & (1<<fingerprintBits - 1)
}
