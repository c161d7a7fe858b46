package store

import (
	"fmt"

	"ficstead/internal/archive"
)

// RescuedPerson is a member of a rescued archive, as they stand here.
type RescuedPerson struct {
	archive.RescuedPerson
	Rescue  archive.RescueID
	Account string            // what tells them from a creator of that name who is somebody else; or ""
	Creator archive.CreatorID // 0 while no work here is by them
}

const personColumns = `rescue, key, name, email, bio, site, joined, author, account, creator`

func scanPerson(row scanner) (p RescuedPerson, err error) {
	var bio string
	var joined int64
	err = row.Scan(&p.Rescue, &p.Key, &p.Name, &p.Email, &bio, &p.Site, &joined, &p.Author, &p.Account, &p.Creator)
	p.Bio, p.Joined = doc(bio), moment(joined)
	return p, err
}

func (tx *Tx) people(query string, args ...any) (people []RescuedPerson, err error) {
	err = tx.each("people of a rescued archive", func(row scanner) error {
		p, err := scanPerson(row)
		people = append(people, p)
		return err
	}, query, args...)
	return people, err
}

// RescuedPeople returns the people of a rescued archive, in the order of keys.
func (tx *Tx) RescuedPeople(id archive.RescueID) ([]RescuedPerson, error) {
	return tx.people(`SELECT `+personColumns+` FROM rescued_person WHERE rescue = $1 ORDER BY key`, id)
}

// RescuedPerson returns the person with a key.
func (tx *Tx) RescuedPerson(id archive.RescueID, key string) (RescuedPerson, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+personColumns+` FROM rescued_person WHERE rescue = $1 AND key = $2`, id, short(key))
	p, err := scanPerson(row)
	return p, tx.fail(fmt.Sprintf("rescued person %.60q", key), err)
}

// PeopleOfCreator returns the people of rescued archives who are a creator here.
func (tx *Tx) PeopleOfCreator(creator archive.CreatorID) ([]RescuedPerson, error) {
	return tx.people(`SELECT `+personColumns+` FROM rescued_person WHERE creator = $1 AND creator <> 0 ORDER BY rescue, key`, creator)
}

// CreatorWorks is how many works of a creator one keeper has under one visibility.
type CreatorWorks struct {
	Creator    archive.Creator
	Keeper     archive.PersonID
	Visibility archive.Visibility
	Works      int
}

// RescuedCreators returns who works of a rescued archive are by, in the order of
// names, whoever may see them.
func (tx *Tx) RescuedCreators(id archive.RescueID) (list []CreatorWorks, err error) {
	err = tx.each("rescued creators", func(row scanner) error {
		var c CreatorWorks
		err := row.Scan(&c.Creator.ID, &c.Creator.Name, &c.Creator.Account, &c.Keeper, &c.Visibility, &c.Works)
		list = append(list, c)
		return err
	}, `SELECT c.id, c.name, c.account, w.keeper, w.visibility, count(*) FROM rescued_work r JOIN work w ON w.id = r.work
		JOIN work_creator wc ON wc.work = w.id JOIN creator c ON c.id = wc.creator WHERE r.rescue = $1
		GROUP BY c.id, c.name, c.account, c.key, w.keeper, w.visibility ORDER BY c.key, c.id`, id)
	return list, err
}

// SetRescuedPeople makes people those of a rescued archive.
func (tx *Tx) SetRescuedPeople(id archive.RescueID, people []RescuedPerson) error {
	if err := tx.exec("rescued people", `DELETE FROM rescued_person WHERE rescue = $1`, id); err != nil {
		return err
	}
	var rows [][]any
	for _, p := range people {
		if err := checkText(fmt.Sprintf("rescued person %.60q", p.Name), p.Key, p.Name, p.Email, p.Bio.HTML(), p.Site, p.Account); err != nil {
			return err
		}
		rows = append(rows, []any{id, short(p.Key), p.Name, p.Email, p.Bio.HTML(), p.Site, p.Joined.UnixMicro(), p.Author, p.Account, p.Creator})
	}
	return tx.insert("rescued people", "rescued_person ("+personColumns+")", rows, "ON CONFLICT DO NOTHING")
}

// BindPeople says which creators here the authors of a rescued archive are: those
// of their name and account.
func (tx *Tx) BindPeople(id archive.RescueID) error {
	people, err := tx.people(`SELECT `+personColumns+` FROM rescued_person WHERE rescue = $1 AND author AND creator = 0`, id)
	if err != nil {
		return err
	}
	for _, p := range people {
		key, account := creatorKeys(archive.Creator{Name: p.Name, Account: p.Account})
		err := tx.exec("bind person", `UPDATE rescued_person
			SET seal = 0, creator = coalesce((SELECT c.id FROM creator c WHERE c.key = $3 AND c.account_key = $4), 0)
			WHERE rescue = $1 AND key = $2`, id, short(p.Key), key, account)
		if err != nil {
			return err
		}
	}
	return nil
}

// SetFavourites makes list the favourites of a rescued archive.
func (tx *Tx) SetFavourites(id archive.RescueID, list []archive.Favourite) error {
	if err := tx.exec("favourites", `DELETE FROM rescued_favourite WHERE rescue = $1`, id); err != nil {
		return err
	}
	var rows [][]any
	for _, f := range list {
		if err := checkText("favourite", f.Person, f.Of, f.Note.HTML()); err != nil {
			return err
		}
		rows = append(rows, []any{id, short(f.Person), short(f.Of), f.Note.HTML()})
	}
	return tx.insert("favourites", "rescued_favourite (rescue, person, target, note)", rows, "ON CONFLICT DO NOTHING")
}

// Favourites returns the favourites of a person of a rescued archive, or of
// all its people if person is "".
func (tx *Tx) Favourites(id archive.RescueID, person string) (list []archive.Favourite, err error) {
	err = tx.each("favourites", func(row scanner) error {
		var f archive.Favourite
		var note string
		err := row.Scan(&f.Person, &f.Of, &note)
		f.Note = doc(note)
		list = append(list, f)
		return err
	}, `SELECT person, target, note FROM rescued_favourite WHERE rescue = $1 AND ($2 = '' OR person = $2) ORDER BY person, target`, id, person)
	return list, err
}

// SetPages makes pages those of a rescued archive.
func (tx *Tx) SetPages(id archive.RescueID, pages []archive.RescuedPage) error {
	if err := tx.exec("rescued pages", `DELETE FROM rescued_page WHERE rescue = $1`, id); err != nil {
		return err
	}
	var rows [][]any
	for i, p := range pages {
		if err := checkText(fmt.Sprintf("rescued page %.60q", p.Name), p.Name, p.Title, p.Text.HTML(), p.By); err != nil {
			return err
		}
		content, err := packReviews(p.Comments)
		if err != nil {
			return err
		}
		packed := tx.store.packer.Compress(content)
		rows = append(rows, []any{id, short(p.Name), i, p.Title, p.Text.HTML(), p.By, p.Written.UnixMicro(), packed})
	}
	return tx.insert("rescued pages", "rescued_page (rescue, name, position, title, text, signed, written, comments)", rows, "ON CONFLICT DO NOTHING")
}

// Pages returns the pages of a rescued archive, in order.
func (tx *Tx) Pages(id archive.RescueID) (pages []archive.RescuedPage, err error) {
	err = tx.each("rescued pages", func(row scanner) error {
		var p archive.RescuedPage
		var text string
		var written int64
		var packed []byte
		if err := row.Scan(&p.Name, &p.Title, &text, &p.By, &written, &packed); err != nil {
			return err
		}
		p.Text, p.Written = doc(text), moment(written)
		content, err := tx.unpackText("comments on a page", packed)
		if err == nil {
			p.Comments, err = unpackReviews(content)
		}
		pages = append(pages, p)
		return err
	}, `SELECT name, title, text, signed, written, comments FROM rescued_page WHERE rescue = $1 ORDER BY position`, id)
	return pages, err
}
