// Package passages shows places inside stories: a piece of a paragraph with what
// was looked for marked in it, in its own language and direction, and a link to
// where it stands.
package passages
