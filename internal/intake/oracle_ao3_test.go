package intake

import (
	"regexp"
	"strings"
)

var tagLabels = map[string]string{
	"Rating": "rating", "Archive Warning": "warning", "Archive Warnings": "warning", "Category": "category", "Categories": "category",
	"Fandom": "fandom", "Fandoms": "fandom", "Relationship": "relationship", "Relationships": "relationship",
	"Character": "character", "Characters": "character", "Additional Tag": "tag", "Additional Tags": "tag",
	"warning": "warning", "rating": "rating", "category": "category", "fandom": "fandom", "relationship": "relationship", "character": "character", "freeform": "tag", "media": "tag", "medium": "tag",
}

var oracleLanguages = map[string]string{"English": "en"}

// ofDownload reads a download of AO3, of any format that keeps its page whole.
func ofDownload(file string, data []byte) facts {
	raw := string(data)
	if strings.HasSuffix(file, ".epub") {
		raw = spineOf(data)
	}
	f := facts{
		"title":   lineOf(found(`<h1[^>]*>((?s:.*?))</h1>`, raw)),
		"key":     "ao3:" + found(`(?s)class="message[^"]*".*?archiveofourown\.org/works/(\d+)`, raw),
		"by":      list(allFound(`<a[^>]*>(.*?)</a>`, found(`class="byline[^"]*"[^>]*>((?s:.*?))</div>`, raw))),
		"summary": wordsOf(found(`>Summary</p>\s*<blockquote[^>]*>((?s:.*?))</blockquote>`, raw)),
		"notes":   wordsOf(found(`>Notes</p>\s*<blockquote[^>]*>((?s:.*?))</blockquote>`, raw)),
	}
	f["address"] = found(`(?s)class="message[^"]*".*?(https?://archiveofourown\.org/works/\d+)`, raw)
	var tags, series []string
	for _, row := range rows.FindAllStringSubmatch(raw, -1) {
		kind := tagLabels[strings.TrimSpace(row[1])]
		for _, name := range allFound(`<a[^>]*>((?s:.*?))</a>`, row[2]) {
			switch {
			case kind != "":
				tags = append(tags, kind+" "+nowCalled(name))
			case row[1] == "Series":
				series = append(series, found(`Part (\d+) of`, row[2])+" "+name)
			}
		}
		if row[1] == "Language" {
			f["language"] = oracleLanguages[lineOf(row[2])]
		}
	}
	f["tags"], f["series"] = list(tags), list(series)
	f.stats(found(`Stats:</dt>\s*<dd[^>]*>((?s:.*?))</dd>`, raw))
	f.downloadChapters(raw)
	return f
}

// nowCalled is how the archive names a warning since 2023.
func nowCalled(name string) string {
	if name == "Choose Not To Use Archive Warnings" {
		return "Creator " + strings.Replace(name, "Choose", "Chose", 1)
	}
	return name
}

func (f facts) stats(said string) {
	for field, pattern := range map[string]string{
		"posted": `Published:\s*(\S+)`, "words": `Words:\s*([\d,]+)`, "chapters": `Chapters:\s*(\d+)`,
	} {
		f[field] = strings.ReplaceAll(found(pattern, said), ",", "")
	}
	if f["updated"] = found(`(?:Updated|Completed):\s*(\S+)`, said); f["updated"] == "" {
		f["updated"] = f["posted"]
	}
	f["planned"] = strings.Replace(found(`Chapters:\s*\d+/(\S+)`, said), "?", "0", 1)
	f["complete"] = map[bool]string{true: "true", false: "false"}[f["chapters"] == f["planned"]]
}

var (
	chapterNumber = regexp.MustCompile(`^Chapter \d+(?:: |$)`)
	chapterBox    = regexp.MustCompile(`(?s)<p[^>]*>Chapter (?:Summary|Notes|End Notes)</p>\s*<blockquote.*?</blockquote>`)
	moreNotes     = regexp.MustCompile(`(?s)<div class="endnote-link[^"]*".*?</div>`)
)

// downloadChapters reads the text below each heading, up to the next.
func (f facts) downloadChapters(raw string) {
	_, raw, _ = strings.Cut(raw, `id="chapters"`)
	raw, _, _ = strings.Cut(raw, `id="afterword"`)
	_, raw, _ = strings.Cut(raw, ">")
	starts := regexp.MustCompile(`(?s)<h2[^>]*class="(?:toc-)?heading[^"]*"[^>]*>(.*?)</h2>`).FindAllStringSubmatchIndex(raw, -1)
	var titles, counts []string
	for i, at := range starts {
		end := len(raw)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		titles = append(titles, chapterNumber.ReplaceAllString(lineOf(raw[at[2]:at[3]]), ""))
		text := moreNotes.ReplaceAllString(chapterBox.ReplaceAllString(raw[at[1]:end], ""), "")
		counts = append(counts, itoa(countWords(text)))
	}
	if len(titles) == 1 && titles[0] == f["title"] {
		titles[0] = ""
	}
	f["titles"], f["chapter words"] = list(titles), list(counts)
}

// ofKindleDownload knows that the two Kindle books are of the work beside them,
// whose facts patterns cannot find in what is compressed.
func ofKindleDownload(_ string, _ []byte) facts {
	f := ofDownload("x.html", corpusFile("ao3-download/218676.html"))
	delete(f, "chapter words") // TestCorpus compares the words themselves
	return f
}

// ofPage reads a page of AO3 that a browser saved.
func ofPage(_ string, data []byte) facts {
	raw := string(data)
	table, rest, _ := strings.Cut(raw, `id="workskin"`)
	preface, chapters, _ := strings.Cut(rest, `id="chapters"`)
	f := facts{
		"title":   lineOf(found(`<h2 class="title heading">((?s:.*?))</h2>`, preface)),
		"by":      list(allFound(`<a[^>]*rel="author"[^>]*>(.*?)</a>`, found(`<h3 class="byline heading">((?s:.*?))</h3>`, preface))),
		"summary": wordsOf(found(`class="summary module"(?s:[^>]*>.*?)<blockquote class="userstuff">((?s:.*?))</blockquote>`, preface)),
	}
	if f["by"] == "" {
		f["by"] = lineOf(found(`<h3 class="byline heading">((?s:.*?))</h3>`, preface))
	}
	id := found(`/downloads/(\d+)/`, raw)
	if f["key"] = "ao3:" + id; !strings.Contains(found(`<title>((?s:.*?))</title>`, raw), "Archive of Our Own") {
		f["key"] = found(`(?s)saved from url=\(\d+\)https?://([^/ ]+)|`, raw) + ":" + id
		if strings.HasPrefix(f["key"], ":") {
			delete(f, "key") // another archive, which the page does not name
		}
	}
	var tags, series []string
	for _, row := range regexp.MustCompile(`(?s)<dd class="(\w+) tags"[^>]*>(.*?)</dd>`).FindAllStringSubmatch(table, -1) {
		for _, name := range allFound(`<a[^>]*class="tag"[^>]*>(.*?)</a>`, row[2]) {
			tags = append(tags, tagLabels[row[1]]+" "+nowCalled(name))
		}
	}
	for _, part := range regexp.MustCompile(`(?s)<span class="position">Part (\d+) of <a[^>]*>(.*?)</a>`).FindAllStringSubmatch(table, -1) {
		series = append(series, part[1]+" "+lineOf(part[2]))
	}
	f["tags"], f["series"] = list(tags), list(series)
	f["language"] = oracleLanguages[lineOf(found(`<dd class="language"[^>]*>((?s:.*?))</dd>`, table))]
	f["collections"] = list(allFound(`<a[^>]*>(.*?)</a>`, found(`<dd class="collections">((?s:.*?))</dd>`, table)))
	stat := func(name string) string {
		return strings.ReplaceAll(lineOf(found(`<dd class="`+name+`">((?s:.*?))</dd>`, table)), ",", "")
	}
	f.stats("Published: " + stat("published") + " Words: " + stat("words") + " Chapters: " + stat("chapters") + " Updated: " + or(stat("status"), stat("published")))
	for _, field := range []string{"kudos", "hits", "comments", "bookmarks"} {
		f[field] = or(stat(field), "0")
	}
	f.pageChapters(chapters)
	return f
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// pageChapters reads the boxes of chapters, or the one of a work without.
func (f facts) pageChapters(raw string) {
	raw, _, _ = strings.Cut(raw, `<!-- END work skin -->`)
	raw, end, _ := strings.Cut(raw, `id="work_endnotes"`)
	f["end notes"] = wordsOf(found(`<blockquote class="userstuff">((?s:.*?))</blockquote>`, end))
	if strings.Contains(end, `id="children"`) || strings.Contains(raw, `id="children"`) {
		delete(f, "end notes") // with a list of other works
	}
	starts := regexp.MustCompile(`<div class="chapter" id="chapter-(\d+)">`).FindAllStringSubmatchIndex(raw, -1)
	var titles, counts, numbers, whole, before, after []string
	for i, at := range starts {
		to := len(raw)
		if i+1 < len(starts) {
			to = starts[i+1][0]
		}
		chapter := raw[at[1]:to]
		head, rest, _ := strings.Cut(chapter, `role="article"`)
		numbers = append(numbers, raw[at[2]:at[3]])
		titles = append(titles, strings.TrimPrefix(chapterNumber.ReplaceAllString(lineOf(found(`<h3 class="title">((?s:.*?))</h3>`, head)), ""), ": "))
		whole = append(whole, wordsOf(found(`class="summary module"(?s:[^>]*>.*?)<blockquote class="userstuff">((?s:.*?))</blockquote>`, head)))
		before = append(before, wordsOf(found(`class="notes module"(?s:[^>]*>.*?)<blockquote class="userstuff">((?s:.*?))</blockquote>`, head)))
		after = append(after, wordsOf(found(`class="end notes module"(?s:[^>]*>.*?)<blockquote class="userstuff">((?s:.*?))</blockquote>`, rest)))
		counts = append(counts, itoa(articleWords(rest)))
	}
	if starts == nil {
		_, text, _ := strings.Cut(raw, `<h3 class="landmark heading" id="work">`)
		titles, counts = []string{""}, []string{itoa(articleWords(text))}
	} else {
		f["chapter summaries"], f["chapter end notes"] = list(whole), list(after)
		if !strings.Contains(raw, `Chapter by`) { // which goes to the notes
			f["chapter notes"] = list(before)
		}
	}
	if strings.Contains(raw, "<iframe") {
		counts = nil // which become links
	}
	if len(titles) < atoi(f["chapters"]) {
		f["numbers"] = list(numbers)
	}
	if f["titles"] = list(titles); counts != nil {
		f["chapter words"] = list(counts)
	}
}

var landmark = regexp.MustCompile(`(?s)^.*?(?:Chapter|Work) Text:?\s*</h3>`)

// articleWords counts up to the end of the box that is open.
func articleWords(raw string) int {
	raw = landmark.ReplaceAllString(raw, "")
	depth := 1
	for _, at := range regexp.MustCompile(`<(/?)div\b`).FindAllStringSubmatchIndex(raw, -1) {
		if at[2] == at[3] {
			depth++
		} else if depth--; depth == 0 {
			return countWords(raw[:at[0]])
		}
	}
	return countWords(raw)
}
