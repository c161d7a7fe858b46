package madeup

import (
	"fmt"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/web/words"
)

// A Sample is a work with its chapters.
type Sample struct {
	Name     string
	Work     archive.Work
	Chapters []archive.Chapter
}

// All are the works that every page of works is shown with.
func All() []Sample {
	return []Sample{Usual(), Empty(), Long(), RightToLeft(), Hostile(), Han()}
}

// Day is the day on which everything was posted.
var Day = time.Date(2024, time.March, 3, 0, 0, 0, 0, time.UTC)

// Tags gives names of one kind ids that no two kinds share.
func Tags(kind archive.Kind, names ...string) []archive.Tag {
	var tags []archive.Tag
	for i, name := range names {
		tags = append(tags, archive.Tag{ID: archive.TagID(int(kind)*1000 + i + 1), Kind: kind, Name: name})
	}
	return tags
}

func allTagged(lists ...[]archive.Tag) []archive.Tag {
	var tags []archive.Tag
	for _, list := range lists {
		tags = append(tags, list...)
	}
	return tags
}

// chaptered fills in what follows from the chapters.
func chaptered(name string, w archive.Work, chapters ...archive.Chapter) Sample {
	for i := range chapters {
		chapters[i].Number, chapters[i].Words = i+1, chapters[i].Text.Words()
		w.Chapters = append(w.Chapters, archive.ChapterHead{Number: i + 1, Title: chapters[i].Title, Words: chapters[i].Words})
		w.Words += chapters[i].Words
	}
	w.Keeper, w.Visibility, w.Revision = archive.Owner, archive.Private, max(w.Revision, 1)
	return Sample{name, w, chapters}
}

const specimenText = `<p>The letter came with the fish. Old Prewett carried both up from the quay in the same hand, which was how most things reached the lighthouse, and he laid them on the table with the air of a man who has not read what he is carrying and would very much like to be asked.</p>
<p>“From the mainland,” said Tam.</p><p>“From nowhere,” said Prewett. “No stamp on it. It was in the crate, under the ice.”</p>
<p>Ysolde wiped her hands before she took it. She knew the ink, and the way the crossbar of the <em>t</em> ran on too long and caught the next word like a coat on a nail.</p>
<p><em>Do not light it tomorrow,</em> the letter said. <strong>Do not light it anyway.</strong></p><hr>
<p>In the morning the sea was so flat that the gulls walked about on it in pairs, or seemed to.</p>
<blockquote><p>There is a silence that belongs to machinery, and another that belongs to people who have stopped speaking.</p></blockquote>
<h1>What the log said</h1><ul><li>Wind: none.</li><li>Sea: flat.</li></ul><p class="center">Wind, none.</p><p class="right">Y. M.</p><p>“You could sleep through it,” Tam said from the stair. He did not say <em>again</em>.</p>`

// Usual is the work that most are like.
func Usual() Sample {
	w := archive.Work{
		ID: 1, Title: "What the Lamp Was For", Language: "en", Complete: false, ChaptersPlanned: 12, Kudos: 512, Revision: 3,
		Creators: []archive.Creator{{ID: 1, Name: "hollowmere"}}, Recipient: []string{"quillwort"},
		Tags: allTagged(Tags(archive.Rating, archive.RatingTeen), Tags(archive.Warning, "Creator Chose Not To Use Archive Warnings"), Tags(archive.Category, "Gen"),
			Tags(archive.Fandom, "The Lighthouse Sagas"), Tags(archive.Relationship, "Ysolde Marrow & Tam Fell", "Ysolde Marrow/Prewett"), Tags(archive.CharacterTag, "Ysolde Marrow", "Tam Fell"),
			Tags(archive.Freeform, "Grief", "Found Family", "Time Loops", "Lighthouses", "Slow Burn Friendship", "Epistolary", "Storms", "Ghosts who do the washing-up")),
		Series:  []archive.Part{{Series: archive.Series{ID: 1, Title: "Salt Letters"}, Number: 2}},
		Summary: prose.Parse("<p>The sea took the village in a single night. Thirty years on, the keeper who slept through it receives a letter in her own handwriting, dated tomorrow, asking her to leave the lamp unlit.</p>"),
		Notes:   prose.Parse("<p>Written for the winter exchange. Thank you to everyone who answered questions about paraffin.</p>"), EndNotes: prose.Parse("<p>There will be more of Prewett.</p>"),
		Posted: Day.AddDate(-1, 0, 0), Updated: Day, Added: Day.AddDate(0, 1, 0), Changed: Day.AddDate(0, 2, 0),
		Source: archive.Source{URL: "https://archiveofourown.org/works/218676", Site: "archiveofourown.org", Key: "ao3:218676"},
	}
	text := prose.Parse(strings.Repeat(specimenText, 4))
	return chaptered("usual", w,
		archive.Chapter{Title: "The Crate", Text: text},
		archive.Chapter{Title: "The Lamp, Unlit", Text: text, Summary: prose.Parse("<p>In which nobody lights anything.</p>"), Notes: prose.Parse("<p>Mind the gulls.</p>"), EndNotes: prose.Parse("<p>Next week: the gulls.</p>")},
		archive.Chapter{Text: text})
}

// Empty is a work of which nothing is known.
func Empty() Sample { return chaptered("empty", archive.Work{ID: 2}, archive.Chapter{}) }

// Long is a work with too much of everything.
func Long() Sample {
	many := func(kind archive.Kind, what string, n int) []archive.Tag {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("%s %d, %s", what, i+1, strings.Repeat("and more of it ", i%4)))
		}
		return Tags(kind, names...)
	}
	w := archive.Work{
		ID: 3, Title: strings.TrimSpace(strings.Repeat("The Very Long Title of a Work That Would Not Stop Naming Itself ", 6)) + " " + strings.Repeat("Donaudampfschifffahrt", 4),
		Language: "en", Complete: true, Kudos: 1_204_331, Hits: 9_888_777, Comments: 54_321, Bookmarks: 12_345,
		Tags: allTagged(Tags(archive.Rating, archive.RatingExplicit), Tags(archive.Warning, "Graphic Depictions Of Violence", "Major Character Death", "Rape/Non-Con", "Underage Sex"), Tags(archive.Category, "F/F", "F/M", "Gen", "M/M", "Multi", "Other"),
			many(archive.Fandom, "A Fandom With a Long Name", 9), many(archive.Relationship, "One Person/Another Person", 40), many(archive.CharacterTag, "A Person", 60), many(archive.Freeform, "A tag that tells a story of its own", 100)),
		Summary: prose.Parse(strings.Repeat("<p>A summary in many paragraphs that nobody asked to be this long, and "+strings.Repeat("on it goes ", 40)+"</p>", 5)),
		Notes:   prose.Parse(strings.Repeat("<p>"+strings.Repeat("Notes before the story. ", 40)+"</p>", 6)), EndNotes: prose.Parse("<p>The end, at last.</p>"),
		Posted: Day, Updated: Day.AddDate(9, 0, 0), Added: Day, Changed: Day,
	}
	for i := range 12 {
		w.Creators = append(w.Creators, archive.Creator{ID: archive.CreatorID(10 + i), Name: fmt.Sprintf("a-creator-with-a-long-name-%d", i), Account: "and_an_account"})
		w.Series = append(w.Series, archive.Part{Series: archive.Series{ID: archive.SeriesID(10 + i), Title: strings.Repeat("A Long Series ", i+1)}, Number: 100 * i})
	}
	var chapters []archive.Chapter
	for i := range 120 {
		chapters = append(chapters, archive.Chapter{Title: strings.Repeat("A Chapter Title That Runs On ", i%5), Text: prose.Parse(specimenText)})
	}
	return chaptered("long", w, chapters...)
}

// RightToLeft is a work in Arabic.
func RightToLeft() Sample {
	w := archive.Work{
		ID: 4, Title: "المصباح الذي لم يُطفأ", Language: "ar", Complete: true, ChaptersPlanned: 2,
		Creators: []archive.Creator{{ID: 4, Name: "ليلى البحر"}},
		Tags: allTagged(Tags(archive.Rating, archive.RatingGeneral), Tags(archive.Warning, words.NoWarnings), Tags(archive.Category, "Gen"), Tags(archive.Fandom, "ألف ليلة وليلة", "The Lighthouse Sagas"),
			Tags(archive.Relationship, "شهرزاد & دنيازاد"), Tags(archive.CharacterTag, "شهرزاد", "دنيازاد"), Tags(archive.Freeform, "صداقة", "Found Family", "حكاية")),
		Summary: prose.Parse("<p>في كل ليلة تترك دنيازاد مصباحًا مضاءً عند النافذة، وفي كل صباح تجد حكاية جديدة (حكاية رقم 1001) مكتوبة بخطّ لا تعرفه.</p>"),
		Notes:   prose.Parse("<p>شكرًا لكل من قرأ المسودة الأولى.</p>"), Posted: Day, Updated: Day, Added: Day, Changed: Day,
	}
	text := prose.Parse(strings.Repeat("<p>كانت المدينة نائمة حين وصلت الرسالة. لم يكن عليها طابع، ولا اسم، ولا تاريخ؛ كان فيها سطر واحد فقط: «اتركي المصباح مضاءً».</p><p>قالت شهرزاد: «من كتبها؟» ولم تُجب أختها، بل نظرت إلى البحر طويلًا، ثم قالت بالإنجليزية <span lang=\"en\" dir=\"ltr\">“Somebody is home.”</span></p><hr><p>وفي الصباح كان البحر ساكنًا كأنه مرآة.</p>", 6))
	return chaptered("rtl", w, archive.Chapter{Title: "الرسالة", Text: text}, archive.Chapter{Title: "النافذة", Text: text})
}

// Hostile is a work that attacks the page.
func Hostile() Sample {
	const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}</title></textarea><!--`
	w := archive.Work{
		ID: 5, Title: attack + "\u202eEVIL\u202c", Language: `en"><script>`, Creators: []archive.Creator{{ID: 5, Name: attack, URL: "javascript:alert(3)"}}, Recipient: []string{attack},
		Tags:    allTagged(Tags(archive.Rating, attack), Tags(archive.Warning, attack), Tags(archive.Category, attack), Tags(archive.Fandom, attack), Tags(archive.Relationship, attack), Tags(archive.CharacterTag, strings.Repeat("x", 400)), Tags(archive.Freeform, attack, "javascript:alert(4)")),
		Series:  []archive.Part{{Series: archive.Series{ID: 5, Title: attack, URL: "javascript:alert(5)"}, Number: -1}},
		Summary: prose.Parse(attack), Notes: prose.Parse(`<a href="javascript:alert(6)">x</a><p style="position:fixed;inset:0">over everything</p>`), EndNotes: prose.Parse(`<svg onload=alert(7)>`),
		Source: archive.Source{URL: "javascript:alert(8)", Site: attack}, Added: Day, Changed: Day,
	}
	text := prose.Parse(`<p id="main" onclick="alert(9)">An id that the page has.</p><iframe src="https://example.org"></iframe><style>body{display:none}</style><img src="https://example.org/track.gif" alt="A picture elsewhere"><img src="image:` + strings.Repeat("0", 64) + `" alt="A picture here"><form action="/settings" method="post"><input name="theme"></form><p>` + strings.Repeat("unbreakable", 60) + `</p>`)
	return chaptered("hostile", w, archive.Chapter{Title: attack, Notes: prose.Parse(attack), Text: text}, archive.Chapter{Text: text})
}

// Han is a work in Chinese.
func Han() Sample {
	w := archive.Work{
		ID: 6, Title: "燈塔來信", Language: "zh-Hant", Complete: true, Creators: []archive.Creator{{ID: 6, Name: "海霧"}},
		Tags:    allTagged(Tags(archive.Rating, archive.RatingNone), Tags(archive.Fandom, "The Lighthouse Sagas"), Tags(archive.Freeform, "書信", "海")),
		Summary: prose.Parse("<p>信是和魚一起來的。沒有郵票，也沒有名字。</p>"), Posted: Day, Updated: Day, Added: Day, Changed: Day,
	}
	return chaptered("han", w, archive.Chapter{Text: prose.Parse(strings.Repeat("<p>信是和魚一起來的。老人把兩樣東西都拿在一隻手裡，放在桌上，好像他並沒有讀過自己帶來的東西，卻很希望有人問起。</p><p>「從哪裡來的？」她問。<ruby>燈<rt>ㄉㄥ</rt></ruby>還亮著。</p>", 8))})
}
