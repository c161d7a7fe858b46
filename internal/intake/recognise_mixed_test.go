package intake

import "testing"

// TestMarkdownWithSomeHTML reads Markdown with a tag here and there as what it is.
func TestMarkdownWithSomeHTML(t *testing.T) {
	const text = "# My Story\n\nby *Me*\n\n<center>One</center>\n\n\"Hello,\" she said. **Bold**.\n\n***\n\nSecond <i>scene</i>.\n\n## Chapter 2\n\nIt ended.\n"
	for _, name := range []string{"a.md", "a.txt"} {
		m, _, err := Read(name, []byte(text), nil)
		if err != nil || m.Kind != "markdown" || m.Title != "My Story" {
			t.Errorf("%s: kind %q, title %q, %v", name, m.Kind, m.Title, err)
		}
	}
	m, _, err := Read("a.md", []byte("<p>One.</p><p>Two.</p><p># Three.</p>"), nil)
	if err != nil || m.Kind != "html" {
		t.Errorf("HTML by the name of Markdown: kind %q, %v", m.Kind, err)
	}
}
