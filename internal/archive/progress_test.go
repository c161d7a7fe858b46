package archive

import "testing"

func TestProgress(t *testing.T) {
	key := Source{URL: "https://archiveofourown.org/works/1", Key: "ao3:1"}
	for _, c := range []struct {
		what string
		work Work
		want Progress
	}{
		{"a text from anywhere", Work{}, ProgressUnknown},
		{"a page of a site that we do not know", Work{Source: Source{URL: "https://example.org/tea", Site: "example.org", Key: "url:example.org/tea"}}, ProgressUnknown},
		{"a text that says the end", Work{Complete: true}, Complete},
		{"all chapters of a known site", Work{Complete: true, ChaptersPlanned: 3, Source: key}, Complete},
		{"chapters of a known site", Work{ChaptersPlanned: 3, Source: key}, InProgress},
		{"chapters without a plan of a known site", Work{Source: key}, InProgress},
		{"a text that says how many are planned", Work{ChaptersPlanned: 3}, InProgress},
	} {
		if got := c.work.Progress(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}
