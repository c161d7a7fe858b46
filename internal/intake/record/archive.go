package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/errs"
)

// line is one line of a whole archive: the first is its head, each other has one
// thing of it.
type line struct {
	Format  string         `json:"format,omitempty"`
	Version int            `json:"version,omitempty"`
	Key     string         `json:"key,omitempty"` // identity of the archive
	Kind    string         `json:"kind,omitempty"`
	Program string         `json:"program,omitempty"` // version of the program that it was made of
	Site    *site          `json:"site,omitempty"`
	Claimed map[string]int `json:"claimed,omitempty"`

	Person    *person    `json:"person,omitempty"`
	Series    *series    `json:"series,omitempty"`
	Favourite *favourite `json:"favourite,omitempty"`
	Page      *page      `json:"page,omitempty"`
	Story     *Story     `json:"story,omitempty"`
	Reviews   []review   `json:"reviews,omitempty"` // of the story
}

type site struct {
	Name     string `json:"name,omitempty"`
	Slogan   string `json:"slogan,omitempty"`
	URL      string `json:"url,omitempty"`
	Language string `json:"language,omitempty"`
}

type person struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Email  string `json:"email,omitempty"`
	Bio    Text   `json:"bio,omitzero"`
	Site   string `json:"site,omitempty"`
	Joined Day    `json:"joined,omitzero"`
	Author bool   `json:"author,omitempty"`
}

type series struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Summary Text     `json:"summary,omitzero"`
	Owner   string   `json:"owner,omitempty"`
	Open    bool     `json:"open,omitempty"`
	Parts   []part   `json:"parts,omitempty"`
	Reviews []review `json:"reviews,omitempty"`
}

type part struct {
	Story     string `json:"story,omitempty"`
	Series    string `json:"series,omitempty"`
	Number    int    `json:"number,omitempty"`
	Confirmed bool   `json:"confirmed,omitempty"`
}

type favourite struct {
	Person string `json:"person"`
	Of     string `json:"of"`
	Note   Text   `json:"note,omitzero"`
}

type page struct {
	Name     string   `json:"name"`
	Title    string   `json:"title,omitempty"`
	Text     Text     `json:"text,omitzero"`
	By       string   `json:"by,omitempty"`
	Written  Day      `json:"written,omitzero"`
	Comments []review `json:"comments,omitempty"`
}

type review struct {
	Key     string `json:"key,omitempty"`
	Chapter int    `json:"chapter,omitempty"`
	Person  string `json:"person,omitempty"`
	Name    string `json:"name,omitempty"`
	Text    Text   `json:"text,omitzero"`
	Answer  Text   `json:"answer,omitzero"`
	Rating  int    `json:"rating,omitempty"`
	Written Day    `json:"written,omitzero"`
}

func reviewsOf(all []archive.Review) (out []review) {
	for _, r := range all {
		out = append(out, review{r.Key, r.Chapter, r.Person, r.Name, textOf(r.Text), textOf(r.Answer), r.Rating, Day{r.Written}})
	}
	return out
}

func rescuedReviews(all []review) (out []archive.Review) {
	for _, r := range all {
		out = append(out, archive.Review{
			Key: clean(r.Key), Chapter: max(0, r.Chapter), Person: clean(r.Person), Name: clean(r.Name),
			Text: r.Text.Doc(), Answer: r.Answer.Doc(), Rating: max(0, r.Rating), Written: r.Written.Time,
		})
	}
	return out
}

// WriteArchive writes a whole archive, a line for each thing, so that nobody is
// ever stuck with us.
func WriteArchive(w io.Writer, a archive.Rescued, stories iter.Seq2[archive.RescuedStory, error]) error {
	out := bufio.NewWriter(w)
	put := func(l line) { _, _ = out.Write(encode(l)) } // a failure stays, and Flush tells it
	s := a.Site
	put(line{Format: ArchiveFormat, Version: Version, Key: a.Key, Kind: a.Kind, Program: a.Version, Site: &site{s.Name, s.Slogan, s.URL, s.Language}, Claimed: a.Claimed})
	for _, p := range a.People {
		put(line{Person: &person{p.Key, p.Name, p.Email, textOf(p.Bio), p.Site, Day{p.Joined}, p.Author}})
	}
	for _, s := range a.Series {
		to := series{Key: s.Key, Title: s.Title, Summary: textOf(s.Summary), Owner: s.Owner, Open: s.Open, Reviews: reviewsOf(s.Reviews)}
		for _, p := range s.Parts {
			to.Parts = append(to.Parts, part(p))
		}
		put(line{Series: &to})
	}
	for _, f := range a.Favourites {
		put(line{Favourite: &favourite{f.Person, f.Of, textOf(f.Note)}})
	}
	for _, p := range a.Pages {
		put(line{Page: &page{p.Name, p.Title, textOf(p.Text), p.By, Day{p.Written}, reviewsOf(p.Comments)}})
	}
	for s, err := range stories {
		if err != nil {
			return err
		}
		story, err := ParseStory(s.Original)
		if err != nil {
			return fmt.Errorf("story %s: %w", s.Key, err)
		}
		put(line{Story: &story, Reviews: reviewsOf(s.Reviews)})
	}
	return out.Flush()
}

// Archive is a whole archive that was opened. Its methods may be called by
// several goroutines at once.
type Archive struct {
	rescued archive.Rescued
	keys    []string
	stories map[string]stored
	held    int
}

// stored is a story as its line has it.
type stored struct {
	line   []byte
	number int // of the line
}

// Match reports whether text begins like a whole archive in our form.
func Match(head []byte) bool {
	first, _, _ := bytes.Cut(trimmed(head), []byte("\n"))
	return bytes.HasPrefix(first, []byte("{")) && bytes.Contains(first[:min(len(first), 200)], []byte(`"`+ArchiveFormat+`"`))
}

// Open reads a whole archive. An error is a Refusal; lines that cannot be read
// are findings.
func Open(in io.Reader) (*Archive, error) {
	a := &Archive{stories: map[string]stored{}}
	a.rescued.Kind = "ficstead-json"
	a.rescued.Found = map[string]int{}
	r := bufio.NewReaderSize(in, 1<<20)
	for number := 1; ; number++ {
		data, err := readLine(r)
		if len(bytes.TrimSpace(data)) > 0 {
			if refusal := a.add(trimmed(data), number); refusal != nil {
				return nil, refusal
			}
		}
		switch {
		case err == io.EOF:
			return a, nil
		case errors.Is(err, bufio.ErrTooLong):
			a.doubt("loss", fmt.Sprintf("A line is longer than %d MB; it was left out.", bounds.RecordLine>>20), number)
		case err != nil:
			a.doubt("loss", fmt.Sprintf("The file can be read only so far (%v).", err), number)
			return a, nil
		}
		if a.held > bounds.RecordsHeld {
			return nil, archive.Refusal(fmt.Sprintf("The archive has more than %d GB of stories. Bring it in smaller parts.", bounds.RecordsHeld>>30))
		}
	}
}

// readLine reads a line, and goes over one that is too long.
func readLine(r *bufio.Reader) ([]byte, error) {
	var data []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(data)+len(part) > bounds.RecordLine; !long {
			data = append(data, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case long && (err == nil || err == io.EOF):
			return nil, bufio.ErrTooLong
		default:
			return data, err
		}
	}
}

func (a *Archive) doubt(level, sentence string, number int) {
	a.rescued.Partial = a.rescued.Partial || level == "loss"
	a.rescued.Findings = archive.MergeFindings(a.rescued.Findings, archive.Finding{
		Level: level, About: "lines", Text: sentence, Where: []string{fmt.Sprintf("line %d", number)}, Count: 1,
	})
}

func (a *Archive) add(data []byte, number int) error {
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		a.doubt("loss", "A line is no JSON of our form; it was left out.", number)
		return nil
	}
	r := &a.rescued
	switch {
	case l.Format == ArchiveFormat:
		if l.Version > Version {
			return archive.Refusal(fmt.Sprintf("The archive is written in version %d of our form, and this program knows version %d. Use a newer program.", l.Version, Version))
		}
		r.Version, r.Claimed = clean(l.Program), l.Claimed
		if l.Site != nil {
			r.Site = archive.RescuedSite{Name: clean(l.Site.Name), Slogan: clean(l.Site.Slogan), URL: clean(l.Site.URL), Language: languageOf(l.Site.Language)}
		}
		r.Key = keyOfArchive(clean(l.Key), r.Site)
	case l.Person != nil:
		p := l.Person
		r.People = append(r.People, archive.RescuedPerson{Key: clean(p.Key), Name: clean(p.Name), Email: clean(p.Email), Bio: p.Bio.Doc(), Site: clean(p.Site), Joined: p.Joined.Time, Author: p.Author})
		r.Found["members"]++
	case l.Series != nil:
		s := l.Series
		to := archive.RescuedSeries{Key: clean(s.Key), Title: clean(s.Title), Summary: s.Summary.Doc(), Owner: clean(s.Owner), Open: s.Open, Reviews: rescuedReviews(s.Reviews)}
		for _, p := range s.Parts {
			to.Parts = append(to.Parts, archive.RescuedPart(p))
		}
		r.Series = append(r.Series, to)
		r.Found["series"]++
	case l.Favourite != nil:
		r.Favourites = append(r.Favourites, archive.Favourite{Person: clean(l.Favourite.Person), Of: clean(l.Favourite.Of), Note: l.Favourite.Note.Doc()})
	case l.Page != nil:
		p := l.Page
		r.Pages = append(r.Pages, archive.RescuedPage{Name: clean(p.Name), Title: clean(p.Title), Text: p.Text.Doc(), By: clean(p.By), Written: p.Written.Time, Comments: rescuedReviews(p.Comments)})
	case l.Story != nil:
		a.addStory(*l.Story, data, number)
		r.Found["reviews"] += len(l.Reviews)
	default:
		a.doubt("doubt", "A line has nothing that is known; it was left out.", number)
	}
	return nil
}

func (a *Archive) addStory(s Story, data []byte, number int) {
	key := keyOf(s)
	if _, twice := a.stories[key]; twice {
		a.doubt("doubt", "A story is there twice; the first was taken.", number)
		return
	}
	a.keys = append(a.keys, key)
	a.stories[key] = stored{bytes.Clone(data), number}
	a.held += len(data)
	a.rescued.Found["stories"]++
	a.rescued.Found["chapters"] += len(s.Chapters)
}

// keyOfArchive is what an archive says of itself, or else where it was, or its name.
func keyOfArchive(said string, s archive.RescuedSite) string {
	if said != "" {
		return said
	}
	if host := archive.EFictionHost(s.URL); host != "" {
		return "record:" + host
	}
	return "record:" + Slug(s.Name)
}

// keyOf is the identity of a story: what it says, what its address says, or its
// title and creators.
func keyOf(s Story) string {
	if s.Key != "" {
		return clean(s.Key)
	}
	if key := archive.ParseSource(s.URL).Key; key != "" {
		return key
	}
	key := "record:" + s.Title
	for _, c := range s.Creators {
		key += "\x1f" + c.Name
	}
	return clean(key)
}

// Rescued is all but the stories.
func (a *Archive) Rescued() archive.Rescued { return a.rescued }

// Keys are the identities of all stories, in the order of the file.
func (a *Archive) Keys() []string { return a.keys }

// Tags are none: records say what their tags are.
func (a *Archive) Tags() archive.TagRules { return nil }

// Story reads one story; NotFound if there is none of that key.
func (a *Archive) Story(key string) (archive.RescuedStory, error) {
	is, ok := a.stories[key]
	if !ok {
		return archive.RescuedStory{}, fmt.Errorf("story %s: %w", key, errs.NotFound)
	}
	var l line
	if err := json.Unmarshal(is.line, &l); err != nil || l.Story == nil {
		return archive.RescuedStory{}, archive.Refusal(fmt.Sprintf("Line %d cannot be read.", is.number))
	}
	l.Story.Key = key
	r := l.Story.Rescued()
	r.Reviews = rescuedReviews(l.Reviews)
	return r, nil
}

// Stories reads all stories in the order of Keys: range over it.
func (a *Archive) Stories(yield func(archive.RescuedStory, error) bool) {
	for _, key := range a.keys {
		if s, err := a.Story(key); !yield(s, err) {
			return
		}
	}
}
