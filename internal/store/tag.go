package store

import (
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/text"
)

const tagColumns = `id, kind, name, canonical`

func scanTag(row scanner) (t archive.Tag, err error) {
	err = row.Scan(&t.ID, &t.Kind, &t.Name, &t.Canonical)
	return t, err
}

func (tx *Tx) tagList(what, query string, args ...any) (tags []archive.Tag, err error) {
	err = tx.each(what, func(row scanner) error {
		t, err := scanTag(row)
		tags = append(tags, t)
		return err
	}, query, args...)
	return tags, err
}

// Tag returns the tag with the given ID, or an errs.NotFound error.
func (tx *Tx) Tag(id archive.TagID) (archive.Tag, error) {
	var t archive.Tag
	var key string
	var merged, sealed int64
	what := fmt.Sprintf("tag %d", id)
	err := tx.one(what, []any{&t.ID, &t.Kind, &t.Name, &t.Canonical, &key, &merged, &sealed},
		`SELECT `+tagColumns+`, key, merged, seal FROM tag WHERE id = $1`, id)
	if err == nil {
		err = verifySeal(what, sealed, int64(t.ID), int64(t.Kind), t.Name, key, merged, int64(t.Canonical))
	}
	return t, err
}

// Tags returns the tags with the given IDs, in that order. Those that are not
// there are left out.
func (tx *Tx) Tags(ids []archive.TagID) ([]archive.Tag, error) {
	found := map[archive.TagID]archive.Tag{}
	err := eachIn(tx, "tags", ids, func(row scanner) error {
		t, err := scanTag(row)
		found[t.ID] = t
		return err
	}, `SELECT `+tagColumns+` FROM tag WHERE id IN (*)`)
	if err != nil {
		return nil, err
	}
	var tags []archive.Tag
	for _, id := range ids {
		if t, ok := found[id]; ok {
			tags = append(tags, t)
		}
	}
	return tags, nil
}

// TagByName returns the tag of a kind with a name, whatever its letters' case
// and accents.
func (tx *Tx) TagByName(kind archive.Kind, name string) (archive.Tag, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+tagColumns+` FROM tag WHERE key = $1 AND kind = $2`, queryKey(name), kind)
	t, err := scanTag(row)
	return t, tx.fail(fmt.Sprintf("%s %.60q", kind, name), err)
}

// TagsNamed returns the tags with a name, of all kinds, in the order of kinds.
func (tx *Tx) TagsNamed(name string) ([]archive.Tag, error) {
	return tx.tagList("tags named", `SELECT `+tagColumns+` FROM tag WHERE key = $1 ORDER BY kind`, queryKey(name))
}

// SearchTags returns tags whose names begin with what was typed, in order of
// name; of one kind, or of all if kind is 0.
func (tx *Tx) SearchTags(kind archive.Kind, typed string, limit int) ([]archive.Tag, error) {
	const last = "\U0010FFFF" // sorts after every character that is in use
	key := text.Key(typed)
	if checkText("typed", key) != nil {
		return nil, nil
	}
	return tx.tagList("search tags", `SELECT `+tagColumns+` FROM tag
		WHERE key >= $1 AND key < $2 AND ($3 = 0 OR kind = $3) ORDER BY key, kind LIMIT $4`, key, key+last, int64(kind), limit)
}

// queryKey is the key of what somebody asks for, which may be anything; nothing
// that is stored has what it leaves out.
func queryKey(name string) string {
	if checkText("", name) != nil {
		return ""
	}
	return keyOf(name)
}

// EachTag calls f for every tag, in order of ID, until f fails. f may ask tx for more.
func (tx *Tx) EachTag(f func(archive.Tag) error) error {
	for after := archive.TagID(0); ; {
		tags, err := tx.tagList("tags", `SELECT `+tagColumns+` FROM tag WHERE id > $1 ORDER BY id LIMIT 5000`, after)
		if err != nil || len(tags) == 0 {
			return err
		}
		for _, t := range tags {
			if err := f(t); err != nil {
				return err
			}
			after = t.ID
		}
	}
}

// EnsureTag returns the tag of a kind with a name, and makes it if there is none.
func (tx *Tx) EnsureTag(kind archive.Kind, name string) (archive.Tag, error) {
	tags, err := tx.ensureTags([]archive.Tag{{Kind: kind, Name: name}})
	if err != nil {
		return archive.Tag{}, err
	}
	return tags[0], nil
}

// tagKey is what makes a tag the same as another.
type tagKey struct {
	kind archive.Kind
	key  string
}

// ensureTags finds tags by kind and name, makes those that are new, and leaves
// out what names one for the second time.
func (tx *Tx) ensureTags(named []archive.Tag) ([]archive.Tag, error) {
	known, err := tx.findTags(named)
	if err != nil {
		return nil, err
	}
	var tags []archive.Tag
	seen := map[archive.TagID]bool{}
	for _, t := range named {
		key := tagKey{t.Kind, keyOf(t.Name)}
		if known[key].ID == 0 {
			if known[key], err = tx.addTag(key, t.Name); err != nil {
				return nil, err
			}
		}
		if t := known[key]; !seen[t.ID] {
			seen[t.ID] = true
			tags = append(tags, t)
		}
	}
	return tags, nil
}

func (tx *Tx) findTags(named []archive.Tag) (map[tagKey]archive.Tag, error) {
	var keys []string
	for _, t := range named {
		what := fmt.Sprintf("tag %.60q", t.Name)
		if err := checkText(what, t.Name); err != nil {
			return nil, err
		}
		key := keyOf(t.Name)
		if key == "" || t.Kind.String() == "" {
			return nil, fmt.Errorf("%s: it has no name or no kind: %w", what, errs.Invalid)
		}
		keys = append(keys, key)
	}
	known := map[tagKey]archive.Tag{}
	err := eachIn(tx, "tags", keys, func(row scanner) error {
		var t archive.Tag
		var key string
		err := row.Scan(&t.ID, &t.Kind, &t.Name, &t.Canonical, &key)
		known[tagKey{t.Kind, key}] = t
		return err
	}, `SELECT `+tagColumns+`, key FROM tag WHERE key IN (*)`)
	return known, err
}

func (tx *Tx) addTag(key tagKey, name string) (archive.Tag, error) {
	t := archive.Tag{Kind: key.kind, Name: name}
	err := tx.one("add tag", []any{&t.ID}, `
		INSERT INTO tag (kind, name, key, merged, canonical) VALUES ($1, $2, $3, 0, 0) RETURNING id`, key.kind, name, key.key)
	if err != nil {
		return t, err
	}
	return t, tx.log(0, t.ID)
}
