package oldarchive

import (
	"fmt"
	"time"
)

// series makes series with parts that are stories, series, not confirmed, and gone.
func (m *maker) series() {
	byVariant := map[string][]string{
		"A": {"rating tinyint(4)", "classes varchar(200)", "characters varchar(250)", "reviews smallint(6)", "numstories int(11)", "warnings varchar(250)", "challenges varchar(200)", "genres varchar(250)"},
		"B": {"rating tinyint(4)", "classes varchar(200)", "characters varchar(250)", "reviews smallint(6)", "numstories int(11)", "challenges varchar(200)"},
		"D": {"classes varchar(200)", "rating tinyint(4)", "warnings varchar(250)", "genres varchar(250)", "characters varchar(250)", "reviews smallint(6)", "challenges varchar(200)", "numstories int(11)"},
	}
	rest := byVariant[m.Variant]
	if m.Variant == "C" {
		rest = byVariant["B"]
	}
	t := m.table("series", "`seriesid`", append([]string{"seriesid int(11)", "title varchar(200)", "summary text", "uid int(11)", "isopen tinyint(4)", "catid varchar(200)"}, rest...)...)
	columns := []string{"seriesid int(11)", "sid int(11)", "subseriesid int(11)", "confirmed int(11)", "inorder int(11)"}
	if m.Variant == "A" {
		columns = append(columns, "updated datetime")
	}
	in := m.table("inseries", "`sid`,`seriesid`", columns...)
	part := func(seriesid, sid, sub, confirmed, inorder int) {
		row := []any{seriesid, sid, sub, confirmed, inorder}
		if m.Variant == "A" {
			row = append(row, "2006-01-01 00:00:00")
		}
		in.add(row...)
	}
	n := min(max(6, m.share(realSeries)), m.Stories/4)
	for id := 1; id <= n; id++ {
		s := Series{ID: id, Title: fmt.Sprintf("Zoë’s Saga %d", id), Owner: 1 + id%5, Open: id%3 != 0}
		row := []any{id, m.enc(s.Title), m.enc("All of it, naïve."), s.Owner, id % 3, "1"}
		for _, c := range rest {
			row = append(row, map[string]any{
				"rating tinyint(4)": 0, "reviews smallint(6)": 0, "numstories int(11)": 3, "classes varchar(200)": "1,2", "characters varchar(250)": "1,3",
				"warnings varchar(250)": "Violence", "genres varchar(250)": "Angst,PWP - Plot, What Plot?", "challenges varchar(200)": "",
			}[c])
		}
		t.add(row...)
		m.parts(&s, part, n)
		m.truth.Series = append(m.truth.Series, s)
	}
}

func (m *maker) parts(s *Series, part func(seriesid, sid, sub, confirmed, inorder int), n int) {
	for k := 1; k <= 2; k++ {
		st := &m.truth.Stories[(s.ID*2+k)%m.Stories]
		confirmed := 1
		mark := ""
		if k == 2 && s.ID%4 == 0 {
			confirmed, mark = 0, "?"
		} else {
			st.Series = append(st.Series, fmt.Sprintf("%s #%d", s.Title, k))
		}
		part(s.ID, st.SID, 0, confirmed, k)
		s.Parts = append(s.Parts, fmt.Sprintf("sid %d%s", st.SID, mark))
	}
	if s.ID%5 == 0 && s.ID > 1 {
		part(s.ID, 0, s.ID-1, 1, 3)
		s.Parts = append(s.Parts, fmt.Sprintf("series %d", s.ID-1))
	}
	if m.quirk(s.ID, 6, 1) { // 8: the story was deleted, its place was not
		part(s.ID, 888_888, 0, 1, 9)
		m.tell("note/series")
	}
	if m.quirk(s.ID, 50, 2) && n > 2 {
		part(s.ID, 0, s.ID, 1, 10)
		m.tell("note/series")
	}
}

// reviews makes reviews of all sorts.
func (m *maker) reviews() {
	t := m.table("reviews", "`reviewid`", "reviewid int(11)", "item int(11)", "chapid int(11)", "reviewer varchar(60)", "uid int(11)", "review text", "date "+m.dateType(), "rating int(11)", "respond char(1)", "type char(2)")
	when, _ := m.date(time.Date(2006, 4, 3, 19, 34, 2, 0, time.UTC))
	for id := 1; id <= max(20, m.share(realReviews)); id++ {
		st := &m.truth.Stories[(id*7)%m.Stories]
		r := Review{ID: id, Name: fmt.Sprintf("Zoë the reader %d", id%40), Text: "Wunderschön—“loved” it's end!"}
		chapid := 0
		if id%2 == 0 && len(st.Chapters) > 0 {
			r.Chapter = 1 + id%len(st.Chapters)
			chapid = st.Chapters[r.Chapter-1].ID
		}
		if id%3 == 0 {
			r.UID = 1 + id%len(m.truth.People)
			r.Name = m.name(r.UID)
		}
		text, respond, rating, kind := m.enc(r.Text), "0", 0, "ST"
		switch {
		case id%5 == 0:
			r.Answer = "Thank you, Zoë!"
			text += "<br><br><i>Author's Response: " + m.enc(r.Answer) + "</i>"
			respond = "1"
		case id%11 == 0:
			r.Text, text = "", "No Review"
			r.Rating, rating = 8, 8
		case id%13 == 0:
			respond = "1" // and no answer is there
		case id%17 == 0:
			rating = -1
		case id%19 == 0:
			kind = ""
		}
		name, uid := m.enc(r.Name), r.UID
		if m.quirk(id, 20, 13) && r.UID > 0 {
			name = "0"
		}
		if m.quirk(id, 20, 16) { // 8
			t.add(id, 777_777, 0, name, uid, text, when, 0, "0", "ST")
			m.tell("loss/reviews")
			continue
		}
		t.add(id, st.SID, chapid, name, uid, text, when, rating, respond, kind)
		st.Reviews = append(st.Reviews, r)
	}
	t.add(90_001, 1, 0, "Zoë", 0, "Of a series.", when, 0, "0", "SE")
}

// favourites makes some, and some of nobody.
func (m *maker) favourites() {
	t := m.table("favorites", "`item`", "uid int(11)", "item int(11)", "type char(2)", "comments text")
	for i := 1; i <= max(10, m.Stories/2); i++ {
		uid := 1 + i%len(m.truth.People)
		switch {
		case i%3 == 0:
			st := &m.truth.Stories[i%m.Stories]
			t.add(uid, st.SID, "ST", m.enc("For the café."))
			st.Liked++
		case i%3 == 1:
			t.add(uid, 1+i%3, "AU", "")
		case len(m.truth.Series) > 0:
			t.add(uid, 1+i%len(m.truth.Series), "SE", "")
		default:
			continue
		}
		m.truth.Favourites++
	}
	if !m.NoQuirks { // 9
		t.add(0, m.truth.Stories[0].SID, "ST", "")
		t.add(1, 666_666, "ST", "")
		m.tell("note/favourites")
		m.tell("note/favourites")
	}
}
