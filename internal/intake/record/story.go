package record

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"ficstead/internal/archive"
)

// The formats that "format" may say, and the version of both.
const (
	StoryFormat   = "ficstead-story"
	ArchiveFormat = "ficstead-archive"
	Version       = 1
)

// Kind is the kind of a manuscript whose record does not say what it was made of.
const Kind = "record"

// Story is one story. Only a title, or a text, must be there.
type Story struct {
	Format  string `json:"format,omitempty"`
	Version int    `json:"version,omitempty"`
	Kind    string `json:"kind,omitempty"` // what the record was made of, such as "efiction"
	Key     string `json:"key,omitempty"`  // identity at the source; made of the address if it is not said
	URL     string `json:"url,omitempty"`

	Title      string    `json:"title,omitempty"`
	Creators   []Creator `json:"creators,omitempty"`
	Recipients List      `json:"recipients,omitempty"`
	Language   string    `json:"language,omitempty"` // BCP 47, or its name

	Rating        List `json:"rating,omitempty"`
	Warnings      List `json:"warnings,omitempty"`
	Categories    List `json:"categories,omitempty"`
	Fandoms       List `json:"fandoms,omitempty"`
	Relationships List `json:"relationships,omitempty"`
	Characters    List `json:"characters,omitempty"`
	Tags          List `json:"tags,omitempty"`

	Series      []Part `json:"series,omitempty"`
	Collections List   `json:"collections,omitempty"`

	Summary  Text `json:"summary,omitzero"`
	Notes    Text `json:"notes,omitzero"`
	EndNotes Text `json:"end_notes,omitzero"`
	Text     Text `json:"text,omitzero"` // of a story without chapters

	Chapters []Chapter `json:"chapters,omitempty"`
	Waiting  []Chapter `json:"waiting,omitempty"` // were never approved at the source, and are not shown
	Planned  int       `json:"chapters_planned,omitempty"`
	Complete bool      `json:"complete,omitempty"`
	Posted   Day       `json:"posted,omitzero"`
	Updated  Day       `json:"updated,omitzero"`
	Words    int       `json:"words,omitempty"` // as the source counted

	Kudos     int `json:"kudos,omitempty"`
	Hits      int `json:"hits,omitempty"`
	Comments  int `json:"comments,omitempty"`
	Bookmarks int `json:"bookmarks,omitempty"`

	Pending  bool      `json:"pending,omitempty"`
	Featured bool      `json:"featured,omitempty"`
	Pictures []Picture `json:"pictures,omitempty"`
	Warned   []string  `json:"warned,omitempty"` // sentences: what could not be read of the source
}

// Chapter is one chapter of a Story.
type Chapter struct {
	Title    string `json:"title,omitempty"`
	Summary  Text   `json:"summary,omitzero"`
	Notes    Text   `json:"notes,omitzero"`
	Text     Text   `json:"text,omitzero"`
	EndNotes Text   `json:"end_notes,omitzero"`
	Place    int    `json:"place,omitempty"` // as old addresses count
	ID       int    `json:"id,omitempty"`    // at the source
}

// Creator is a name that a story is by. In JSON it may be the name alone.
type Creator struct {
	Name    string `json:"name"`
	Account string `json:"account,omitempty"`
	URL     string `json:"url,omitempty"`
	Key     string `json:"key,omitempty"` // of the person, in a whole archive
}

// UnmarshalJSON reads a creator or a name.
func (c *Creator) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*c = Creator{}
		return json.Unmarshal(data, &c.Name)
	}
	type plain Creator
	return json.Unmarshal(data, (*plain)(c))
}

// Part is a story's place in a series. In JSON it may be the title alone.
type Part struct {
	Title  string `json:"title"`
	URL    string `json:"url,omitempty"`
	Number int    `json:"number,omitempty"`
}

// UnmarshalJSON reads a part or a title.
func (p *Part) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*p = Part{}
		return json.Unmarshal(data, &p.Title)
	}
	type plain Part
	return json.Unmarshal(data, (*plain)(p))
}

// Picture is one that texts show by its address.
type Picture struct {
	Address string `json:"address"`
	Data    []byte `json:"base64"`
}

// List is a row of names. In JSON one name may stand alone.
type List []string

// UnmarshalJSON reads a list or one name.
func (l *List) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	if len(data) > 0 && data[0] == '[' {
		return json.Unmarshal(data, (*[]string)(l))
	}
	var one string
	if err := json.Unmarshal(data, &one); err != nil {
		return err
	}
	*l = nil
	if one = strings.TrimSpace(one); one != "" {
		*l = List{one}
	}
	return nil
}

// Day is a date, written 2006-01-31. A time of the day may follow and is kept.
type Day struct{ time.Time }

var dayForms = [...]string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04", "2006-01", "2006"}

// ParseDay reads a date; the zero Day if it is none.
func ParseDay(s string) Day {
	s = strings.TrimSpace(s)
	for _, form := range dayForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 0 {
			return Day{t.UTC()}
		}
	}
	return Day{}
}

// MarshalJSON writes the date, and the time of the day if it is known.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.Equal(d.Truncate(24 * time.Hour)) {
		return json.Marshal(d.Format(time.DateOnly))
	}
	return json.Marshal(d.UTC().Format(time.RFC3339))
}

// UnmarshalJSON reads a date; what is none is no date.
func (d *Day) UnmarshalJSON(data []byte) error {
	var s any
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	if text, ok := s.(string); ok {
		*d = ParseDay(text)
	}
	return nil
}

// byKind lists the tags of a story by their kind.
func (s *Story) byKind() map[archive.Kind]*List {
	return map[archive.Kind]*List{
		archive.Rating: &s.Rating, archive.Warning: &s.Warnings, archive.Category: &s.Categories, archive.Fandom: &s.Fandoms,
		archive.Relationship: &s.Relationships, archive.CharacterTag: &s.Characters, archive.Freeform: &s.Tags,
	}
}

// AddTag adds a tag, once.
func (s *Story) AddTag(kind archive.Kind, name string) {
	list := s.byKind()[kind]
	for _, is := range *list {
		if is == name {
			return
		}
	}
	*list = append(*list, name)
}

// Encode prints a story as one file: JSON, with HTML as it is.
func (s Story) Encode() []byte {
	s.Format, s.Version = StoryFormat, Version
	return encode(s)
}

func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // our own types, all of which print
	}
	return b.Bytes()
}
