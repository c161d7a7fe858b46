// Package prose is the text of a story.
package prose

// Doc is the text of one chapter, note or summary: clean, normalised blocks.
// The zero Doc is empty. A Doc is never changed once made.
type Doc struct{ html string }

// Parse reads HTML.
func Parse(html string) Doc { return Doc{html} }

// HTML prints d.
func (d Doc) HTML() string { return d.html }
