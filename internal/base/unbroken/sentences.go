package unbroken

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How a sentence ends.
const (
	speechStops = iota
	speechAsks
	speechCries
	speechBreaksOff
	stops
	asks
	cries
	trailsOff
	leads   // by a colon
	leadsOn // by a comma or dash, to speech
	goesOn  // within speech that is opened once more
	ends    // how many there are
)

// scanner goes over a text and knows what is speech.
type scanner struct {
	text   string
	single bool // speech stands in single marks
	quoted bool
}

// isSingle reports whether speech in text stands in single marks.
func isSingle(text string) bool {
	singles := strings.Count(text, " '") + strings.Count(text, "‘")
	return singles > 20 && 3*(strings.Count(text, `"`)/2+strings.Count(text, "“")) < singles
}

// sentence is a stretch of text, with how it ends and what is known of it.
type sentence struct {
	from, to int // bytes
	end      int
	shape    int
	begin    int
	word     int    // the first one, if it is one of the usual
	subject  uint32 // who speaks or acts: a hash of the word, 0 if unknown
	gender   byte
	opens    bool     // as scenes do
	said     int      // how its speech begins
	words    []uint32 // the longer ones
	called   []uint32 // names in it
}

// sentences parts text wherever a paragraph might begin.
func sentences(text string) []sentence {
	s := scanner{text: text, single: isSingle(text)}
	var row []sentence
	from := 0
	before, last := ' ', ' '
	for i, r := range text {
		if r != ' ' && r != '\n' {
			s.quote(i, r, before)
			last = r
		} else if before != ' ' && before != '\n' && i+1 < len(text) {
			if end, ok := s.meets(from, i, last); ok {
				row = append(row, sentence{from: from, to: i, end: end})
				from = i + 1
			}
		}
		before = r
	}
	if from < len(text) {
		row = append(row, sentence{from: from, to: len(text), end: stops})
	}
	for i := range row {
		s.look(&row[i])
	}
	return row
}

// quote notes whether what follows the mark at i is speech.
func (s *scanner) quote(i int, r, before rune) {
	first := i == 0 || before == ' ' || before == '\n' || strings.ContainsRune("([—-–_*", before)
	switch {
	case s.single && (r == '\'' || r == '‘' || r == '’'):
		next, _ := utf8.DecodeRuneInString(s.text[i+utf8.RuneLen(r):])
		if r != '’' && first && (unicode.IsUpper(next) || next == '.' || next == '…') {
			s.quoted = true
		} else if r != '‘' && strings.ContainsRune(".,!?…—-”\"", before) {
			s.quoted = false
		}
	case s.single:
	case r == '“' || r == '„' || r == '«':
		s.quoted = true
	case r == '”' || r == '»':
		s.quoted = false
	case r == '"':
		next, _ := utf8.DecodeRuneInString(s.text[i+1:])
		s.quoted = first && next != ' ' && i+1 < len(s.text)
	}
}

func isClosing(r rune) bool { return strings.ContainsRune(`"”»'’`, r) }

// meets reports whether a sentence ends at i, where a space is, so that a
// paragraph might begin behind it.
func (s *scanner) meets(from, i int, last rune) (end int, ok bool) {
	next := strings.TrimLeft(s.text[i+1:min(len(s.text), i+16)], " \n(*_[")
	r, _ := utf8.DecodeRuneInString(next)
	opens := s.opens(next)
	if s.quoted {
		return goesOn, opens && strings.ContainsRune(".!?…—", last)
	}
	head := strings.TrimRight(s.text[from:i], " \n*_)]")
	mark, n := utf8.DecodeLastRuneInString(head)
	speech := isClosing(mark)
	for isClosing(mark) && n > 0 {
		head = head[:len(head)-n]
		mark, n = utf8.DecodeLastRuneInString(head)
	}
	begins := opens || isItem(next) || unicode.IsUpper(r) || unicode.IsDigit(r) || !unicode.IsLetter(r) && !strings.ContainsRune("—–-.…,", r)
	switch mark {
	case '.':
		end = stops
		if strings.HasSuffix(head, "..") || strings.HasSuffix(head, ". .") {
			end = trailsOff
		} else if !speech && isShort(head) {
			return 0, false
		}
	case '!':
		end = cries
	case '?':
		end = asks
	case '…':
		end = trailsOff
	case ':':
		return leads, begins && !speech
	case ',', '—', '–', '-', ';':
		if speech && mark != ',' && mark != ';' {
			return speechBreaksOff, begins
		}
		return leadsOn, opens && !speech
	default:
		return stops, speech && opens || isItem(next)
	}
	if speech {
		end = [...]int{stops: speechStops, asks: speechAsks, cries: speechCries, trailsOff: speechBreaksOff}[end]
	}
	return end, begins
}

// isItem reports whether text begins as the items of lists do.
func isItem(text string) bool {
	rest := strings.TrimLeft(text, "0123456789")
	if len(rest) == len(text) || len(rest) < 3 || rest[0] != '.' && rest[0] != ')' || rest[1] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[2:])
	return unicode.IsUpper(r)
}

var shortened = set("Mr Mrs Ms Dr St Mme Mlle Jr Sr Prof Capt Col Gen Lt Sgt Rev Hon vs etc No Messrs")

// isShort reports whether the stop at the end of head shortens a word.
func isShort(head string) bool {
	head = strings.TrimSuffix(head, ".")
	word := head[strings.LastIndexAny(head, " \n\"“.(—")+1:]
	r, n := utf8.DecodeRuneInString(word)
	return shortened[word] || n == len(word) && unicode.IsUpper(r) && r != 'I'
}

func (s *scanner) opens(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	switch {
	case !s.single && (r == '“' || r == '„' || r == '«'):
		return true
	case !s.single && r == '"':
		next, _ := utf8.DecodeRuneInString(text[n:])
		return next != ' '
	case s.single && (r == '\'' || r == '‘'):
		next, _ := utf8.DecodeRuneInString(text[n:])
		return unicode.IsUpper(next) || next == '.' || next == '…'
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
