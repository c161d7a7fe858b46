package rtf

// kind is what a token is.
type kind uint8

const (
	end kind = iota
	open
	shut
	word   // a control word or symbol, in name
	letter // a byte of text, in code
	binary // raw bytes, in raw
)

// token is a piece of the file.
type token struct {
	kind kind
	name string
	n    int  // what follows the word
	has  bool // a number does
	code byte
	hex  bool // the letter was written as \'hh
	raw  []byte
}

// scanner cuts a file into tokens.
type scanner struct {
	data []byte
	at   int
}

// The longest word and number that mean anything.
const (
	maxWord   = 32
	maxDigits = 10
)

// next returns the next token. It never fails: what cannot be is passed over.
func (s *scanner) next() token {
	for s.at < len(s.data) {
		c := s.data[s.at]
		s.at++
		switch c {
		case '{':
			return token{kind: open}
		case '}':
			return token{kind: shut}
		case '\r', '\n', 0:
		case '\\':
			if t := s.control(); t.kind != end {
				return t
			}
		default:
			return token{kind: letter, code: c}
		}
	}
	return token{kind: end}
}

// control reads what follows a backslash.
func (s *scanner) control() token {
	if s.at >= len(s.data) {
		return token{}
	}
	c := s.data[s.at]
	if !isLetter(c) {
		s.at++
		switch c {
		case '\'':
			return s.hex()
		case '\\', '{', '}':
			return token{kind: letter, code: c}
		case '\r', '\n':
			return token{kind: word, name: "par"}
		}
		return token{kind: word, name: string(c)}
	}
	start := s.at
	for s.at < len(s.data) && isLetter(s.data[s.at]) {
		s.at++
	}
	t := token{kind: word}
	if s.at-start <= maxWord {
		t.name = string(s.data[start:s.at])
	}
	s.number(&t)
	if s.at < len(s.data) && s.data[s.at] == ' ' {
		s.at++
	}
	if t.name == "bin" {
		size := min(max(t.n, 0), len(s.data)-s.at)
		t = token{kind: binary, raw: s.data[s.at : s.at+size]}
		s.at += size
	}
	return t
}

// number reads the number behind a word.
func (s *scanner) number(t *token) {
	at, negative := s.at, false
	if at < len(s.data) && s.data[at] == '-' {
		negative = true
		at++
	}
	digits := 0
	for ; at < len(s.data) && s.data[at] >= '0' && s.data[at] <= '9'; at++ {
		if digits++; digits <= maxDigits {
			t.n = t.n*10 + int(s.data[at]-'0')
		}
	}
	if digits == 0 {
		return
	}
	if t.has = true; negative {
		t.n = -t.n
	}
	s.at = at
}

// hex reads \'hh. Half of one is nothing.
func (s *scanner) hex() token {
	if s.at+2 > len(s.data) {
		s.at = len(s.data)
		return token{}
	}
	high, low := digit(s.data[s.at]), digit(s.data[s.at+1])
	if high < 0 || low < 0 {
		return token{}
	}
	s.at += 2
	return token{kind: letter, code: byte(high<<4 | low), hex: true}
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
