package segment

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"ficstead/internal/archive"
)

// benchRows calls add with n works of about 25 filter tags, with titles and
// creators and no summaries, as archives have them: few tags on many works, and
// most tags on few, those of a fandom together.
func benchRows(n int, add func(Row)) {
	r := rand.New(rand.NewPCG(1, 2))
	fandoms := rand.NewZipf(r, 1.15, 3, uint64(n/20+10))
	near := rand.NewZipf(r, 1.2, 2, 3000)
	freeforms := rand.NewZipf(r, 1.1, 20, uint64(n/5+100))
	words := rand.NewZipf(r, 1.1, 10, 40_000)
	names := make([]string, 40_001)
	for i := range names {
		names[i] = "word" + strconv.Itoa(i*7919%40_001)
	}
	var row Row
	title, creator := make([]string, 4), make([]string, 1)
	row.Words[InTitle], row.Words[InCreator] = [][]string{title}, [][]string{creator}
	for i := range n {
		row.Filters = append(row.Filters[:0], 1+archive.TagID(r.IntN(5))*10, 2+archive.TagID(r.IntN(6))*10, 3+archive.TagID(r.IntN(6))*10)
		put := func(tag archive.TagID) {
			if !slices.Contains(row.Filters, tag) {
				row.Filters = append(row.Filters, tag)
			}
		}
		fandom := archive.TagID(fandoms.Uint64())
		put(1000 + fandom*10 + 4)
		for k := range 9 {
			put(1000 + (fandom*37+archive.TagID(near.Uint64()))*10 + 5 + archive.TagID(k)&1)
		}
		for range 11 {
			put(1000 + archive.TagID(freeforms.Uint64())*10 + 7)
		}
		row.Own, row.Focus = row.Filters, row.Filters[4:6]
		for w := range title {
			title[w] = names[words.Uint64()]
		}
		creator[0] = names[r.IntN(40_000)]
		row.ID, row.Keeper, row.Visibility = archive.WorkID(i+1), 1, archive.Public
		row.Creators = append(row.Creators[:0], archive.CreatorID(1+r.IntN(n/4+1)))
		row.Language, row.Complete, row.OneShip = "en", r.IntN(3) > 0, r.IntN(2) == 0
		row.TitleKey = fmt.Sprintf("%s %s %s", title[0], title[1], title[2])
		row.CreatorKey = creator[0]
		hits := int64(r.ExpFloat64() * 2000)
		row.Values = [ColumnCount]int64{int64(r.ExpFloat64() * 8000), int64(1 + r.ExpFloat64()*3), hits / 20, hits, hits / 80, hits / 90,
			1_300_000_000 + int64(r.IntN(500_000_000))/86400*86400, 1_300_000_000 + int64(i)*60}
		add(row)
	}
}

// cpu is how much processor time this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkBuild measures processor time a work for Add and Build, without
// making the rows up. SEGMENT_WORKS says how many works; SEGMENT_SIZES prints
// what they take.
func BenchmarkBuild(b *testing.B) {
	n := 100_000
	if s := os.Getenv("SEGMENT_WORKS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	start := cpu()
	benchRows(n, func(Row) {})
	making := cpu() - start
	b.ReportAllocs()
	for b.Loop() {
		start := cpu()
		builder := NewBuilder(Options{Kind: kindOf, Workers: 2})
		benchRows(n, builder.Add)
		adding := cpu() - start - making
		start = cpu()
		clock := time.Now()
		s := builder.Build()
		building := cpu() - start
		b.ReportMetric(float64(adding)/float64(n), "ns-cpu-add/work")
		b.ReportMetric(float64(building)/float64(n), "ns-cpu-build/work")
		b.ReportMetric(float64(time.Since(clock))/float64(n), "ns-build/work")
		if os.Getenv("SEGMENT_SIZES") != "" {
			printSizes(s)
		}
		runtime.KeepAlive(s)
	}
}

func printSizes(s *Segment) {
	sizes, all := s.Sizes(), 0
	names := make([]string, 0, len(sizes))
	for name, n := range sizes {
		names = append(names, name)
		all += n
	}
	slices.SortFunc(names, func(a, b string) int { return sizes[b] - sizes[a] })
	for _, name := range names {
		if sizes[name] > s.Len()/100 {
			fmt.Printf("%-34s %7.2f bytes a work\n", name, float64(sizes[name])/float64(s.Len()))
		}
	}
	fmt.Printf("%-34s %7.2f bytes a work, %d cells, %d heads of %d tags\n", "all", float64(all)/float64(s.Len()),
		len(s.cells), len(s.numbering.list), s.numbering.Len())
}

// BenchmarkOne measures what the segment of a single changed work costs.
func BenchmarkOne(b *testing.B) {
	builder := NewBuilder(Options{Kind: kindOf, Workers: 2})
	benchRows(50_000, builder.Add)
	base := builder.Build()
	b.ReportAllocs()
	for b.Loop() {
		one := NewBuilder(Options{Kind: kindOf, Numbering: base.Numbering(), First: 65536})
		one.AddRow(base, 77, nil)
		one.Build()
	}
}
