package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"ficstead/internal/base/text"
)

// maxKey is how many bytes of a key are kept: PostgreSQL cannot index much more
// than twice that, and two keys may stand in one index.
const maxKey = 1000

// keyOf is what a name is compared by.
func keyOf(name string) string { return short(text.Key(name)) }

// short is key, or where it is too long its beginning and its sum, so that it
// still sorts where it should and differs from all others.
func short(key string) string {
	if len(key) <= maxKey {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	digits := hex.EncodeToString(sum[:])
	return strings.ToValidUTF8(key[:maxKey-len(digits)], "") + digits
}
