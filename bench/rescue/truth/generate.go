package truth

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed grammar.txt
var grammarText string

// grammar is what each word in angle brackets may become.
var grammar = sync.OnceValue(func() map[string][]string {
	rules := map[string][]string{}
	key := ""
	for line := range strings.Lines(grammarText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasSuffix(line, ":") && !strings.Contains(line, " "):
			key = strings.TrimSuffix(line, ":")
		default:
			for _, alternative := range strings.Split(line, "|") {
				if alternative = strings.TrimSpace(alternative); alternative != "" {
					rules[key] = append(rules[key], alternative)
				}
			}
		}
	}
	return rules
})

// Generate makes a work of about so many words; the same seed makes the same work.
// Works of the two parts are made with different names and different habits.
func Generate(part Part, seed uint64, words int) Work {
	stream := uint64(1)
	if part == Test {
		stream = 2
	}
	g := &generator{Rand: rand.New(rand.NewPCG(seed, stream))}
	g.choose(part)
	w := Work{Ground: "generated", Name: fmt.Sprintf("%s-%d", part, seed), Part: part, Author: g.expand("<penname>"), Names: g.names()}
	w.Title = title(g.expand("<title>"))
	chapters := 1 + g.IntN(4)
	for n := range chapters {
		w.Chapters = append(w.Chapters, g.chapter(n, chapters > 1, words/chapters))
	}
	return w
}

// generator is one author with their habits.
type generator struct {
	*rand.Rand
	cast     []person
	a, b     person
	curly    bool // quotes and apostrophes
	ellipsis string
	dash     string
	nbsp     bool // after Mr
	sighs    bool // *sigh*
	sloppy   bool // misspells
}

// person is a character with the pronouns that sentences need.
type person struct{ name, full, he, him, his string }

func (g *generator) choose(part Part) {
	casts := grammar()["cast-"+string(part)]
	for _, entry := range strings.Split(casts[g.IntN(len(casts))], ";") {
		f := strings.Split(strings.TrimSpace(entry), "/")
		p := person{name: f[0], full: f[1]}
		switch f[2] {
		case "f":
			p.he, p.him, p.his = "she", "her", "her"
		case "m":
			p.he, p.him, p.his = "he", "him", "his"
		default:
			p.he, p.him, p.his = "they", "them", "their"
		}
		g.cast = append(g.cast, p)
	}
	g.curly = g.IntN(2) == 0
	g.ellipsis = []string{"...", "…", "...", ". . ."}[g.IntN(4)]
	g.dash = []string{"—", " – ", "--", " - "}[g.IntN(4)]
	g.nbsp = g.IntN(3) == 0
	g.sighs = g.IntN(4) == 0
	g.sloppy = g.IntN(3) == 0
	g.turn()
}

// turn gives the next scene two other people.
func (g *generator) turn() {
	i := g.IntN(len(g.cast))
	j := (i + 1 + g.IntN(len(g.cast)-1)) % len(g.cast)
	g.a, g.b = g.cast[i], g.cast[j]
}

func (g *generator) names() []string {
	var names []string
	for _, p := range g.cast {
		names = append(names, p.full)
	}
	return names
}

// expand replaces what stands in angle brackets until nothing does.
func (g *generator) expand(s string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(s, '<')
		if at < 0 {
			out.WriteString(s)
			return out.String()
		}
		end := at + strings.IndexByte(s[at:], '>')
		out.WriteString(s[:at])
		s = g.word(s[at+1:end]) + s[end+1:]
	}
}

func (g *generator) word(key string) string {
	switch key {
	case "A":
		return g.a.name
	case "B":
		return g.b.name
	case "Afull":
		return g.a.full
	case "he":
		return g.a.he
	case "him":
		return g.a.him
	case "his":
		return g.a.his
	case "bhe":
		return g.b.he
	case "bhim":
		return g.b.him
	case "bhis":
		return g.b.his
	case "C":
		return g.cast[g.IntN(len(g.cast))].name
	case "play":
		n := strings.ToLower(g.b.name)
		return g.b.name + strings.Repeat(n, 2+g.IntN(2))
	}
	alternatives := grammar()[key]
	if len(alternatives) == 0 {
		panic("no rule of the grammar: " + key)
	}
	return alternatives[g.IntN(len(alternatives))]
}

// sentence is a sentence of a kind, spelt as its author would.
func (g *generator) sentence(kind string) string {
	return g.habits(capitals(capital(g.expand("<" + kind + ">"))))
}

// habits spells a text in the author's way.
func (g *generator) habits(s string) string {
	if g.sloppy && g.IntN(3) == 0 {
		for _, pair := range grammar()["misspelt"] {
			right, wrong, _ := strings.Cut(pair, "/")
			s = strings.ReplaceAll(s, " "+right+" ", " "+wrong+" ")
		}
	}
	if g.nbsp {
		s = strings.NewReplacer("Mr. ", "Mr.\u00a0", "Mrs. ", "Mrs.\u00a0", "Dr. ", "Dr.\u00a0").Replace(s)
	}
	s = strings.NewReplacer("...", g.ellipsis, `--"`, "—\"", "--!", "—!", "--", g.dash).Replace(s)
	if g.curly {
		s = curl(s)
	}
	return s
}

// curl makes typographic quotes of straight ones.
func curl(s string) string {
	var out strings.Builder
	before := ' '
	for i, r := range s {
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		opens := (unicode.IsSpace(before) || strings.ContainsRune("{(—–-[“", before)) && (after == '{' || after == '\'' || after == '.' || after == '*' || after == '…' || unicode.IsLetter(after) || unicode.IsDigit(after))
		is := r
		switch {
		case r == '"' && opens:
			is = '“'
		case r == '"':
			is = '”'
		case r == '\'' && opens:
			is = '‘'
		case r == '\'':
			is = '’'
		}
		out.WriteRune(is)
		before = is
	}
	return out.String()
}

// capitals makes capitals of the letters that begin sentences.
func capitals(s string) string {
	var out strings.Builder
	begins := false
	for i, r := range s {
		switch {
		case r == ' ' && i > 1 && strings.IndexByte(".?!", s[i-1]) >= 0 && s[i-2] != '.' && !strings.HasSuffix(s[:i], "p.m."):
			begins = true
		case begins && unicode.IsLetter(r):
			r, begins = unicode.ToUpper(r), false
		case !strings.ContainsRune("\"{'", r):
			begins = false
		}
		out.WriteRune(r)
	}
	return out.String()
}

// capital makes the first letter a capital, also behind quotes and braces.
func capital(s string) string {
	for i, r := range s {
		if unicode.IsLetter(r) {
			return s[:i] + string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
		}
		if unicode.IsDigit(r) {
			return s
		}
	}
	return s
}

func title(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i == 0 || len(w) > 3 {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}
