package propose

import (
	"fmt"
	"strings"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// The evidence that a language is told by.
const (
	enoughText   = 40_000 // bytes that are looked at
	leastWords   = 30     // or nothing is proposed
	leastShare   = 0.12   // of all words, that must be the language's own
	leastMargin  = 1.25   // over the next best
	enoughScript = 30     // letters of a script that only some languages use
)

// functionWords are the words that a language cannot do without, and that few
// others have. Every text of some length is full of them.
var functionWords = map[string]string{
	"en": "the and to of was he she that it his her with for had you not they but him said were from what this have",
	"de": "der die und das nicht ich sie er zu den mit ein war sich auf es eine als hatte ihm wie noch dem nur aber",
	"fr": "le la les et de des un une il elle pas que qui dans ne je pour est avec sur ce son mais lui était vous",
	"es": "el la los que y en un una no se su con por lo le me pero como más estaba había sus cuando muy él",
	"it": "il che di e la non un una si è per con gli lo le era come ma del della sono più aveva suo anche",
	"pt": "o a que e não um uma se os com para ele ela mas como do da estava seu sua mais quando muito você eu",
	"nl": "de het een en van ik niet hij zij was dat ze met zijn op te voor maar haar hem er aan had wat naar",
	"sv": "och att det han hon inte en som på är jag var med för den sig till hade men ett av om så sin honom",
	"no": "og det han hun ikke en som på er jeg var med for den seg til hadde men et av om så hans ham noe",
	"da": "og det han hun ikke en som på er jeg var med for den sig til havde men et af om så hans ham noget",
	"fi": "ja hän ei oli että se mutta kun niin on en hänen joka minä sitten vain mitä sen olisi hänet kuin ollut",
	"pl": "nie się i w na z że do to jest jak ale co po był była go jego tak mnie jej już za od tylko",
	"cs": "a se na že to je v nebyl byl jsem ale jeho si jako když do tak co z by jen už bylo jí mu",
	"sk": "a sa na že to je v bol som ale jeho si ako keď do tak čo z by len už bolo jej mu nie",
	"hu": "a az és hogy nem is egy volt de meg csak ez mint már ha még azt el mert vagy csak neki őt",
	"ro": "și să nu în pe cu o că de la un se lui era mai dar este din ce îi a fost ca pentru",
	"tr": "bir ve bu o da de için ama ne çok gibi daha onun kadar sonra değil bana ben ona her ki var mi",
	"id": "yang dan di itu tidak ini dengan untuk dia ke dari aku akan ada pada kau saja sudah bisa kata seperti lagi",
	"vi": "và của là không một có được cho anh em người trong đã này với những tôi như khi cũng lại ra",
	"ca": "el la que i de no en un una es amb per va els les del se va ser era més seva seu però com",
	"hr": "je i u se na da što nije sam bio ali kao od za to su samo još bi on ona kad ga mu sve",
	"et": "ja ei on ta oli see et kui ka oma siis ma aga mis nii tema enam veel seda ära üks pole sa",
	"lt": "ir ne kad į tai jis su kaip bet buvo jo ji už iš tik jau nuo savo dar aš jos mano po",
	"tl": "ang ng sa na at mga ay siya hindi ko niya si ito ka lang kung ako may nang pero mo",
	"la": "et in non est ad ut cum sed quod ab qui esse sunt atque nec si enim quam eius per",
	"eo": "la kaj de ne en li al ŝi estis mi ke sed kun por ĝi sia lia ŝia estas el kiel",
	"ga": "an agus na sé a ar bhí sí go do ní le is mé ach sin leis as níor tú",
	"cy": "y yn a ei ar i o yr oedd ac am wedi fod ond hi ef nid mae ni dim",
}

// scripts tell a language alone, or a family whose commonest stands for it.
var scripts = []struct {
	script *unicode.RangeTable
	code   string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Thai, "th"},
	{unicode.Greek, "el"}, {unicode.Hebrew, "he"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"},
	{unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"}, {unicode.Tamil, "ta"}, {unicode.Khmer, "km"}, {unicode.Lao, "lo"},
}

// cyrillic and arabic letters that one language of the script has and its
// neighbours have not.
var telling = []struct{ letters, code string }{
	{"іїєґ", "uk"}, {"ў", "be"}, {"ђћџљњ", "sr"}, {"ѓќѕ", "mk"}, {"әғқңөұүһ", "kk"}, {"ыэё", "ru"}, {"ъ", "bg"},
	{"پچژگ", "fa"}, {"ٹڈڑے", "ur"},
}

// language proposes the language that a text is written in.
func language(s Subject) []archive.Proposal {
	sample := sampleOf(s.Chapters)
	code, sure, because := tellLanguage(sample)
	if code == "" {
		return nil
	}
	return []archive.Proposal{{
		Field: "language", Value: code, Confidence: sure,
		Because: fmt.Sprintf("The text looks like %s: %s.", text.LanguageName(code), because),
	}}
}

// sampleOf takes some text from each chapter.
func sampleOf(chapters []archive.Chapter) string {
	var b strings.Builder
	for _, c := range chapters {
		t := c.Text.Text()
		share := max(enoughText/max(len(chapters), 1), 200)
		b.WriteString(strings.ToValidUTF8(t[:min(len(t), share)], ""))
		b.WriteByte('\n')
	}
	return b.String()
}

// tellLanguage returns a code of BCP 47, how sure it is, and why; "" if nothing
// is near enough.
func tellLanguage(sample string) (code string, sure float64, because string) {
	letters, latin := 0, 0
	count := map[string]int{}
	han, cyrillic, arabic := 0, 0, 0
	for _, r := range sample {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		default:
			for _, s := range scripts {
				if unicode.Is(s.script, r) {
					count[s.code]++
				}
			}
		}
		letters++
	}
	for code, n := range count {
		if n >= enoughScript && (n*3 > letters || code == "ja" && n*8 > letters) {
			return code, 0.97, "its letters say so"
		}
	}
	switch {
	case han*2 > letters && han >= enoughScript:
		return "zh", 0.95, "its letters say so"
	case cyrillic*2 > letters && cyrillic >= enoughScript:
		return byTellingLetters(sample, "ru"), 0.9, "its letters say so"
	case arabic*2 > letters && arabic >= enoughScript:
		return byTellingLetters(sample, "ar"), 0.9, "its letters say so"
	case latin*2 > letters:
		return byWords(sample)
	}
	return "", 0, ""
}

func byTellingLetters(sample, usual string) string {
	for _, t := range telling {
		n := 0
		for _, r := range sample {
			if strings.ContainsRune(t.letters, unicode.ToLower(r)) {
				n++
			}
		}
		if n*200 > len(sample) {
			return t.code
		}
	}
	return usual
}

// byWords counts function words.
func byWords(sample string) (code string, sure float64, because string) {
	words := strings.FieldsFunc(strings.ToLower(sample), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) < leastWords {
		return "", 0, ""
	}
	count := map[string]int{}
	for _, w := range words {
		count[w]++
	}
	best, next := 0.0, 0.0
	var said []string
	for c, list := range functionWords {
		n, few := 0, []string{}
		for w := range strings.FieldsSeq(list) {
			n += count[w]
			if count[w] > 0 && len(few) < 5 {
				few = append(few, w)
			}
		}
		switch share := float64(n) / float64(len(words)); {
		case share > best || share == best && c < code:
			best, next, code, said = share, best, c, few
		case share > next:
			next = share
		}
	}
	if best < leastShare || best < next*leastMargin {
		return "", 0, ""
	}
	sure = min(0.98, best/(best+next)*(0.7+best))
	return code, round(sure), fmt.Sprintf("words such as %s are in it", listed(quoted(said)))
}

func quoted(words []string) []string {
	var all []string
	for _, w := range words {
		all = append(all, "“"+w+"”")
	}
	return all
}
