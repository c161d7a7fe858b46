package intake

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store/storetest"
)

// long is a download of 60,000 words in 20 chapters, others for each number.
func long(number int) string {
	r := rand.New(rand.NewPCG(uint64(number), 1))
	words := func() string { // numbers among them, so that no two downloads are alike
		said := strings.Fields(fill(45))
		for i := 0; i < len(said); i += 3 {
			said[i] = strconv.Itoa(r.IntN(1e9))
		}
		return strings.Join(said, " ")
	}
	chapters := make([]string, 20)
	for i := range chapters {
		for range 30 {
			chapters[i] += "<p>“" + words() + ",” she said. <em>" + words() + "</em></p>\n"
		}
	}
	return download(number, "2020-01-02", chapters...)
}

// BenchmarkRead measures the reading and mending of 60,000 words, or of the file
// that BENCH_FILE names.
func BenchmarkRead(b *testing.B) {
	paragraph := "“" + fill(50) + ",” she said. _" + fill(50) + "_\n\n"
	files := map[string]string{
		"a.html": download(1, "2020-01-02", slices.Repeat([]string{strings.Repeat("<p>“"+fill(50)+",” she said. <em>"+fill(50)+"</em></p>\n", 30)}, 20)...),
		"a.txt":  strings.Repeat(strings.Repeat(paragraph, 30)+"* * *\n\n", 20),
	}
	if name := os.Getenv("BENCH_FILE"); name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		files = map[string]string{filepath.Base(name): string(data)}
	}
	for name, data := range files {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Read(name, []byte(data), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBring measures bringing in one work of 60,000 words, new each time.
func BenchmarkBring(b *testing.B) {
	s := storetest.Open(b)
	b.SetBytes(int64(len(long(1))))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		file := File{Name: "a.html"}.holding([]byte(long(n)), nil)
		for _, r := range Bring(b.Context(), s, archive.Viewer{Person: archive.Owner}, file, false) {
			if r.Error != "" {
				b.Fatal(r.Error)
			}
		}
	}
}
