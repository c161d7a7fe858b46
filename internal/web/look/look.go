package look

import (
	"slices"
	"strings"
)

// Look is how a reader likes pages: theme and type. Each value is one of a
// closed set, "" being the default, and stands as an attribute on <html>, where
// the style sheet finds it. So a page arrives as it should look, without a
// script and without a flash.
type Look struct {
	Theme, Face, Size, Width, Leading, Align, Keys string
}

// A Choice is one setting with what may be chosen.
type Choice struct {
	Name, Label string
	Options     []Option
}

// An Option is a value that may be chosen, and what it is called.
type Option struct{ Value, Label string }

// Settings are the choices in the order of Look's fields, of the settings page
// and of the cookie. The first option of each is the default. Values may be
// added; they stand in readers' cookies and in the style sheet.
var Settings = [...]Choice{
	{"theme", "Colours", []Option{{"", "As the device"}, {"light", "Light"}, {"sepia", "Sepia"}, {"dark", "Dark"}, {"black", "Black"}, {"contrast", "High contrast"}}},
	{"face", "Typeface", []Option{{"", "Serif"}, {"book", "Bookish"}, {"sans", "Sans"}, {"mono", "Typewriter"}, {"dyslexic", "OpenDyslexic"}}},
	{"size", "Size", []Option{{"", "Usual"}, {"xs", "Smallest"}, {"s", "Small"}, {"l", "Large"}, {"xl", "Larger"}, {"xxl", "Largest"}}},
	{"width", "Line length", []Option{{"", "Usual"}, {"narrow", "Short"}, {"wide", "Long"}, {"full", "Whole window"}}},
	{"leading", "Line spacing", []Option{{"", "Usual"}, {"tight", "Tight"}, {"loose", "Loose"}}},
	{"align", "Paragraphs", []Option{{"", "Indented"}, {"justify", "Indented, justified"}, {"spaced", "Spaced apart"}, {"spaced-justify", "Spaced, justified"}}},
	{"keys", "Single keys (/ j k)", []Option{{"", "On"}, {"off", "Off"}}},
}

func (l *Look) fields() [len(Settings)]*string {
	return [...]*string{&l.Theme, &l.Face, &l.Size, &l.Width, &l.Leading, &l.Align, &l.Keys}
}

// Pick takes the values it knows and the default for all else.
func Pick(value func(i int, name string) string) (l Look) {
	for i, field := range l.fields() {
		v := value(i, Settings[i].Name)
		if slices.ContainsFunc(Settings[i].Options, func(o Option) bool { return o.Value == v }) {
			*field = v
		}
	}
	return l
}

// FromCookie reads what String made.
func FromCookie(value string) Look {
	values := strings.Split(value, ".")
	return Pick(func(i int, _ string) string {
		if i < len(values) {
			return values[i]
		}
		return ""
	})
}

// String is the look as the cookie holds it.
func (l Look) String() string {
	var values []string
	for _, field := range l.fields() {
		values = append(values, *field)
	}
	return strings.Join(values, ".")
}

// A Picked is a Choice with what is chosen, as forms show it.
type Picked struct {
	Choice
	Chosen string
}

// Choices are the settings as a form shows them.
func (l Look) Choices() []Picked {
	var all []Picked
	for i, field := range l.fields() {
		all = append(all, Picked{Settings[i], *field})
	}
	return all
}
