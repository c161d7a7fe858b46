package review

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/catalogue"
	"ficstead/internal/web/address"
)

// A form is what a person sends: the mends that the page showed, those that were
// not ticked when it came and those that are ticked now, and the button.
type form struct {
	seen, off, on []string
	accept        []string // IDs of proposals
	button, about string   // "save"; "accept", "undo" of a rule or "*"; "decline" of a proposal; "forget"
	show          string   // which mends the page showed
	page, chapter int
	revision      int // that the page showed; 0 if it does not say
}

func formOf(v url.Values) form {
	f := form{seen: strings.Fields(v.Get("seen")), off: strings.Fields(v.Get("off")), on: v["on"], accept: v["accept"], show: v.Get("show")}
	f.button, f.about, _ = strings.Cut(v.Get("do"), ":")
	f.page, _ = strconv.Atoi(v.Get("page"))
	f.chapter, _ = strconv.Atoi(v.Get("chapter"))
	f.revision, _ = strconv.Atoi(v.Get("revision"))
	return f
}

// change is what the form asks for. Save takes every tick as it stands, unless the
// work was changed since the page came; then, and with the other buttons, only those
// count that the person changed.
func (f form) change(m matter) catalogue.Change {
	ch := catalogue.Change{Choices: archive.Choices{}}
	applied, again := map[string]bool{}, map[string]bool{} // as it is, and as reading again would have it
	for _, mend := range m.mends {
		applied[mend.ID()], again[mend.ID()] = mend.Applied, m.decisions.Choices.Decide(mend).Applied
	}
	every := (f.button == "save" || f.button == "") && (f.revision == 0 || f.revision == m.work.Revision)
	for _, id := range f.seen {
		on, was := slices.Contains(f.on, id), !slices.Contains(f.off, id)
		now, known := applied[id]
		if known && (on != now && on != was || every && (on != now || on != again[id])) {
			ch.Choices[id] = on
		}
	}
	switch f.button {
	case "save", "":
		ch.Accept = f.accept
	case "accept", "undo":
		key := f.about
		if key != "*" {
			key = "rule:" + key
			for _, mend := range m.mends {
				if mend.Rule == f.about {
					delete(ch.Choices, mend.ID())
				}
			}
		} else {
			clear(ch.Choices)
		}
		ch.Choices[key] = f.button == "accept"
	case "decline":
		ch.Decline = []string{f.about}
	case "forget":
		ch = catalogue.Change{Forget: true}
	}
	return ch
}

// back is where the person was, with word of what was done.
func (f form) back(id archive.WorkID, done catalogue.Reviewed) string {
	said := "kept"
	if done.Changed {
		said = "saved"
	}
	if f.chapter > 0 {
		return address.Beside(id, f.chapter) + "?done=" + said
	}
	v := url.Values{"done": {said}}
	if f.show != "" {
		v.Set("show", f.show)
	}
	if f.page > 1 {
		v.Set("page", strconv.Itoa(f.page))
	}
	return address.With(address.Review(id), v)
}
