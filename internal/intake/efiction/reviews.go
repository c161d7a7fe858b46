package efiction

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/record"
)

// readReviews gives each story and series its reviews.
func (d *Dump) readReviews() {
	at := map[int]int{}
	for i, s := range d.series {
		at[numberOf(s.Key)] = i
	}
	seen := map[int]bool{}
	d.tables["reviews"].each(func(r row) {
		id, item := r.num("reviewid"), r.num("item")
		if seen[id] && id > 0 {
			d.note("doubt", "reviews", "A review is in the dump twice; the first was taken.", d.key("reviewid", id))
			return
		}
		seen[id] = true
		switch kind := strings.ToUpper(r.word("type")); kind {
		case "ST", "":
			if s := d.stories[item]; s != nil {
				s.reviews = append(s.reviews, r)
				return
			}
		case "SE":
			if i, ok := at[item]; ok {
				d.series[i].Reviews = append(d.series[i].Reviews, d.review(r, nil))
				return
			}
		default:
			d.note("loss", "reviews", "Reviews of things that modules have are not brought in.", d.key("reviewid", id)+", "+kind)
			return
		}
		d.note("loss", "reviews", "A review is of a story or series that is not in the dump; it is not brought in.", d.key("reviewid", id))
	})
}

// rated is what eFiction itself writes where a reader gave points and said nothing.
const rated = "No Review"

var (
	// answered is how eFiction glues an author's answer to a review. The words before
	// the colon are in the archive's language.
	answered  = regexp.MustCompile(`(?is)<br\s*/?>\s*<br\s*/?>\s*<(?:i|em)>\s*([^<:]{1,60}):(.*)$`)
	closing   = regexp.MustCompile(`(?is)</(?:i|em)>\s*(?:</p>\s*)?$`)
	answering = regexp.MustCompile(`(?i)respon|reply|antwort|r[ée]pon|respuesta|risposta`)
)

// review reads a review. Chapters are the numbers of those that the manuscript has.
func (d *Dump) review(r row, chapters map[int]int) archive.Review {
	v := archive.Review{Key: d.key("reviewid", r.num("reviewid")), Name: d.slashed.text("reviews", r, "reviewer"), Written: r.day("date"), Rating: max(0, r.num("rating"))}
	if uid := r.num("uid"); uid > 0 {
		v.Person = d.key("uid", uid)
		if name, ok := d.names[uid]; ok && (v.Name == "" || v.Name == "0") {
			v.Name = name
		} else if !ok {
			v.Person = ""
		}
	}
	if v.Name == "0" {
		v.Name = ""
	}
	v.Chapter = chapters[r.num("chapid")]
	text := d.slashed.prose("reviews", r, "review")
	said, _, _ := record.Decode(text.Raw, nil)
	if text.Slashes {
		said = record.Unslash(said)
	}
	said, answer := splitAnswer(said, flag(r, "respond"))
	if strings.TrimSpace(said) == rated {
		said = ""
	}
	v.Text, v.Answer = review(said), review(answer)
	return v
}

// splitAnswer takes the author's answer from a review. Flagged says that there
// is one, though it is not always there.
func splitAnswer(s string, flagged bool) (said, answer string) {
	m := answered.FindStringSubmatchIndex(s)
	if m == nil || !flagged && !answering.MatchString(s[m[2]:m[3]]) {
		return s, ""
	}
	return s[:m[0]], strings.TrimSpace(closing.ReplaceAllString(s[m[4]:m[5]], ""))
}

// readFavourites reads what people marked.
func (d *Dump) readFavourites() {
	isSeries := map[string]bool{}
	for _, s := range d.series {
		isSeries[s.Key] = true
	}
	d.tables["favorites"].each(func(r row) {
		uid, item := r.num("uid"), r.num("item")
		f := archive.Favourite{Person: d.key("uid", uid)}
		known := false
		switch strings.ToUpper(r.word("type")) {
		case "ST":
			f.Of, known = d.key("sid", item), d.stories[item] != nil
		case "SE":
			f.Of = d.key("seriesid", item)
			known = isSeries[f.Of]
		case "AU":
			f.Of, known = d.key("uid", item), d.names[item] != ""
		}
		if !known || uid <= 0 || d.names[uid] == "" {
			d.note("note", "favourites", "A favourite is nobody's, or of something that is not in the dump; it is not brought in.", fmt.Sprintf("member %d, %s %d", uid, r.word("type"), item))
			return
		}
		f.Note = doc(d.slashed.prose("favorites", r, "comments"))
		if s := d.stories[item]; s != nil && strings.EqualFold(r.word("type"), "ST") {
			s.liked++
		}
		d.favourites = append(d.favourites, f)
	})
}

// readPages reads the site's own texts, its challenges, and its news with what
// people said to them.
func (d *Dump) readPages() {
	d.tables["messages"].each(func(r row) {
		p := archive.RescuedPage{Name: plainText(r.raw("message_name")), Title: d.slashed.text("messages", r, "message_title"), Text: doc(d.slashed.prose("messages", r, "message_text"))}
		if !p.Text.IsEmpty() {
			d.pages = append(d.pages, p)
		}
	})
	d.tables["challenges"].each(func(r row) {
		text := d.slashed.prose("challenges", r, "summary")
		text.Raw = bytes.Trim(text.Raw, "\" \r\n\t") // some versions of the module put quotes around it
		title := d.slashed.text("challenges", r, "title")
		if p := (archive.RescuedPage{Name: fmt.Sprintf("challenge-%d", r.num("chalid")), Title: title, Text: doc(text), By: plainText(r.raw("challenger"))}); !p.Text.IsEmpty() {
			d.pages = append(d.pages, p)
		}
	})
	comments := map[int][]row{}
	d.tables["comments"].each(func(r row) { comments[r.num("nid")] = append(comments[r.num("nid")], r) })
	d.tables["news"].each(func(r row) {
		nid := r.num("nid")
		p := archive.RescuedPage{
			Name: fmt.Sprintf("news-%d", nid), Title: d.slashed.text("news", r, "title"), Text: doc(d.slashed.prose("news", r, "story")),
			By: plainText(r.raw("author")), Written: r.day("time"),
		}
		for _, c := range comments[nid] {
			v := archive.Review{Key: d.key("cid", c.num("cid")), Text: doc(d.slashed.prose("comments", c, "comment")), Written: c.day("time")}
			if uid := c.num("uid"); d.names[uid] != "" {
				v.Person, v.Name = d.key("uid", uid), d.names[uid]
			}
			p.Comments = append(p.Comments, v)
		}
		d.pages = append(d.pages, p)
	})
}

func review(s string) prose.Doc { return record.TextOf(s).Doc() }
