package oldarchive

import (
	"fmt"
	"strings"
	"time"
)

// phrases makes the paragraphs that all texts are made of.
func (m *maker) phrases() {
	words := strings.Fields("the lamp was lit and a sea went on below them while she turned her face from every window of that house because nobody had told him " +
		"about letters which came too late or never when morning broke over roofs we said little but it seemed enough for those who knew how long they would wait " +
		"café naïve Zoë façade piñata crème über smörgåsbord")
	quotes := []string{"“Wait,” she said—too late.", "It’s nothing…", "‘Yes,’ he said, ‘of course.’", "He didn't look back.", "\"Oh,\" they said.", "Tom & Ann went home."}
	for range 400 {
		var b strings.Builder
		for range 3 + m.rand.IntN(5) {
			n := 6 + m.rand.IntN(14)
			for i := range n {
				w := words[m.rand.IntN(len(words))]
				if i == 0 {
					first := string([]rune(w)[0])
					w = strings.ToUpper(first) + w[len(first):]
				} else {
					b.WriteByte(' ')
				}
				b.WriteString(w)
			}
			b.WriteString(". ")
			if m.rand.IntN(4) == 0 {
				b.WriteString(quotes[m.rand.IntN(len(quotes))] + " ")
			}
		}
		m.pool = append(m.pool, strings.TrimSpace(b.String()))
	}
}

// paragraphs makes a text of about so many words.
func (m *maker) paragraphs(words int) []string {
	var all []string
	for n := 0; n < words; {
		p := m.pool[m.rand.IntN(len(m.pool))]
		all = append(all, p)
		n += strings.Count(p, " ") + 1
	}
	return all
}

// date is a value of a date column, and what must be read of it.
func (m *maker) date(t time.Time) (value any, want string) {
	if m.Variant == "C" {
		if t.IsZero() {
			return 0, ""
		}
		return int(t.Unix()), t.Format(time.DateOnly)
	}
	if t.IsZero() {
		return "0000-00-00 00:00:00", ""
	}
	return t.Format(time.DateTime), t.Format(time.DateOnly)
}

// dateType is the type of date columns.
func (m *maker) dateType() string {
	if m.Variant == "C" {
		return "int(10)"
	}
	return "datetime"
}

func (m *maker) settings() {
	m.truth.Name, m.truth.URL = "The Zoë Café Archive", "http://www.oldlamp.example/fic"
	m.truth.Secrets = []string{"hunter2smtp", "5f4dcc3b5aa765d61d8327deb882cf99", "Real Name Kept Private"}
	columns := "sitekey sitename slogan url siteemail tableprefix skin hiddenskins language submissionsoff storiespath store autovalidate words version smtp_host smtp_username smtp_password"
	var typed []string
	for _, c := range strings.Fields(columns) {
		typed = append(typed, c+" varchar(200)")
	}
	t := m.table("settings", "`sitekey`", typed...)
	store := m.Store
	if store == "mixed" {
		store = "files"
	}
	t.add("KEY1", m.enc(m.truth.Name), "It's old", m.truth.URL, "admin@oldlamp.example", m.Prefix, "default", "", "en", 0, "stories", store, 0, "", "3.5.3", "mail.example", "mailer", "hunter2smtp")
	blocks := m.table("blocks", "`block_id`", "block_id int(11)", "block_name varchar(30)", "block_variables text")
	blocks.add(1, "info", m.enc(`a:1:{s:5:"style";s:5:"café";}`)) // 14: the length is wrong in UTF-8
	log := m.table("log", "`log_id`", "log_id int(11)", "log_action varchar(255)", "log_ip int(11)")
	log.add(1, "Somebody's 'action'", 2130706433)
}

// people makes the members. The first are authors.
func (m *maker) people() {
	n := max(8, m.share(realMembers))
	if m.Bridged {
		t := m.table("x", "")
		t.name, t.columns = "phpbb_users", []string{"user_id int(11)", "username varchar(255)", "user_password varchar(40)", "user_email varchar(100)"}
		for uid := 1; uid <= n; uid++ {
			p := Person{UID: uid, Name: fmt.Sprintf("Zoë %d", uid), Email: fmt.Sprintf("m%d@example.com", uid)}
			t.add(uid, m.enc(p.Name), "5f4dcc3b5aa765d61d8327deb882cf99", p.Email)
			m.truth.People = append(m.truth.People, p)
		}
		m.tell("doubt/people")
		return
	}
	columns := []string{"uid int(11)", "penname varchar(200)", "realname varchar(200)", "email varchar(200)"}
	withSite := m.Variant == "A" || m.Variant == "D"
	if withSite {
		columns = append(columns, "website varchar(200)")
	}
	t := m.table("authors", "`uid`", append(columns, "bio text", "image varchar(200)", "date "+m.dateType(), "admincreated char(1)", "password varchar(40)")...)
	for uid := 1; uid <= n; uid++ {
		p := Person{UID: uid, Name: fmt.Sprintf("Zoë %d", uid), Email: fmt.Sprintf("m%d@example.com", uid)}
		name, email := m.enc(p.Name), p.Email
		switch {
		case m.quirk(uid, 50, 5): // 11
			p.Name = fmt.Sprintf("zoë %d", uid-1)
			name = m.enc(p.Name)
			m.tell("doubt/people")
		case m.quirk(uid, 50, 6):
			p.Name = fmt.Sprintf("Bill & Bob %d", uid)
			name = fmt.Sprintf("Bill &amp; Bob %d", uid)
		case m.quirk(uid, 50, 7):
			p.Email, email = "", "  "
			m.tell("note/e-mail")
		case m.quirk(uid, 50, 8):
			email = fmt.Sprintf(" M%d@Example.com ", uid)
			p.Email = strings.TrimSpace(email)
		}
		if uid%3 == 0 {
			p.Bio = "I write about the sea, café and all."
		}
		joined, _ := m.date(time.Date(2003, 5, 1, 10, 0, 0, 0, time.UTC).AddDate(0, 0, uid))
		row := []any{uid, name, "Real Name Kept Private", email}
		if withSite {
			row = append(row, "")
		}
		t.add(append(row, m.enc(p.Bio), "", joined, "0", "5f4dcc3b5aa765d61d8327deb882cf99")...)
		m.truth.People = append(m.truth.People, p)
	}
	m.profiles()
}

// profiles has the fields that make trouble: code, and rows of nobody.
func (m *maker) profiles() {
	fields := m.table("authorfields", "`field_id`", "field_id int(11)", "field_type tinyint(4)", "field_name varchar(30)", "field_title varchar(255)", "field_options text", "field_code_in text", "field_code_out text", "field_on tinyint(1)")
	fields.add(2, 1, "website", "Web Site", "", "", "", 1)
	fields.add(6, 5, "Yahoo", "Yahoo IM", "", "$output .= \"<div><label for='AOL'>\".$field['field_title'].\":</label>\";", "", 1)
	info := m.table("authorinfo", "`uid`,`field`", "uid int(11)", "field int(11)", "info varchar(255)")
	info.add(3, 2, "http://example.com/three")
	if !m.NoQuirks {
		info.add(0, 2, "http://example.com/nobody") // 10
		info.add(4, 6, "yahoo")
		m.tell("note/profiles")
	}
}

// entry is an entry of one of the archive's lists, and what it must become.
type entry struct {
	id, parent int
	name       string
	want       []string
}

var (
	categories = []entry{
		{1, -1, "Lantern Keepers", []string{"fandom:Lantern Keepers"}},
		{2, 1, "Ann/Tom", []string{"relationship:Ann/Tom", "fandom:Lantern Keepers"}},
		{3, 1, "Zoë/Ann", []string{"relationship:Zoë/Ann", "fandom:Lantern Keepers"}},
		{4, -1, "Slash Pairings", []string{"category:M/M"}},
		{5, 4, "Tom/Bob", []string{"relationship:Tom/Bob"}},
		{6, -1, "Gen", []string{"category:Gen"}},
		{7, -1, "Sea Tales", []string{"fandom:Sea Tales"}},
		{8, -1, "Crossovers", []string{"tag:Crossovers"}},
	}
	characters = []entry{
		{1, -1, "Ann O'Hara", []string{"character:Ann O'Hara"}}, {2, -1, "Tom", []string{"character:Tom"}},
		{3, -1, "Zoë", []string{"character:Zoë"}}, {4, 7, "Bob", []string{"character:Bob"}},
	}
	classes = []entry{
		{1, 1, "Action/Adventure", []string{"tag:Action/Adventure"}}, {2, 1, "Angst", []string{"tag:Angst"}},
		{3, 1, "PWP - Plot, What Plot?", []string{"tag:PWP - Plot, What Plot?"}}, {4, 2, "Character Death", []string{"warning:Major Character Death"}},
		{5, 2, "Violence", []string{"warning:Violence"}}, {6, 3, "Long", []string{"tag:Long"}},
	}
	ratings = []entry{
		{1, 0, "G", []string{"rating:General Audiences"}}, {2, 0, "PG-13", []string{"rating:Teen And Up Audiences"}},
		{3, 0, "R - Restricted", []string{"rating:Mature"}}, {4, 0, "NC-17", []string{"rating:Explicit"}}, {5, 0, "Sparkling", []string{"tag:Rating: Sparkling"}},
	}
	challenges = []entry{{1, 0, "Ten Lines", nil}, {2, -1, "Storm", nil}}
)

func (m *maker) lists() {
	t := m.table("categories", "`catid`", "catid int(11)", "parentcatid int(11)", "category varchar(60)", "description text", "image varchar(100)", "locked char(1)", "leveldown tinyint(4)", "displayorder int(11)", "numitems int(11)")
	for i, e := range categories {
		t.add(e.id, e.parent, m.enc(e.name), "", "", "0", 0, i, 0)
	}
	t = m.table("characters", "`charid`", "charid int(11)", "catid int(11)", "charname varchar(60)", "bio text", "image varchar(200)")
	for _, e := range characters {
		t.add(e.id, e.parent, m.enc(e.name), "", "")
	}
	t = m.table("classes", "`class_id`", "class_id int(11)", "class_type int(11)", "class_name varchar(100)")
	for _, e := range classes {
		t.add(e.id, e.parent, m.enc(e.name))
	}
	t = m.table("classtypes", "`classtype_id`", "classtype_id int(11)", "classtype_name varchar(50)", "classtype_title varchar(50)")
	t.add(1, "genres", "Genres")
	t.add(2, "warnings", "Warnings")
	t.add(3, "length", "Length")
	t = m.table("ratings", "`rid`", "rid int(11)", "rating varchar(60)", "ratingwarning char(1)", "warningtext text")
	for _, e := range ratings {
		t.add(e.id, e.name, "", "")
	}
	t = m.table("challenges", "`chalid`", "chalid int(11)", "challenger varchar(200)", "uid int(11)", "title varchar(250)", "catid varchar(200)", "characters varchar(200)", "summary text")
	for _, e := range challenges {
		t.add(e.id, "Zoë", 1, e.name, fmt.Sprint(e.parent), "", "\"<p>Write.</p>\r\n\"") // 16
	}
}

func (m *maker) pages() {
	m.truth.Pages = map[string]string{"welcome": "Welcome to Zoë’s", "rules": "Rules", "news-1": "Open!", "challenge-1": "Ten Lines", "challenge-2": "Storm"}
	t := m.table("messages", "`message_id`", "message_id int(11)", "message_name varchar(50)", "message_title varchar(200)", "message_text text")
	t.add(1, "welcome", m.enc("Welcome to Zoë’s"), m.enc("<p>Hello, café.</p>"))
	t.add(2, "rules", "Rules", "Be kind.\r\n\r\nBe it's.")
	t.add(3, "empty", "Nothing", "")
	t = m.table("news", "`nid`", "nid int(11)", "author varchar(60)", "title varchar(255)", "story text", "time "+m.dateType(), "comments int(11)")
	when, _ := m.date(time.Date(2006, 4, 3, 13, 0, 0, 0, time.UTC))
	t.add(1, "Admin", "Open!", "We are open.", when, 1)
	t = m.table("comments", "`cid`", "cid int(11)", "nid int(11)", "uid int(11)", "comment text", "time "+m.dateType())
	t.add(1, 1, 3, "It looks *stupendous*!", when)
}

func (m *maker) stats() {
	m.truth.Claimed = map[string]int{"stories": 38350, "chapters": 4556, "series": 249, "reviews": 4505, "words": 23176094, "authors": 378, "members": 1138, "reviewers": 1684}
	t := m.table("stats", "", "sitekey varchar(50)", "stories int(11)", "chapters int(11)", "series int(11)", "reviews int(11)", "wordcount int(11)", "authors int(11)", "members int(11)", "reviewers int(11)", "newestmember int(11)")
	c := m.truth.Claimed
	t.add("KEY1", c["stories"], c["chapters"], c["series"], c["reviews"], c["words"], c["authors"], c["members"], c["reviewers"], 1)
	m.tell("note/counts")
}
