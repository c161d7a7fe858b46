package repair

import "ficstead/internal/archive"

// Text mends a text file as Decode returns it: lines become paragraphs with a
// blank line between, and scene breaks the line SceneBreak. At counts in s.
func Text(s string) (string, []archive.Mend) { return s, nil }

// SceneBreak is the one spelling of a scene break in the result of Text.
const SceneBreak = "* * *"
