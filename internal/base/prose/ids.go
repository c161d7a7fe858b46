package prose

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// id prints the id of a block of text.
func (p *printer) id(b *Block) {
	if !p.IDs {
		return
	}
	p.WriteString(` id="`)
	p.WriteString(p.Prefix)
	var room [32]byte
	p.Write(append(p.ids.next(room[:0], b.runs), '"'))
}

// namer gives blocks of text their ids. An id is a hash of the letters and
// digits of a block, so that a comma put right does not lose a reader's place;
// blocks that say the same are told apart by their order.
type namer map[uint64]int

// next appends the id of the block after those named before.
func (n *namer) next(dst []byte, runs []Run) []byte {
	sum := fingerprint(runs)
	if *n == nil {
		*n = namer{}
	}
	(*n)[sum]++
	dst = strconv.AppendUint(append(dst, 'p'), sum, 36)
	if same := (*n)[sum]; same > 1 {
		dst = strconv.AppendInt(append(dst, '-'), int64(same), 10)
	}
	return dst
}

// A Place is one block of text, whatever it is in the document, and where it stands.
type Place struct {
	ID   string // as Print gives it where Options.IDs are asked for, before any prefix
	Text string
}

// Places are the blocks of text in the order in which they are read.
func (d Doc) Places() []Place {
	var all []Place
	var ids namer
	each(d.blocks, func(b Block) {
		if b.kind != Break && b.kind != Empty {
			var room [32]byte
			all = append(all, Place{string(ids.next(room[:0], b.runs)), b.Text()})
		}
	})
	return all
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
