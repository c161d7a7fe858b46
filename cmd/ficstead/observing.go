package main

import (
	"context"
	"os"
	"runtime"
	rm "runtime/metrics"
	"time"

	"ficstead/internal/base/machine"
	"ficstead/internal/find"
	"ficstead/internal/metrics"
	"ficstead/internal/store"
)

// scrape is how long whoever reads the counts waits for the store.
const scrape = 2 * time.Second

// waitingMost is up to where files that wait are counted.
const waitingMost = 1000

// observe has counts told of what is known elsewhere.
func observe(m *metrics.Registry, r *run, a *opened) {
	m.Gauge("ficstead_build_info", "Always 1.", "version", "commit", "go").Set(1, version, commit, runtime.Version())
	m.Gauge("process_start_time_seconds", "When the program was started, in seconds since 1970.").Set(float64(time.Now().Unix()))
	m.Watch(ofProcess)
	follow := &follower{finder: a.finder, store: a.store}
	m.Watch(func(s *metrics.Sample) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), scrape)
		defer cancel()
		s.Gauge("ficstead_index_works", "Works in the index.", float64(a.finder.Len()))
		ofFinder(s, a.finder.Stats())
		if behind, err := follow.lag(ctx); err == nil {
			s.Gauge("ficstead_index_changes_behind", "Changes in the store that the index does not have yet.", float64(behind))
		}
		s.Counter("ficstead_store_writes_total", "Writes to the store since the program was started.", float64(a.store.Writes()))
		_ = a.store.Read(ctx, func(tx *store.Tx) error { // a store that fails is told of by the checks
			waiting, err := tx.PendingItems(waitingMost)
			if err == nil {
				s.Gauge("ficstead_import_files_waiting", "Files that wait to be brought in; counted up to 1,000.", float64(len(waiting)))
			}
			return err
		})
		for name, path := range r.kept() {
			if info, err := os.Stat(path); err == nil {
				s.Gauge("ficstead_file_bytes", "Sizes of the archive's files.", float64(info.Size()), "file", name)
			}
		}
		if free, all, err := machine.DiskSpace(r.data); err == nil {
			s.Gauge("ficstead_disk_free_bytes", "Free on the disk of the data folder.", float64(free))
			s.Gauge("ficstead_disk_bytes", "Size of the disk of the data folder.", float64(all))
		}
	})
}

// ofFinder tells how questions are answered.
func ofFinder(s *metrics.Sample, f find.Stats) {
	s.Gauge("ficstead_index_generation", "The number of the last change that the index has.", float64(f.Generation))
	s.Gauge("ficstead_index_part_works", "Works in the base of the index, and in the parts that were added since, all together.", float64(f.Parts[0]), "part", "base")
	later := 0
	for _, n := range f.Parts[1:] {
		later += n
	}
	s.Gauge("ficstead_index_part_works", "Works in the base of the index, and in the parts that were added since, all together.", float64(later), "part", "later")
	s.Gauge("ficstead_index_parts", "Parts that the index has.", float64(len(f.Parts)))
	s.Counter("ficstead_find_lookups_total", "Answers that were looked for among those that are kept.", float64(f.Asked))
	s.Counter("ficstead_find_hits_total", "Answers that were found there.", float64(f.Had))
	s.Gauge("ficstead_find_kept_bytes", "Size of the answers that are kept.", float64(f.Kept))
	s.Gauge("ficstead_find_heavy", "Heavy questions that are being answered.", float64(f.Heavy))
	s.Gauge("ficstead_find_waiting", "Heavy questions that wait for those.", float64(f.Waiting))
}

// ofProcess tells of the program itself, by the names that dashboards know.
func ofProcess(s *metrics.Sample) {
	asked := []rm.Sample{{Name: "/sched/goroutines:goroutines"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"}, {Name: "/gc/cycles/total:gc-cycles"}}
	rm.Read(asked)
	value := func(i int) float64 {
		if asked[i].Value.Kind() != rm.KindUint64 {
			return 0 // a Go that no longer knows it
		}
		return float64(asked[i].Value.Uint64())
	}
	s.Gauge("go_goroutines", "Goroutines.", value(0))
	s.Gauge("go_memstats_heap_alloc_bytes", "Memory in use by the program's objects.", value(1))
	s.Gauge("go_memstats_sys_bytes", "Memory taken from the system.", value(2))
	s.Counter("go_gc_cycles_total", "Collections of garbage.", value(3))
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		s.Gauge("process_open_fds", "Open file descriptors.", float64(len(open)))
	}
	if most := machine.MaxFiles(); most > 0 {
		s.Gauge("process_max_fds", "File descriptors that may be open.", float64(most))
	}
}
