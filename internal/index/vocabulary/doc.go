// Package vocabulary knows all tags of an archive: their names, which are the
// same, which stand over others, and what a person means who types the beginning
// of one.
//
// It knows no works. Where it matters how many works a tag finds, the caller
// tells it.
//
// A synonym's canonical tag answers for it. A canonical tag and all metatags
// above it are its closure: the tags that a work with it is found by.
//
// A Vocabulary never changes: With makes the next one, at a cost in proportion to
// what changed, and shares the rest. Millions of tags are a few flat arrays, which
// lie in memory or in a mapped file; what is on disk may be damaged, so nothing read
// from it is followed without looking.
//
// Start reading at Vocabulary.
package vocabulary
