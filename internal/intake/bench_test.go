package intake

import (
	"os"
	"testing"
)

// BenchmarkRead measures the reading and mending of a download of 60,000 words
// in 20 chapters, or of the file that BENCH_FILE names.
func BenchmarkRead(b *testing.B) {
	chapters := make([]string, 20)
	for i := range chapters {
		for range 30 {
			chapters[i] += "<p>“" + fill(50) + ",” she said. <em>" + fill(50) + "</em></p>\n"
		}
	}
	data := []byte(download(1, "2020-01-02", chapters...))
	if name := os.Getenv("BENCH_FILE"); name != "" {
		var err error
		if data, err = os.ReadFile(name); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Read("a.html", data, nil); err != nil {
			b.Fatal(err)
		}
	}
}
