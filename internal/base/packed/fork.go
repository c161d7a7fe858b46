package packed

import "sync"

// Fork cuts 0…n into a part for each worker, runs f on all parts at once, and
// returns when all are done.
func Fork(workers, n int, f func(worker, from, to int)) {
	part := (n + max(workers, 1) - 1) / max(workers, 1)
	if part >= n {
		f(0, 0, n)
		return
	}
	var wait sync.WaitGroup
	for w := 0; w*part < n; w++ {
		wait.Go(func() { f(w, w*part, min((w+1)*part, n)) })
	}
	wait.Wait()
}
