// Package markdown reads stories in Markdown, and what export writes as Markdown.
//
// A YAML block at the start tells the metadata, headings tell the chapters.
// Match looks at the content: many a .txt is Markdown, and many an .md is not.
// Start reading at markdown.go.
package markdown
