package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"One two  three.", 3},
		{"don't, don’t, don‘t", 3},
		{"a well-known half-blood prince", 4},
		{"rock-’n’-roll", 1},
		{"yes—no", 2},
		{"yes–no", 2},
		{"yes--no", 2},
		{"yes - no", 2},
		{"'quoted' ‘words’", 2},
		{"the dogs' bowl", 3},
		{"31,623 words, 3.14 and 7", 5},
		{"end.Next and,so", 4},
		{"snake_case", 2},
		{"😀 👩‍👩‍👧 ❤️ 1️⃣ 🏳️‍🌈", 0},
		{"*** --- ~*~ …", 0},
		{"吾輩は猫である。", 7},
		{"ラーメン", 4},
		{"中文 and English 混合", 6},
		{"ภาษาไทย", 7},
		{"한국어 단어 셋", 3},
		{"Привет, мир", 2},
		{"שלום עולם", 2},
		{"قَالَ لَهُ", 2},
		{"नमस्ते दुनिया", 2},
		{"cafe\u0301 re\u0301sume\u0301", 2},
		{"soft\u00adhyphen zero\u200bwidth", 2},
		{"o'clock's", 1},
		{"2.", 1},
		{"a\u00a0b", 2},
		{"\xff\xfe", 0},
	} {
		if got := Words(c.text); got != c.want {
			t.Errorf("Words(%q) = %d, want %d", c.text, got, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"Éowyn’s  Song", "eowyn's song", " EOWYN'S\u00a0SONG "},
		{"Łukasz", "lukasz", "ŁUKASZ"},
		{"Straße", "STRASSE", "strasse"},
		{"Ｆｕｌｌ", "full"},
		{"Ёлка", "елка"},
		{"Æon – Flux", "aeon - flux"},
		{"ΣΊΣΥΦΟΣ", "σισυφος"},
		{"한국어", "한국어"},
		{"ﬁn", "fin"},
	} {
		for _, s := range same[1:] {
			if Key(s) != Key(same[0]) {
				t.Errorf("Key(%q) = %q, Key(%q) = %q", same[0], Key(same[0]), s, Key(s))
			}
		}
	}
	for _, apart := range [][2]string{
		{"が", "か"}, {"कि", "क"}, {"กิ", "ก"}, {"Harry/Draco", "Harry & Draco"}, {"A-B", "AB"}, {"", "\u0301"},
	} {
		if Key(apart[0]) == Key(apart[1]) {
			t.Errorf("Key(%q) = Key(%q) = %q", apart[0], apart[1], Key(apart[0]))
		}
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Harry’s Half-Blood Prince", "harry half blood prince"},
		{"Don't panic, O'Brien!", "dont panic obrien"},
		{"L’amour de d'Artagnan", "amour de artagnan"},
		{"Éowyn & Faramir", "eowyn faramir"},
		{"猫とdog", "猫 と dog"},
		{"Tony Stark (Iron Man)", "tony stark iron man"},
		{"1,000 years", "1,000 years"},
		{"...", ""},
	} {
		if got := strings.Join(Terms(c.text), " "); got != c.want {
			t.Errorf("Terms(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for name, want := range map[string]string{
		"English":                             "en",
		"Русский":                             "ru",
		"中文-普通话 國語":                           "zh",
		"Bahasa Indonesia":                    "id",
		"Português brasileiro":                "pt-BR",
		"ptBR":                                "pt-BR",
		"Kurdî | کوردی":                       "ku",
		"Ladino / לאדינו":                     "lad",
		"қазақша":                             "kk",
		"qazaqşa | қазақша":                   "kk",
		"ދިވެހި,":                             "dv",
		"Mi'kmaq":                             "mic",
		"Español":                             "es",
		"espanol":                             "es",
		"GERMAN":                              "de",
		"en_US":                               "en-US",
		"EN-us":                               "en-US",
		"zh-hant-tw":                          "zh-Hant-TW",
		"ru-RU":                               "ru-RU",
		"eng":                                 "en",
		"afr":                                 "af",
		"  français ":                         "fr",
		"Uncategorized Constructed Languages": "art",
		"":                                    "",
		"Gibberish":                           "",
		"<script>":                            "",
		"xx-YY":                               "",
	} {
		if got := Language(name); got != want {
			t.Errorf("Language(%q) = %q, want %q", name, got, want)
		}
	}
}

// Every name in the table must lead back to its own language, unless two
// languages are called alike and the first has it.
func TestLanguageNamesLeadBack(t *testing.T) {
	shared := []string{"Tagalog", "Frisian"}
	for _, l := range languages {
		for name := range strings.SplitSeq(l.native+"|"+l.english, "|") {
			if got := Language(name); got != l.code && !slices.Contains(shared, name) {
				t.Errorf("Language(%q) = %q, want %q", name, got, l.code)
			}
		}
		if got := Language(l.code); got != l.code {
			t.Errorf("Language(%q) = %q", l.code, got)
		}
		for _, code := range strings.Fields(l.codes) {
			if got := Language(code); got != l.code {
				t.Errorf("Language(%q) = %q, want %q", code, got, l.code)
			}
		}
		if LanguageName(l.code) == "" || EnglishName(l.code) == "" {
			t.Errorf("%s has no name", l.code)
		}
	}
}

func TestNamesAndDirections(t *testing.T) {
	for _, c := range []struct{ code, native, english, dir string }{
		{"de", "Deutsch", "German", "ltr"},
		{"de-AT", "Deutsch", "German", "ltr"},
		{"he", "עברית", "Hebrew", "rtl"},
		{"ar-EG", "العربية", "Arabic", "rtl"},
		{"ar-Latn", "العربية", "Arabic", "ltr"},
		{"pa-Arab", "ਪੰਜਾਬੀ", "Punjabi", "rtl"},
		{"zh-TW", "繁體中文", "Traditional Chinese", "ltr"},
		{"x", "x", "x", "ltr"},
		{"", "", "", "ltr"},
	} {
		if got := LanguageName(c.code); got != c.native {
			t.Errorf("LanguageName(%q) = %q, want %q", c.code, got, c.native)
		}
		if got := EnglishName(c.code); got != c.english {
			t.Errorf("EnglishName(%q) = %q, want %q", c.code, got, c.english)
		}
		if got := Dir(c.code); got != c.dir {
			t.Errorf("Dir(%q) = %q, want %q", c.code, got, c.dir)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Éowyn’s  Song", "猫とdog", "1️⃣", "\xff", "a-’-b", "e\u0301", "3,1", "ǅ", "ﷺ", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if key := Key(s); !utf8.ValidString(key) || Key(key) != key {
			t.Errorf("Key(%q) = %q, of which the key is %q", s, key, Key(key))
		}
		if n := Words(s); n < 0 || n > utf8.RuneCountInString(s) {
			t.Errorf("Words(%q) = %d", s, n)
		}
		for _, term := range Terms(s) {
			if term == "" || !utf8.ValidString(term) {
				t.Errorf("Terms(%q) has %q", s, term)
			}
		}
		if code := Language(s); code != "" && Language(code) != code {
			t.Errorf("Language(%q) = %q, which gives %q", s, code, Language(code))
		}
	})
}

func BenchmarkWords(b *testing.B) {
	s := strings.Repeat("“You don’t know,” he said—quietly—to the well-known stranger. ", 1000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Words(s)
	}
}

// TestWordsAreCountedAsTheyAreFound demands that the short way of counting
// counts what the long way finds.
func TestWordsAreCountedAsTheyAreFound(t *testing.T) {
	pieces := []string{"a", "word", "B", " ", " ", ".", ",", "-", "'", "’", "3", "14", "(", "…", "é", "漢", "\u0301", "\u00ad", "\u200d", "1️⃣", "\ufe0f\u20e3", "ー", "\n", "ß", "\x80", "—"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		found := 0
		eachWord(b.String(), func(int, int) { found++ })
		if n := Words(b.String()); n != found {
			t.Fatalf("%q: %d words counted, %d found", b.String(), n, found)
		}
	}
}

// TestNamesAsWritten demands that a name of the table is found without its key
// as it is with it.
func TestNamesAsWritten(t *testing.T) {
	for _, l := range languages {
		for name := range strings.SplitSeq(l.native+"|"+l.english, "|") {
			i, ok := asWritten(name)
			if want, known := byName()[Key(name)]; name != "" && (!ok || !known || i != want) {
				t.Errorf("%q is %d and %v, by its key %d and %v", name, i, ok, want, known)
			}
		}
	}
}
