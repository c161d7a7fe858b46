package unfuse

import (
	"slices"
	"strings"
	"testing"
)

// parted prints a text as its reader would have it: | for a space that is put
// back, ? for one that is asked for.
func parted(r *Reader, text string) string {
	var out strings.Builder
	last := 0
	for _, p := range r.Points(text) {
		verdict, _ := r.Judge(p)
		sign := map[Verdict]string{Suggest: "?", Mend: "|"}[verdict]
		for _, c := range p.Cuts {
			out.WriteString(text[last:c])
			out.WriteString(sign)
			last = c
		}
	}
	return out.String() + text[last:]
}

func readerOf(texts ...string) *Reader {
	r := NewReader()
	for _, t := range texts {
		r.Add(t)
	}
	return r
}

// plainProse is clean, and enough of it that one slip proves nothing.
var plainProse = strings.Repeat("The harbour lay still under the moon, and nobody walked along the wall that night. She had waited for him a long time. ", 60)

// fusedProse shows what it is: fusions that nobody could mean.
const fusedProse = "He hadnever seen the sea before. She saidnothing at all when theycame home. It wasthe last of them. I can'tbelieve that youdid it. The house wasempty now. Wehave to go."

func TestAlone(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"as sire andlover, beautiful", "as sire and?lover, beautiful"},
		{"at the end ofthe road", "at the end of|the road"},
		{"Buffybuffybuffy", "Buffybuffybuffy"},
		{"Not Buffy notBuffy notbuffy she wasn't here", "Not Buffy notBuffy notbuffy she wasn't here"},
		{"the slayerfest was over", "the slayerfest was over"},
		{"a warm!Harry and a not!John", "a warm!Harry and a not!John"},
		{"McGonagall, MacLeod, O'Brien and an iPhone", "McGonagall, MacLeod, O'Brien and an iPhone"},
		{"kept...but not for long", "kept...but not for long"},
		{"see example.com/thebook or write to me@thehouse.org", "see example.com/thebook or write to me@thehouse.org"},
		{"everytime, alot, ofcourse, upto", "everytime, alot, ofcourse, upto"},
		{"hellmouth, moonlit, starship, bloodstained", "hellmouth, moonlit, starship, bloodstained"},
		{"Aaaaaaargh! Hmmmmmm. Nooooooo! Squeeeee", "Aaaaaaargh! Hmmmmmm. Nooooooo! Squeeeee"},
		{"THISISIT he cried", "THISISIT he cried"},
		{"goin' an' comin' agin, turnin’", "goin' an' comin' agin, turnin’"},
		{"the U.S.Army and J.R.R.Tolkien, Ph.D.", "the U.S.Army and J.R.R.Tolkien, Ph.D."},
		{"was\u00adn't andl\u200bover", "was\u00adn't andl\u200bover"},
	} {
		if got := parted(readerOf(plainProse, c.text), c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestProven(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"It isoftenmeant so.", "It is|often|meant so."},
		{"Ibeggedher to stay.", "I|begged|her to stay."},
		{"It wasnotBuffy at all.", "It was|not|Buffy at all."},
		{"He waswrong,you know.Nobody cares.", "He was|wrong,|you know.|Nobody cares."},
		{`He said,"Come here."She came.`, `He said,| "Come here."|She came.`},
		{"a warm!Harry and a not!John", "a warm!Harry and a not!John"},
		{"Buffybuffybuffy", "Buffybuffybuffy"},
		{"Not Buffy notBuffy notbuffy", "Not Buffy notBuffy notbuffy"},
		{"kept...but not for long", "kept...but not for long"},
		{"McGonagall met MacLeod.", "McGonagall met MacLeod."},
		{"ThePleiades sailed.", "The|Pleiades sailed."},
	} {
		r := readerOf(fusedProse, "Buffy saw Buffy and Harry saw Harry.", c.text)
		got := parted(r, c.text)
		if want := strings.ReplaceAll(c.want, "| ", "|"); got != want {
			t.Errorf("%q: %q, want %q", c.text, got, want)
		}
	}
}

// falseAlarms are all tokens of clean texts that some form of these rules once
// parted, or asked about: each alone may be asked about, and is never parted.
var falseAlarms = strings.Fields(`Chronothairmalism Valentinois Areopagitica planetographical blindman's Blackeyed afterpart afterwhile otherways herebefore bloodsome
	Christmasses greybirds greyware sarkastically Norwalk electrono Palainport Simmsworth Yoculis Angelas Leonardus Clericalis Mestress adress doin goin wantin dressin
	tous partis parentis keepit needit itis heeven Therea doortop kneebones skullcapped reelbook reeltext spaceways spacelanes spacefield spacecap spacelock autodrive
	waterseekers roadlights firstclass farflung antehistorical Jovelike diskover frommage maison Maintenant planton plantons Pattieson Uttersons Utterson yoursell
	whativer howiver everytime eitherway nightsky fansites talkshows Greengrass Neverfall stepback damnit upto somedays Mycroft Newfriend Redcross Isaacson
	o’erseen o’erthrown brotherhood gunpouther Lingonor portrate quittin lettin asatin meself seaboot Lensmen Pleiades cabinotted lamachine`)

func TestFalseAlarms(t *testing.T) {
	for _, word := range falseAlarms {
		text := "They said " + word + " again, and nobody knew it."
		if got := parted(readerOf(plainProse, text), text); strings.Contains(got, "|") {
			t.Errorf("%s", got)
		}
	}
}

// TestOwn demands that a word which the document has is known in its fusions,
// and left in one piece itself.
func TestOwn(t *testing.T) {
	text := "Sokka ran. Then Sokka laughed. The slayerfest was theslayerfest of Sokkaand his friends, a slayerfest."
	want := "Sokka ran. Then Sokka laughed. The slayerfest was the|slayerfest of Sokka|and his friends, a slayerfest."
	if got := parted(readerOf(fusedProse, text), text); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r := NewReader()
	r.Name("Zhaolin")
	r.Add(fusedProse)
	if got := parted(r, "It wasZhaolin again."); got != "It was|Zhaolin again." {
		t.Errorf("a name from the tags: %q", got)
	}
}

func TestOtherLanguages(t *testing.T) {
	for _, text := range []string{
		"Der Dampfschifffahrtskapitän wollte undkonnte nicht mehr schlafen, und der Mond stand hell über dem Hafen der alten Stadt.",
		"Elle ne voulait pas le croire, et pourtant c'était vrai: lamer était calme et le port dormait sous la lune claire.",
		"Луна стояла над гаванью, и никто не шёл вдольстены.",
	} {
		if got := readerOf(strings.Repeat(text+" ", 20)).Points(text); got != nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ibeggedher to stay.", []string{"begged"}},
		{"She saidnever againto them.", []string{"never again"}},
		{"He wasold, she thought.", []string{"old"}},
		{`"Youdid it."`, []string{"You"}},
		{"He wasneverthere, and Ialwayswas.", []string{"never", "always"}},
		{"Nothing is here.", nil},
	} {
		r := readerOf("Ibeggedher, youneversaid it, hedidnotgo and wewereallthere.", fusedProse, c.text)
		var cuts []int
		for _, p := range r.Points(c.text) {
			cuts = append(cuts, p.Cuts...)
		}
		slices.Sort(cuts)
		var got []string
		for _, s := range r.Spans(c.text, cuts) {
			got = append(got, c.text[s.From:s.To])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestMisread(t *testing.T) {
	text := "He carne back to tbe house with bis modern doubts. Slie had waitcd for liim all niglit, and sbe was vvell."
	var got []string
	for _, m := range readerOf(plainProse, text).Misread(text) {
		got = append(got, text[m.From:m.To]+" "+m.Word)
	}
	want := []string{"tbe the", "waitcd waited", "liim him", "niglit night", "sbe she", "vvell well"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	clean := "Bill's cottage: ’e comcs, gurl, tlie dorg, an' the witli."
	if got := readerOf(plainProse, clean).Misread(clean); got != nil {
		t.Errorf("in a clean text: %v", got)
	}
}

func FuzzPoints(f *testing.F) {
	for _, seed := range []string{"andlover", "Ibeggedher,you", "a’b’’c", "été,étéÉté", "\u00adx\u200b", `."x,"y`, "x!Y", strings.Repeat("ofthe", 20), "\xff\xfeofthe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := readerOf(fusedProse, fusedProse, fusedProse, text)
		var cuts []int
		last := 0
		for _, p := range r.Points(text) {
			verdict, confidence := r.Judge(p)
			if confidence < 0 || confidence > 1 || (confidence == 0) != (verdict == Leave) {
				t.Errorf("%+v: %v, %v", p, verdict, confidence)
			}
			for _, c := range p.Cuts {
				if c <= p.From || c >= p.To || p.To > len(text) || c < last {
					t.Fatalf("a cut at %d of %+v", c, p)
				}
				cuts, last = append(cuts, c), c
			}
		}
		last = 0
		for _, s := range r.Spans(text, cuts) {
			if s.From < last || s.To <= s.From || s.To > len(text) {
				t.Fatalf("a span %+v after %d", s, last)
			}
			last = s.To
		}
	})
}

// BenchmarkClean is what a novel costs that lost nothing.
func BenchmarkClean(b *testing.B) {
	text := strings.Repeat(plainProse+"Hermione, said Sokka, the hellmouth awaits thee at Hogwarts. ", 70)
	NewReader()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r := NewReader()
		for line := range strings.SplitSeq(text, ". ") {
			r.Add(line)
		}
		for line := range strings.SplitSeq(text, ". ") {
			r.Points(line)
		}
	}
}
