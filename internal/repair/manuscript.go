package repair

import "ficstead/internal/archive"

// Manuscript mends all prose of m and finds where each mend stands in source,
// the decoded input.
func Manuscript(m *archive.Manuscript, source string) {}
