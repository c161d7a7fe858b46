package oldarchive

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// cuts is how many bytes a text column holds.
const cuts = 65_535

// Gone is what must stand in the notes of a chapter that has nothing else, in a
// story that has other chapters: so that they keep their numbers.
const Gone = "The text of this chapter was not in the archive that this work came from."

// tables of stories and chapters, while they are made.
type shelf struct {
	stories, chapters, coauthors *table
	authors                      int
}

func (m *maker) stories() {
	s := &shelf{authors: min(m.share(realAuthors), len(m.truth.People))}
	columns := []string{"sid int(11)", "title varchar(200)", "summary text", "storynotes text", "catid varchar(100)", "classes varchar(200)", "charid varchar(250)", "rid varchar(25)",
		"date " + m.dateType(), "updated " + m.dateType(), "uid int(11)", m.coauthorType(), "featured char(1)", "validated char(1)", "completed char(1)", "rr char(1)",
		"wordcount int(11)", "rating tinyint(4)", "reviews smallint(6)", "count int(11)"}
	if m.lists4() {
		columns = append(columns, "challenges varchar(200)")
	}
	s.stories = m.table("stories", "`sid`", columns...)
	s.chapters = m.table("chapters", "`chapid`", "chapid int(11)", "title varchar(250)", "inorder int(11)", "notes text", "storytext text", "endnotes text", "validated char(1)",
		"wordcount int(11)", "rating tinyint(4)", "reviews smallint(6)", "sid int(11)", "uid int(11)", "count int(11)")
	s.coauthors = m.table("coauthors", "`sid`,`uid`", "sid int(11)", "uid int(11)")
	for i := 1; i <= m.Stories; i++ {
		m.story(s, i)
	}
	if !m.NoQuirks {
		m.orphan(s)
	}
}

// lists4 reports whether stories list their challenges.
func (m *maker) lists4() bool { return m.Variant == "A" || m.Variant == "D" }

func (m *maker) coauthorType() string {
	return map[string]string{"A": "coauthors varchar(200)", "B": "coauthors varchar(50)", "C": "coauthors tinyint(1)", "D": "coauthors varchar(200)"}[m.Variant]
}

// pick returns up to n entries of a list, their numbers and what they become.
func (m *maker) pick(list []entry, n int) (ids string, want []string) {
	var numbers []string
	for _, i := range m.rand.Perm(len(list))[:n] {
		numbers = append(numbers, fmt.Sprint(list[i].id))
		want = append(want, list[i].want...)
	}
	return strings.Join(numbers, ","), want
}

func (m *maker) name(uid int) string { return m.truth.People[uid-1].Name }

// story makes one story. Which quirks it has follows from its place.
func (m *maker) story(s *shelf, i int) {
	sid, uid := 3*i, 1+i%s.authors
	t := Story{SID: sid, Title: fmt.Sprintf("The Café by the Sea %d", i), Creators: []string{m.name(uid)}, Complete: i%3 != 0, Featured: i%9 == 0, Words: 5000 + i, Hits: 7 * i}
	m.truth.People[uid-1].Author = true
	title := m.enc(t.Title)
	switch {
	case m.quirk(i, 10, 1): // stray backslashes
		t.Title = fmt.Sprintf("It's the Sea %d", i)
		title = fmt.Sprintf(`It\'s the Sea %d`, i)
	case m.quirk(i, 10, 2): // 13
		title = " " + title
	case m.quirk(i, 10, 3):
		t.Title = fmt.Sprintf("“Tom & Ann” 日 %d", i)
		title = fmt.Sprintf("&#8220;Tom &amp; Ann&#8221; &#26085; %d", i)
	}
	t.Summary = "They waited, naïve as they were. It’s about the café."
	summary := m.enc(t.Summary)
	if m.quirk(i, 20, 15) { // 15
		summary = "&nbsp;<p> &nbsp;</p>" + summary
	}
	var notes any
	if i%4 == 0 {
		t.Notes = "For Zoë, who asked."
		notes = m.enc(t.Notes)
	}
	catid, tags := m.pick(categories, 1+i%2)
	charid, more := m.pick(characters, 1+i%3)
	tags = append(tags, more...)
	classIDs, more := m.pick(classes, 1+i%3)
	tags = append(tags, more...)
	rating := ratings[i%len(ratings)]
	rid := fmt.Sprint(rating.id)
	tags = append(tags, rating.want...)
	switch {
	case m.quirk(i, 20, 3): // 5
		rid = rating.name
		m.tell("note/ratings")
	case m.quirk(i, 20, 4): // 4
		charid += ",0,,99," + charid
		m.tell("doubt/lists")
	case m.quirk(i, 20, 5): // 4, a list that was cut
		known := classIDs + ","
		for len(known) < 199 {
			known += "0,"
		}
		last := 1
		for slices.Contains(strings.Split(classIDs, ","), fmt.Sprint(last)) {
			last++
		}
		classIDs = strings.TrimSuffix(known[:198], ",") + ","
		for len(classIDs) < 199 {
			classIDs = "," + classIDs
		}
		classIDs += fmt.Sprint(last) // of 12, say
		m.tell("doubt/lists")
	}
	t.Tags = unique(tags)
	posted := time.Date(2004, 1, 1, 20, 0, 0, 0, time.UTC).AddDate(0, 0, i%3000)
	updated := posted.AddDate(0, 1, 0)
	switch {
	case m.quirk(i, 20, 6): // 7
		posted = time.Time{}
	case m.quirk(i, 20, 7):
		updated = posted.AddDate(-1, 0, 0)
		m.tell("note/dates")
	}
	dateValue, wantPosted := m.date(posted)
	updatedValue, wantUpdated := m.date(updated)
	if updated.Before(posted) {
		wantUpdated = wantPosted
	}
	t.Posted, t.Updated = wantPosted, wantUpdated
	coauthors := m.coauthors(s, &t, i, uid)
	validated, rr := "1", "0"
	switch {
	case m.quirk(i, 20, 8): // 6
		validated, t.Pending = "", true
	case m.quirk(i, 20, 9):
		validated, t.Pending = "0", true
	case m.quirk(i, 20, 10):
		validated = "2"
	case m.quirk(i, 20, 14):
		rr = "1"
	}
	featured := map[bool]string{true: "1", false: []string{"", "0", "2"}[i%3]}[t.Featured]
	row := []any{sid, title, summary, notes, catid, classIDs, charid, rid, dateValue, updatedValue, uid, coauthors, featured, validated,
		map[bool]string{true: "1", false: []string{"", "0"}[i%2]}[t.Complete], rr, t.Words, 0, 0, t.Hits}
	if m.lists4() {
		challenge := challenges[i%2]
		row = append(row, []string{"0", fmt.Sprint(challenge.id)}[i%2])
		if i%2 == 1 {
			t.Collections = []string{challenge.name}
		}
	}
	s.stories.add(row...)
	m.chaptersOf(s, &t, i, uid)
	m.truth.Stories = append(m.truth.Stories, t)
}

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// coauthors gives every sixth story some, told in one place, the other or both.
func (m *maker) coauthors(s *shelf, t *Story, i, uid int) any {
	flag := m.Variant == "B" || m.Variant == "C"
	none := map[string]any{"A": nil, "B": "0", "C": 0, "D": nil}[m.Variant]
	if i%6 != 0 {
		return none
	}
	a, b := 2+(uid+1)%7, 2+(uid+3)%7 // members that are there in the smallest archive; never 1, which may be a flag
	add := func(u int) {
		if name := m.name(u); u != uid && !slices.Contains(t.Creators, name) {
			t.Creators = append(t.Creators, name)
			m.truth.People[u-1].Author = true
		}
	}
	if flag {
		for _, u := range slices.Sorted(slices.Values([]int{a, b})) {
			s.coauthors.add(t.SID, u)
			add(u)
		}
		return map[string]any{"B": "1", "C": 1}[m.Variant]
	}
	if i%12 == 0 { // 3: told in the table alone
		s.coauthors.add(t.SID, a)
		add(a)
		return nil
	}
	s.coauthors.add(t.SID, b)
	add(a)
	add(b)
	m.tell("note/co-authors")
	return fmt.Sprintf("%d,%d", a, uid)
}

// chaptersOf makes the chapters of a story.
func (m *maker) chaptersOf(s *shelf, t *Story, i, uid int) {
	n := 1
	if i%5 == 0 {
		n = 2
	}
	if m.quirk(i, 40, 38) { // 2
		m.tell("loss/missing text")
		return
	}
	places := []int{1, 2, 3}
	if m.quirk(i, 20, 11) { // 1
		n, places = 3, []int{1, 2, 1}
		m.tell("note/order of chapters")
	}
	if m.quirk(i, 20, 16) {
		n = 2
	}
	var made []Chapter
	for k := range n {
		made = append(made, m.chapter(s, t, i, k, uid, places[k]))
	}
	if m.quirk(i, 20, 16) { // the last was never approved
		made = made[:1]
		m.tell("doubt/pending")
	}
	slices.SortStableFunc(made, func(a, b Chapter) int { return a.Place - b.Place })
	some := slices.ContainsFunc(made, func(c Chapter) bool { return !c.Missing })
	for k := range made {
		if c := &made[k]; some && c.Missing && c.Notes == "" && c.EndNotes == "" {
			c.Notes = Gone
		}
	}
	t.Chapters = made
}

// chapter makes one chapter, in the database or in a file.
func (m *maker) chapter(s *shelf, t *Story, i, k, uid, place int) Chapter {
	m.chap++
	c := Chapter{ID: m.chap, Place: place, Title: fmt.Sprintf("Part %d: Zoë", k+1)}
	if i%3 == 0 {
		c.Notes = "A note, naïve."
	}
	if i%4 == 0 {
		c.EndNotes = "Thanks—all."
	}
	words := m.Words
	long := m.quirk(i, 200, 17) && m.Store != "files" // 19
	if long {
		words = 14_000
	}
	c.Paragraphs = m.paragraphs(words)
	owner, folder := uid, uid
	switch {
	case m.quirk(i, 20, 13): // the member is gone, the file was moved
		owner = 9_999
	case m.quirk(i, 20, 14) && k == n1(i): // a round robin
		owner = 1 + uid%len(m.truth.People)
		folder = owner
		if name := m.name(owner); !slices.Contains(t.Creators, name) {
			c.By = name
			t.Creators = append(t.Creators, name)
		}
	}
	text := m.markedUp(c.Paragraphs, m.chap)
	if m.quirk(i, 20, 18) {
		text = m.pictured(t, text, folder)
	}
	if m.quirk(i, 20, 19) {
		c.Paragraphs = []string{"Read it elsewhere"}
		text = `<a href="http://elsewhere.example/story">Read it elsewhere</a>`
		if k == 0 && i%5 != 0 {
			m.tell("note/bookmarks")
		}
	}
	inDatabase := m.Store == "mysql" || m.Store == "mixed" && m.chap%2 == 0
	validated := "1"
	if m.quirk(i, 20, 16) && k == 1 {
		validated = "0"
	}
	var stored any
	switch {
	case m.quirk(i, 20, 12) && k == 0, m.quirk(i, 20, 10) && k == 1: // 1.4: the text is nowhere
		c.Paragraphs, c.Missing = nil, true
		m.tell("loss/missing text")
	case inDatabase:
		bytes := m.enc(text)
		if len(bytes) > cuts {
			bytes = bytes[:cuts]
			m.files[fmt.Sprintf("%d/%d.txt", folder, m.chap)] = m.filed(text, m.chap)
		}
		stored = bytes
	default:
		if m.quirk(i, 20, 2) {
			folder = 7_777
		}
		m.files[fmt.Sprintf("%d/%d.txt", folder, m.chap)] = m.filed(text, m.chap)
		if m.chap%3 == 0 {
			stored = ""
		}
	}
	for _, p := range c.Paragraphs {
		m.truth.Words += strings.Count(p, " ") + 1
	}
	s.chapters.add(m.chap, m.enc(c.Title), place, m.enc(c.Notes), stored, m.enc(c.EndNotes), validated, words+11, 0, 0, t.SID, owner, 5*i) // 12
	return c
}

// n1 is which chapter of a round robin is by somebody else: the last.
func n1(i int) int {
	if i%5 == 0 {
		return 1
	}
	return 0
}

// markedUp writes paragraphs as people did: in HTML, in plain lines, with breaks.
func (m *maker) markedUp(paragraphs []string, form int) string {
	switch form % 4 {
	case 0:
		return "<p>" + strings.Join(paragraphs, "</p>\r\n<p>") + "</p>\r\n"
	case 1:
		return strings.Join(paragraphs, "\n\n") + "\n"
	case 2:
		return strings.Join(paragraphs, "<br />\r\n<br />\r\n")
	}
	return `<p class="MsoNormal">` + strings.Join(paragraphs, `<o:p></o:p></p><p class="MsoNormal">`) // never closed
}

// filed is a text as a file: each has an encoding of its own.
func (m *maker) filed(text string, form int) []byte {
	switch form % 3 {
	case 0:
		b, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			panic(err)
		}
		return []byte(b)
	case 1:
		return []byte("\xef\xbb\xbf" + text)
	}
	return []byte(text)
}

// pictured has a text show pictures: two that are there, one that is not, and one
// that is a program.
func (m *maker) pictured(t *Story, text string, folder int) string {
	t.Pictures = 2
	m.files[fmt.Sprintf("%d/images/pic.png", folder)] = dot(uint8(folder))
	m.files[fmt.Sprintf("%d/images/other.png", folder)] = dot(uint8(folder + 100))
	m.files[fmt.Sprintf("%d/images/geo.php.gif", folder)] = dot(1)
	m.tell("loss/pictures")
	m.tell("loss/pictures")
	return text + fmt.Sprintf(`<p><img src="stories/%d/images/pic.png"><img src='%s/stories/%d/images/other.png' alt=""><img src=stories/%d/images/geo.php.gif><img src="stories/%d/images/gone.jpg"></p>`,
		folder, m.truth.URL, folder, folder, folder)
}

func dot(shade uint8) []byte {
	img := image.NewGray(image.Rect(0, 0, 2, 2))
	img.SetGray(0, 0, color.Gray{Y: shade})
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}

// orphan is a chapter whose story is gone.
func (m *maker) orphan(s *shelf) {
	m.chap++
	text := m.pool[0]
	s.chapters.add(m.chap, "Left Behind", 1, "", "<p>"+m.enc(text)+"</p>", "", "1", 10, 0, 0, 999_999, 2, 0)
	m.tell("doubt/chapters")
	m.truth.Words += strings.Count(text, " ") + 1
	m.truth.Stories = append(m.truth.Stories, Story{
		SID: 999_999, Title: "Left Behind", Creators: []string{m.name(2)}, Pending: true,
		Chapters: []Chapter{{ID: m.chap, Place: 1, Title: "Left Behind", Paragraphs: []string{text}}},
	})
}
