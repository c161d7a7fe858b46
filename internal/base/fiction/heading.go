package fiction

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// HeadingKind is how much of itself a chapter heading proves.
type HeadingKind uint8

// The kinds of headings.
const (
	NoHeading HeadingKind = iota
	Bare                  // "12", "XII", "3. Home": a heading only in a row that counts
	Division              // "Part Two", "Book I", "Act 3"
	Named                 // "Prologue", "Epilogue"
	Chapter               // "Chapter 12: Home"
)

// Heading is a line read as the heading of a chapter.
type Heading struct {
	Kind   HeadingKind
	Number int    // 0 if it has none
	Title  string // after the number
	Whole  string // as it stands, without ornament
}

const longestHeading = 120

// HeadingOf reads a line as a chapter heading.
func HeadingOf(line string) Heading {
	line = strings.Trim(line, "*_~=#<>[]- \t–—")
	first, rest := cutWord(line)
	if line == "" || len(line) > 4*longestHeading || utf8.RuneCountInString(line) > longestHeading {
		return Heading{}
	}
	key := strings.ToLower(first)
	kind, known := headingWords[key]
	switch {
	case kind == Named:
		return named(line, rest)
	case known:
		rest = strings.TrimLeft(rest, ".#№ ")
		if n, rest, ok := countPrefix(rest); ok {
			if title, ok := titleAfter(rest); ok {
				return Heading{kind, n, title, line}
			}
		}
		return Heading{}
	}
	if n := numberWords[key]; n > 0 && ordinals[key] {
		if second, rest := cutWord(strings.TrimLeft(rest, " ")); headingWords[strings.ToLower(second)] >= Division {
			if title, ok := titleAfter(rest); ok && headingWords[strings.ToLower(second)] != Named {
				return Heading{headingWords[strings.ToLower(second)], n, title, line}
			}
		}
	}
	return bare(line)
}

// named reads "Prologue", "Epilogue 2: Home".
func named(line, rest string) Heading {
	if _, after, ok := countPrefix(strings.TrimLeft(rest, " ")); ok {
		rest = after
	}
	switch title, ok := titleAfter(rest); {
	case !ok, title != "" && unicode.IsLetter(firstRune(strings.TrimLeft(rest, " "))):
		return Heading{}
	default:
		return Heading{Named, 0, title, line}
	}
}

// bare reads "12", "XII", "3. Home". What ends like a sentence is an item of a list.
func bare(line string) Heading {
	end := strings.IndexFunc(line, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(line)
	}
	n := 0
	if end > 0 && end <= 3 {
		n, _ = strconv.Atoi(line[:end])
	} else if end == 0 {
		end = len(line) - len(strings.TrimLeft(line, "IVXLC"))
		n = Roman(line[:end])
	}
	rest := strings.TrimLeft(line[end:], " ")
	if n == 0 {
		return Heading{}
	}
	if rest != "" {
		if !strings.ContainsRune(".):", rune(rest[0])) {
			return Heading{}
		}
		rest = strings.TrimLeft(rest[1:], " ")
	}
	if strings.HasSuffix(rest, ".") && !strings.HasSuffix(rest, "..") {
		return Heading{}
	}
	return Heading{Bare, n, trimTitle(rest), line}
}

// titleAfter reads what follows a number: nothing, a title behind a sign, or
// one that begins with a capital and does not end like a sentence.
func titleAfter(rest string) (string, bool) {
	text := strings.TrimLeft(rest, " ")
	if text == "" {
		return "", true
	}
	if after := strings.TrimLeft(text, ":.–—~- "); after != text {
		return trimTitle(after), true
	}
	if text[0] == '(' && strings.HasSuffix(text, ")") {
		return trimTitle(text[1 : len(text)-1]), true
	}
	const longest = 60
	first := firstRune(strings.TrimLeft(text, `"“«`))
	if text == rest || utf8.RuneCountInString(text) > longest || strings.ContainsAny(text[len(text)-1:], `.,;"`) || !unicode.IsUpper(first) {
		return "", false
	}
	return trimTitle(text), true
}

func trimTitle(s string) string { return strings.Trim(s, `"“”*_~ `) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// cutWord cuts the word off that s begins with.
func cutWord(s string) (word, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// countPrefix reads the number that s begins with, in figures, Roman figures or
// words: "twenty-one" and "twenty one" are one number.
func countPrefix(s string) (n int, rest string, ok bool) {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(s)
	}
	if end > 0 && end <= 4 {
		n, _ = strconv.Atoi(s[:end])
		return n, s[end:], true
	}
	word, rest := cutWord(s)
	if n := Roman(strings.ToUpper(word)); n > 0 {
		return n, rest, true
	}
	n, ok = numberWords[strings.ToLower(word)]
	if !ok {
		return 0, "", false
	}
	if n >= 20 && n%10 == 0 && rest != "" && (rest[0] == ' ' || rest[0] == '-') {
		if unit, after := cutWord(rest[1:]); numberWords[strings.ToLower(unit)] > 0 && numberWords[strings.ToLower(unit)] < 10 {
			return n + numberWords[strings.ToLower(unit)], after, true
		}
	}
	return n, rest, true
}

// headingWords begin headings, in nine languages.
var headingWords = func() map[string]HeadingKind {
	words := map[string]HeadingKind{}
	for kind, list := range map[HeadingKind]string{
		Chapter:  `chapter chap ch chapitre kapitel capítulo capitulo capitolo hoofdstuk rozdział rozdzial глава fejezet luku bölüm`,
		Division: `part book volume act teil buch partie livre tome parte libro livro volumen deel boek część czesc часть книга том`,
		Named: `prologue prolog prólogo prologo proloog пролог epilogue epilog épilogue epílogo epilogo epiloog эпилог interlude interludium intermezzo
			foreword afterword vorwort nachwort voorwoord nawoord préface wstęp предисловие послесловие`,
	} {
		for word := range strings.FieldsSeq(list) {
			words[word] = kind
		}
	}
	return words
}()

// cardinalWords and ordinalWords are numbers from one up, each language a line.
var cardinalWords = [...]string{
	`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`,
	`un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize`,
	`eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn`,
	`uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve`,
	`uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove`,
	`um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove`,
	`een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien`,
	`jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście`,
	`один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать`,
}

var ordinalWords = [...]string{
	`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth`,
	`premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième`, `première seconde`,
	`erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes elftes zwölftes`,
	`erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter`,
	`primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo`, `primera segunda tercera cuarta quinta sexta`,
	`primo secondo terzo quarto quinto sesto settimo ottavo nono decimo`, `prima seconda terza quarta quinta sesta`,
	`primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo`, `primeira segunda terceira quarta quinta sexta`,
	`eerste tweede derde vierde vijfde zesde zevende achtste negende tiende`,
	`pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty jedenasty dwunasty`, `pierwsza druga trzecia czwarta piąta szósta`,
	`первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая одиннадцатая двенадцатая тринадцатая`,
}

// tensWords are twenty, thirty, forty.
var tensWords = [...]string{
	`twenty thirty forty fifty sixty seventy eighty ninety`, `vingt trente quarante cinquante soixante`, `zwanzig dreißig vierzig fünfzig sechzig`,
	`veinte treinta cuarenta cincuenta sesenta`, `venti trenta quaranta cinquanta sessanta`, `vinte trinta quarenta cinquenta sessenta`,
	`twintig dertig veertig vijftig zestig`, `dwadzieścia trzydzieści czterdzieści pięćdziesiąt`, `двадцать тридцать сорок пятьдесят шестьдесят`,
}

// numberWords are all of them; ordinals those that may stand before their noun.
var numberWords, ordinals = func() (numbers map[string]int, ordinals map[string]bool) {
	numbers, ordinals = map[string]int{"zero": 0, "last": 0, "final": 0, "четвёртая": 4, "fourty": 40, "twentieth": 20}, map[string]bool{}
	for _, list := range cardinalWords {
		for i, word := range strings.Fields(list) {
			numbers[word] = i + 1
		}
	}
	for _, list := range ordinalWords {
		for i, word := range strings.Fields(list) {
			numbers[word], ordinals[word] = i+1, true
		}
	}
	for _, list := range tensWords {
		for i, word := range strings.Fields(list) {
			numbers[word] = (i + 2) * 10
		}
	}
	return numbers, ordinals
}()

// Roman reads Roman figures, written as they should be; 0 if s is none.
func Roman(s string) int {
	n, rest := 0, s
	for _, f := range romanFigures {
		for strings.HasPrefix(rest, f.figure) {
			n += f.value
			rest = rest[len(f.figure):]
		}
	}
	if rest != "" || SpellRoman(min(n, 400)) != s {
		return 0
	}
	return n
}

var romanFigures = []struct {
	figure string
	value  int
}{{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}}

// SpellRoman writes n in Roman figures.
func SpellRoman(n int) string {
	s := ""
	for _, f := range romanFigures {
		for n >= f.value {
			s += f.figure
			n -= f.value
		}
	}
	return s
}
