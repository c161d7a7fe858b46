package web

import (
	"net/http"
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

// A choice is one setting with what may be chosen.
type choice struct {
	Name, Label string
	Options     []option
}

type option struct{ Value, Label string }

// choices are the settings in the order of Look's fields, of the settings page
// and of the cookie. The first option of each is the default. Values may be
// added; they stand in readers' cookies and in the style sheet.
var choices = [...]choice{
	{"theme", "Colours", []option{{"", "As the device"}, {"light", "Light"}, {"sepia", "Sepia"}, {"dark", "Dark"}, {"black", "Black"}, {"contrast", "High contrast"}}},
	{"face", "Typeface", []option{{"", "Serif"}, {"book", "Bookish"}, {"sans", "Sans"}, {"mono", "Typewriter"}, {"dyslexic", "OpenDyslexic"}}},
	{"size", "Size", []option{{"", "Usual"}, {"xs", "Smallest"}, {"s", "Small"}, {"l", "Large"}, {"xl", "Larger"}, {"xxl", "Largest"}}},
	{"width", "Line length", []option{{"", "Usual"}, {"narrow", "Short"}, {"wide", "Long"}, {"full", "Whole window"}}},
	{"leading", "Line spacing", []option{{"", "Usual"}, {"tight", "Tight"}, {"loose", "Loose"}}},
	{"align", "Paragraphs", []option{{"", "Indented"}, {"justify", "Indented, justified"}, {"spaced", "Spaced apart"}, {"spaced-justify", "Spaced, justified"}}},
	{"keys", "Single keys (/ j k)", []option{{"", "On"}, {"off", "Off"}}},
}

const (
	lookCookie  = "look"
	lookSeconds = 400 * 24 * 60 * 60 // as long as browsers keep any cookie
)

func (l *Look) fields() [len(choices)]*string {
	return [...]*string{&l.Theme, &l.Face, &l.Size, &l.Width, &l.Leading, &l.Align, &l.Keys}
}

// parseLook takes what it knows and the default for all else.
func parseLook(value func(i int, name string) string) (l Look) {
	for i, field := range l.fields() {
		v := value(i, choices[i].Name)
		if slices.ContainsFunc(choices[i].Options, func(o option) bool { return o.Value == v }) {
			*field = v
		}
	}
	return l
}

// lookOf reads the cookie.
func lookOf(r *http.Request) Look {
	cookie, err := r.Cookie(lookCookie)
	if err != nil {
		return Look{}
	}
	values := strings.Split(cookie.Value, ".")
	return parseLook(func(i int, _ string) string {
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

// A picked is a choice with what is chosen, as forms show it.
type picked struct {
	choice
	Chosen string
}

// Choices are the settings as a form shows them.
func (l Look) Choices() []picked {
	var all []picked
	for i, field := range l.fields() {
		all = append(all, picked{choices[i], *field})
	}
	return all
}

func (l Look) set(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name: lookCookie, Value: l.String(), Path: "/", MaxAge: lookSeconds,
		SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: r.TLS != nil,
	})
}
