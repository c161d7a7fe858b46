package efiction

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/link"
	"ficstead/internal/base/text"
	"ficstead/internal/intake/record"
)

// readPeople reads the members, or those of a program that the archive shared
// its members with.
func (d *Dump) readPeople(ts *tables) {
	d.names = map[int]string{}
	t := d.tables["authors"]
	if t.len() == 0 {
		if t = d.bridged(ts); t.len() == 0 {
			d.note("doubt", "people", "The dump has no members: the archive may have shared them with a forum. Works will be by “Author 12” and the like; add the table of members to the dump to have their names.")
		}
	}
	info := d.profiles()
	byName, byEmail := map[string][]string{}, map[string][]string{}
	t.each(func(r row) {
		uid := r.num("uid")
		if uid <= 0 || d.names[uid] != "" {
			return
		}
		p := d.person(r, uid, info[uid])
		d.names[uid] = p.Name
		d.people = append(d.people, p)
		byName[text.Key(p.Name)] = append(byName[text.Key(p.Name)], p.Key)
		if p.Email != "" {
			byEmail[strings.ToLower(p.Email)] = append(byEmail[strings.ToLower(p.Email)], p.Key)
		} else {
			d.note("note", "e-mail", "A member has no e-mail address that could work, so that their works must be claimed otherwise.", p.Key)
		}
	})
	slices.SortFunc(d.people, func(a, b archive.RescuedPerson) int {
		return cmp.Or(cmp.Compare(len(a.Key), len(b.Key)), cmp.Compare(a.Key, b.Key))
	})
	for _, keys := range byName {
		if len(keys) > 1 {
			d.note("doubt", "people", "Several members have one name, up to case; they were kept apart.", keys...)
		}
	}
	for _, keys := range byEmail {
		if len(keys) > 1 {
			d.note("note", "e-mail", "Several members have one e-mail address; whoever has it may claim the works of all.", keys...)
		}
	}
}

// bridged finds the members of another program.
func (d *Dump) bridged(ts *tables) *table {
	var best *table
	name := ""
	for n, t := range ts.members {
		if best == nil || t.len() > best.len() || t.len() == best.len() && n < name {
			best, name = t, n
		}
	}
	if best != nil {
		d.note("doubt", "people", "The archive shared its members with another program, whose table was read.", name)
	}
	return best
}

func (d *Dump) person(r row, uid int, profile []string) archive.RescuedPerson {
	p := archive.RescuedPerson{Key: d.key("uid", uid), Name: d.slashed.text("authors", r, "penname"), Email: emailOf(r.word("email")), Joined: r.day("date")}
	if p.Name == "" {
		p.Name = fmt.Sprintf("Author %d", uid)
	}
	bio := d.slashed.prose("authors", r, "bio")
	p.Bio = doc(bio)
	p.Site = link.Web(plainText(r.raw("website")))
	var rest []string
	for _, field := range profile {
		name, value, _ := strings.Cut(field, "\x00")
		if p.Site == "" && strings.HasPrefix(value, "http") {
			p.Site = link.Web(value)
			continue
		}
		rest = append(rest, "<p>"+html.EscapeString(name)+": "+html.EscapeString(value)+"</p>")
	}
	if len(rest) > 0 {
		p.Bio = record.Text{HTML: p.Bio.HTML() + strings.Join(rest, "")}.Doc()
	}
	return p
}

// emailOf is an address that could work, "" otherwise.
func emailOf(s string) string {
	s = strings.TrimPrefix(strings.Join(strings.Fields(s), ""), "mailto:")
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || !strings.Contains(host, ".") || strings.Contains(host, "@") || len(s) > 254 {
		return ""
	}
	return s
}

// profiles reads the fields that an archive had its members fill in, each as its
// name, a zero byte and what they said. Those that are PHP are left alone.
func (d *Dump) profiles() map[int][]string {
	const service, code = 4, 5 // others are an address, a choice, a yes, a text
	fields := map[int]row{}
	d.tables["authorfields"].each(func(r row) { fields[r.num("field_id")] = r })
	all := map[int][]string{}
	d.tables["authorinfo"].each(func(r row) {
		value := d.slashed.text("authorinfo", r, "info")
		f, ok := fields[r.num("field")]
		if value == "" || value == "0" || r.num("uid") <= 0 {
			return
		}
		if !ok || f.num("field_type") == code {
			d.note("note", "profiles", "Fields of profiles that are programs, or of a kind that is not in the dump, were left out.", d.key("uid", r.num("uid")))
			return
		}
		if options := f.word("field_options"); f.num("field_type") == service && strings.Contains(options, "{info}") {
			value = strings.ReplaceAll(options, "{info}", value)
		}
		uid := r.num("uid")
		all[uid] = append(all[uid], plainText(f.raw("field_title"))+"\x00"+value)
	})
	return all
}

// name is whom a number stands for.
func (d *Dump) name(uid int) string {
	if name := d.names[uid]; name != "" {
		return name
	}
	return fmt.Sprintf("Author %d", uid)
}

// creator is a person as a record has them.
func (d *Dump) creator(uid int) record.Creator {
	return record.Creator{Name: d.name(uid), URL: d.address(fmt.Sprintf("viewuser.php?uid=%d", uid)), Key: d.key("uid", uid)}
}
