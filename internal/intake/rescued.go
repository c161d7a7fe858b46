package intake

import (
	"ficstead/internal/archive"
)

const noChapters archive.Refusal = "None of its chapters has a text, neither in the dump nor in the folder of the stories. Import again when you have found the texts."

// MendStory does with a story of a whole archive what Read does with a file: the
// work is what Read makes of the story's Original. Reviews and old chapters keep
// pointing at the same chapters where some turned out to hold nothing.
func MendStory(s archive.RescuedStory, choices archive.Choices) (archive.RescuedStory, error) {
	places := make([]int, len(s.Manuscript.Chapters)+1) // new numbers by old ones
	n, told := 0, false
	for i, c := range s.Manuscript.Chapters {
		told = told || !c.Text.IsEmpty()
		if !isNothing(c) {
			n++
			places[i+1] = n
		}
	}
	if !told {
		return s, noChapters
	}
	m, _, err := guarded(func() (archive.Manuscript, string, error) {
		return finish(s.Manuscript, s.Key, "", choices)
	})
	if err != nil {
		return s, err
	}
	s.Manuscript = m
	if n == len(places)-1 {
		return s, nil
	}
	var kept []archive.OldChapter
	for i, c := range s.OldChapters {
		if i+1 < len(places) && places[i+1] > 0 {
			kept = append(kept, c)
		}
	}
	s.OldChapters = kept
	reviews := make([]archive.Review, len(s.Reviews))
	for i, r := range s.Reviews {
		if r.Chapter > 0 && r.Chapter < len(places) {
			r.Chapter = places[r.Chapter]
		}
		reviews[i] = r
	}
	s.Reviews = reviews
	return s, nil
}
