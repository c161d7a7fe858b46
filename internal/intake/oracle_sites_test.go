package intake

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

func corpusFile(name string) []byte {
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if err != nil {
		panic(err)
	}
	return data
}

// memberOf returns a file of a book.
func memberOf(data []byte, name string) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	b, err := fs.ReadFile(z, name)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// spineOf is the pages of a book in their order.
func spineOf(data []byte) string {
	opf := memberOf(data, "content.opf")
	var all strings.Builder
	for _, ref := range regexp.MustCompile(`itemref[^>]*idref="([^"]+)"`).FindAllStringSubmatch(opf, -1) {
		_, body, _ := strings.Cut(memberOf(data, found(`id="`+ref[1]+`"[^>]*href="([^"]+)"`, opf)), "<body")
		all.WriteString(body)
	}
	return all.String()
}

// ofFanFicFare reads what that program writes into books, pages and texts: the
// same labels, in other clothes.
func ofFanFicFare(file string, data []byte) facts {
	raw := string(data)
	kind := file[strings.LastIndexByte(file, '.')+1:]
	label, starts, stop := `<b>%s:</b>\s*((?s:.*?))<br ?/>`, `(?s)<h3 class="fff_chapter_title">(.*?)</h3>`, `</body>`
	switch kind {
	case "epub":
		raw = spineOf(data)
	case "html":
		label, starts = `<b>%s:</b></td><td>((?s:.*?))</td></tr>`, `(?s)<a name="section\d+"><h2>(.*?)</h2></a>`
	case "txt":
		raw = strings.ReplaceAll(raw, "\r", "")
		label, starts, stop = `(?m)^%s: ((?s:.*?))\n(?:[A-Z][A-Za-z ]+: |\n\n)`, `(?m)^(?:\t| {8})(\S(?s:.*?))\n\n`, "End file."
	}
	of := func(name string) string { return lineOf(found(strings.Replace(label, "%s", name, 1), raw)) }
	f := facts{
		"posted": of("Published")[:10], "updated": of("Updated")[:10], "words": strings.ReplaceAll(of("Words"), ",", ""), "chapters": of("Chapters"),
		"complete": map[bool]string{true: "true", false: "false"}[of("Status") == "Completed"], "language": oracleLanguages[of("Language")],
	}
	if kind == "txt" {
		f["title"], f["by"] = found(`^\s*(\S[^\n]*)\n`, raw), found(`\n\s*by ([^\n]+)\n`, raw)
		f["address"] = strings.ReplaceAll(of("Story URL"), "- ", "-")
	} else {
		f["title"] = lineOf(found(`<h[13]><a href="[^"]*">(.*?)</a> by`, raw))
		f["by"], f["address"] = list(allFound(`class=.authorlink.[^>]*>(.*?)</a>`, raw)), lineOf(found(`<h[13]><a href="([^"]*)">`, raw))
	}
	if kind == "epub" {
		opf := memberOf(data, "content.opf")
		f["address"] = lineOf(found(`<dc:source>(.*?)</dc:source>`, opf))
		f["language"] = found(`<dc:language>(.*?)</dc:language>`, opf)
		uid := found(`>(fanficfare-uid:[^<]*)<`, opf)
		f["key"] = map[bool]string{true: "ao3:", false: "ffn:"}[strings.Contains(uid, "archiveofourown")] + uid[strings.LastIndex(uid, "-s")+2:]
		if strings.Contains(uid, "test1") {
			delete(f, "key")
		}
	}
	f["series"] = strings.TrimSpace(regexp.MustCompile(`^(.+) \[(\d+)\]$`).ReplaceAllString(of("Series"), "$2 $1"))
	var tags []string
	for row, kind := range map[string]string{"Category": "fandom", "Genre": "tag", "Characters": "character", "Relationships": "relationship", "Warnings": "warning", "Rating": "rating"} {
		for name := range strings.SplitSeq(of(row), ", ") {
			switch {
			case name == "":
			case name == "M":
				tags = append(tags, "rating Mature")
			case name == "M/M":
				tags = append(tags, "category M/M")
			default:
				tags = append(tags, kind+" "+name)
			}
		}
	}
	f["tags"] = list(tags)
	summary := strings.Replace(label, "%s", "Summary", 1)
	if kind == "txt" {
		summary = `(?s)\nSummary: (.*?)\n\n\n\n`
	}
	f["summary"] = wordsOf(found(summary, raw))
	if kind == "mobi" {
		delete(f, "summary") // which stands in it twice, once misread
	} else {
		f.fareChapters(raw, starts, stop)
	}
	return f
}

var (
	fareBox   = regexp.MustCompile(`(?s)<div class="fff_chapter_notes (fff_\w+)">(.*?)</blockquote></div>`)
	fareQuote = regexp.MustCompile(`(?s)<b>(Summary|Notes) for the Chapter:</b><blockquote[^>]*>(.*?)(?:</blockquote>|$)`)
	fareText  = regexp.MustCompile(`\*\*(Summary|Notes) for the Chapter:\*\*\n\n((?:>[^\n]*\n(?:[^\n>]+\n)*\n?)+)`)
)

// fareChapters reads the chapters with the notes around them.
func (f facts) fareChapters(raw, starts, stop string) {
	var titles, counts, whole, before, after []string
	places := regexp.MustCompile(starts).FindAllStringSubmatchIndex(raw, -1)
	for i, at := range places {
		end := len(raw)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		body, _, _ := strings.Cut(raw[at[1]:end], stop)
		said := map[string]string{}
		for _, box := range fareBox.FindAllStringSubmatch(body, -1) {
			for _, q := range fareQuote.FindAllStringSubmatch(box[2], -1) {
				said[q[1]+box[1]] = wordsOf(q[2])
			}
		}
		body = fareBox.ReplaceAllString(body, "")
		for _, at := range fareText.FindAllStringSubmatchIndex(body, -1) {
			where := "fff_head_notes"
			if at[0] > len(body)/2 {
				where = "fff_foot_notes"
			}
			said[body[at[2]:at[3]]+where] = wordsOf(strings.ReplaceAll(body[at[4]:at[5]], ">", " "))
		}
		body = fareText.ReplaceAllString(body, "")
		title := strings.Join(strings.Fields(raw[at[2]:at[3]]), " ")
		if stop == "</body>" {
			title = lineOf(title)
		}
		titles = append(titles, strings.TrimPrefix(title, itoa(i+1)+". "))
		counts = append(counts, itoa(countWords(body)))
		whole, before, after = append(whole, said["Summaryfff_head_notes"]), append(before, said["Notesfff_head_notes"]), append(after, said["Notesfff_foot_notes"])
	}
	if len(titles) == 1 {
		titles[0] = ""
	} else {
		f["chapter summaries"], f["chapter notes"], f["chapter end notes"] = list(whole), list(before), list(after)
	}
	f["titles"], f["chapter words"] = list(titles), list(counts)
}

// ofNet2020 reads a page of FanFiction.net as it is since 2012.
func ofNet2020(_ string, data []byte) facts {
	raw := string(data)
	_, top, _ := strings.Cut(raw, "profile_top")
	line := lineOf(found(`<span class='xgray xcontrast_txt'>((?s:.*?id: \d+))`, top))
	f := facts{
		"title": lineOf(found(`<b class='xcontrast_txt'>(.*?)</b>`, top)), "by": lineOf(found(`href='/u/\d+/[^']*'>(.*?)</a>`, top)),
		"summary": wordsOf(found(`<div style='margin-top:2px' class='xcontrast_txt'>(.*?)</div>`, top)),
		"key":     "ffn:" + found(`id: (\d+)`, line), "language": "en", "words": strings.ReplaceAll(found(`Words: ([\d,]+)`, line), ",", ""),
		"comments": or(found(`Reviews: (\d+)`, line), "0"), "kudos": or(found(`Favs: (\d+)`, line), "0"), "bookmarks": or(found(`Follows: (\d+)`, line), "0"),
		"complete": map[bool]string{true: "true", false: "false"}[strings.Contains(line, "Status: Complete")],
	}
	var stamps []string
	for _, stamp := range allFound(`data-xutime='(\d+)'`, top) {
		stamps = append(stamps, time.Unix(int64(atoi(stamp)), 0).UTC().Format("2006-01-02"))
	}
	f["updated"], f["posted"] = stamps[0], stamps[len(stamps)-1]
	tags := []string{"rating " + map[string]string{"K": "General Audiences", "K+": "General Audiences", "T": "Teen And Up Audiences", "M": "Mature"}[found(`Rated: Fiction\s+(\S+)`, line)]}
	fandoms := allFound(`<a class=xcontrast_txt\s+href="[^"]*">(.*?)</a>`, found(`pre_story_links>((?s:.*?))</div>`, raw))
	for name := range strings.SplitSeq(strings.TrimSuffix(fandoms[len(fandoms)-1], " Crossover"), " + ") {
		tags = append(tags, "fandom "+name)
	}
	f["tags"] = list(append(tags, netNames(found(`English - (.*?) - (?:Chapters|Words)`, line))...))
	f.netChapters(raw)
	return f
}

// netNames are the genres and the characters of a line that has both.
func netNames(said string) (tags []string) {
	genres, people, _ := strings.Cut(said, " - ")
	for name := range strings.SplitSeq(genres, "/") {
		tags = append(tags, "tag "+name)
	}
	for name := range strings.SplitSeq(strings.ReplaceAll(strings.TrimSpace(people), " & ", ", "), ", ") {
		if name != "" {
			tags = append(tags, "character "+name)
		}
	}
	return tags
}

func (f facts) netChapters(raw string) {
	options := allFound(`<option\s+value=\d+[^>]*>([^<]*)`, found(`(?is)<select id=chap_select(.*?)</select>`, raw))
	f["chapters"], f["titles"] = itoa(max(len(options), 1)), ""
	if len(options) > 1 {
		f["numbers"] = or(found(`<option\s+value=(\d+) selected`, raw), "1")
		f["titles"] = regexp.MustCompile(`^\d+\. (?:Chapter \d+$)?`).ReplaceAllString(options[atoi(f["numbers"])-1], "")
	}
	_, text, _ := strings.Cut(raw, `id='storytext'`)
	if text == "" {
		_, text, _ = strings.Cut(raw, `id=storytext `)
	}
	_, text, _ = strings.Cut(text, ">")
	f["all words"] = itoa(articleWords(text)) // what is a header goes to the notes
}

// ofNet2011 reads a page of FanFiction.net as it was before.
func ofNet2011(file string, data []byte) facts {
	if !strings.Contains(file, "fixed") { // the same page, misread by who recorded it
		data = corpusFile(strings.Replace(file, ".html", "-fixed.html", 1))
	}
	raw := string(data)
	line := lineOf(found(`(Rated: (?s:.*?)id:\d+)`, raw))
	posted, _ := time.Parse("01-02-06", found(`Published: ([\d-]+)`, line))
	f := facts{
		"title": lineOf(found(`<title>(.*?), an? `, raw)), "by": lineOf(found(`<a href='/u/\d+/[^']*'>(.*?)</a>`, raw)),
		"key": "ffn:" + found(`id:(\d+)`, line), "language": "en", "comments": found(`Reviews: (\d+)`, line), "complete": "true",
		"posted": posted.Format("2006-01-02"), "updated": posted.Format("2006-01-02"), "summary": wordsOf(found(`Story summary: (.*?)">`, raw)),
	}
	tags := []string{"rating Mature", "fandom " + lineOf(found(`&#187; <a [^>]*>([^<]*)</a> &#187; <b>`, raw))}
	f["tags"] = list(append(tags, netNames(found(`English - (.*?) - Reviews`, line))...))
	f.netChapters(raw)
	return f
}

// ofEntry reads an entry of a journal: what the site says around it, and the
// header that its author wrote.
func ofEntry(_ string, data []byte) facts {
	_, raw, _ := strings.Cut(string(data), "<body")
	f := facts{"posted": found(`>(\d{4})</a>-<a`, raw)}
	f["posted"] += "-" + found(`>\d{4}</a>-<a[^>]*>(\d\d)</a>`, raw) + "-" + found(`>\d{4}</a>-<a[^>]*>\d\d</a>-<a[^>]*>(\d\d)</a>`, raw)
	f["updated"] = f["posted"]
	header := regexp.MustCompile(`(?i)(?:<(?:strong|b)>)?\b(Title|Fandom|Author|Genre|Pairing|Rating|Warnings|Summary): ?\s*(?:</(?:strong|b)>)?\s*(.*?)\s*(?:<br />|\n)`)
	kinds := map[string]string{"Fandom": "fandom", "Genre": "tag", "Pairing": "relationship", "Rating": "rating"}
	ratings := map[string]string{"PG": "General Audiences", "R": "Mature", "General Audiences": "General Audiences"}
	account := found(`lj:user=['"]([^'"]+)`, raw)
	f["by"] = account
	tags := allFound(`href=['"][^'"]*(?:dreamwidth\.org|livejournal\.com)/tag/[^'"]+['"][^>]*>(.*?)</a>`, raw)
	for i := range tags {
		tags[i] = "tag " + tags[i]
	}
	seen := map[string]bool{}
	for _, m := range header.FindAllStringSubmatch(raw, -1) {
		value := lineOf(m[2])
		if seen[m[1]] || value == "" {
			continue
		}
		seen[m[1]] = true
		switch {
		case m[1] == "Title":
			f["title"] = value
		case m[1] == "Author":
			f["by"] = value + " (" + account + ")"
		case m[1] == "Summary":
			f["summary"] = wordsOf(value)
		case m[1] == "Warnings" && value != "None":
			for warning := range strings.SplitSeq(value, "; ") {
				tags = append(tags, "warning "+warning)
			}
		case m[1] == "Rating":
			tags = append(tags, "rating "+ratings[value])
		case kinds[m[1]] != "":
			tags = append(tags, kinds[m[1]]+" "+value)
		}
	}
	f["tags"] = list(tags)
	if n := found(`(?:itemid=|itemid&#61;)(\d+)`, raw); n != "" {
		journal := found(`[?&;]journal=(\w+)`, raw)
		host := map[bool]string{true: ".dreamwidth.org/", false: ".livejournal.com/"}[strings.Contains(raw, "dreamwidth.org/go?")]
		f["key"] = "url:" + strings.ReplaceAll(journal, "_", "-") + host + n + ".html"
	}
	return f
}

// ofPrintable reads a page for printers of an archive on eFiction before 2005.
func ofPrintable(_ string, data []byte) facts {
	raw := string(data)
	body := found(`(?s)<font size="">(.*?)</font>`, raw)
	return facts{
		"title": found(`<center><b>(.*?)</b></center>`, raw), "by": found(`viewuser[^>]*>(.*?)</a>`, raw),
		"key": "efiction:" + found(`<a href="http://www\.([^/"]*)/viewstory`, raw) + ":sid:" + found(`viewstory\.php\?sid=(\d+)`, raw), "chapter words": itoa(countWords(body)),
	}
}

// ofExchange reads a story of an exchange of gifts.
func ofExchange(_ string, data []byte) facts {
	raw := string(data)
	_, body, _ := strings.Cut(raw, "</center>\n<BR><BR>")
	body, _, _ = strings.Cut(body, "<!-- COMMENTLINK START")
	written := regexp.MustCompile(`Written for: (.*?) in the (.*?) Challenge`).FindStringSubmatch(raw)
	return facts{
		"title": lineOf(found(`<h2>(.*?)</h2>`, raw)), "by": lineOf(found(`by <a href="[^"]*contact[^"]*">(.*?)</a>`, raw)), "for": lineOf(written[1]), "collections": written[2],
		"tags": "fandom " + lineOf(found(`Fandom: <a [^>]*>(.*?)</a>`, raw)), "chapter words": itoa(countWords(body)),
	}
}

// ofDeviantart reads a page of literature.
func ofDeviantart(_ string, data []byte) facts {
	raw := string(data)
	text := found(`(?s)(?:</small><br><br>|<div class="text[^"]*">)\s*(This is a text.*?)</div>`, raw)
	return facts{
		"title": found(`<title>(.*?) by `, raw), "by": strings.Trim(found(`<title>.*? by (\S+) on`, raw), "~"), "chapter words": itoa(countWords(text)),
	}
}

// ofHomepage reads the comment in which an author's own site tells of a story.
func ofHomepage(_ string, data []byte) facts {
	raw := string(data)
	info := found(`(?s)STORYINFO(.*?)-->`, raw)
	f := facts{"by": found(`<p>by (\w+) `, raw), "words": strings.ReplaceAll(found(`wordcount: ([\d,]+)`, info), ",", "")}
	f["title"], f["tags"], f["summary"] = found(`title: (.*)`, info), "fandom "+found(`fandom: (.*)`, info), wordsOf(found(`summary: (.*)`, info))
	f["posted"] = found(`date: (\S+)`, info)
	return f
}

// ofEncoding reads pages that test the reading of bytes: they say the same words.
func ofEncoding(_ string, data []byte) facts {
	raw := string(data)
	return facts{"title": "Das Maß aller Dinge", "by": "", "tags": "", "chapter words": itoa(countWords(found(`(?s)<body>(.*?)</body>`, raw)))}
}
