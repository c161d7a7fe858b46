package intake

import (
	"fmt"

	"ficstead/internal/intake/record"
)

// recordsIn makes a file of each story in JSON or a table that has several.
func recordsIn(name string, data []byte) []File {
	stories := record.Several(data)
	files := make([]File, len(stories))
	for i, s := range stories {
		files[i] = File{Name: fmt.Sprintf("%s!%d.json", name, i+1)}.holding(s.Encode(), nil)
	}
	return files
}
