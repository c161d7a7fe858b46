package budget

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bounds of what is remembered, for all readers together. A reader of whom
// nothing is remembered begins with a whole budget; it takes tens of thousands
// of networks to be forgotten on purpose.
const (
	maxPaces = 100_000 // some 20 MB
	maxDays  = 50_000  // some 8 MB
	maxTaken = 500_000 // works by reader, some 40 MB
)

// day is how long a work that was opened costs nothing more.
const day = 24 * time.Hour

// Spent is the kind of every refusal for asking too much.
var Spent = errors.New("more than one reader may ask for")

// A Refusal is a budget that is spent.
type Refusal struct {
	Class Class
	Works bool          // it is that of different works in a day
	Wait  time.Duration // until there is something in it again
}

func (r Refusal) Error() string {
	if r.Works {
		return fmt.Sprintf("works of a day, for another %v: %v", r.Wait, Spent)
	}
	return fmt.Sprintf("%s, for another %v: %v", r.Class, r.Wait, Spent)
}

func (r Refusal) Unwrap() error { return Spent }

// Seconds is Wait for Retry-After.
func (r Refusal) Seconds() int { return int((r.Wait + time.Second - 1) / time.Second) }

// A Ledger holds the budgets of all readers. It may be used by many at once.
type Ledger struct {
	visitors, accounts Figures

	mu    sync.Mutex
	paces recent[paceKey, *rate.Limiter]
	days  recent[Reader, opened]
	taken recent[takenKey, time.Time]
}

type paceKey struct {
	reader Reader
	class  Class
}

type takenKey struct {
	reader Reader
	work   int64
}

// opened is how many works a reader opened since a day began for them.
type opened struct {
	since time.Time
	works int
}

// New makes a ledger.
func New(visitors, accounts Figures) *Ledger {
	l := &Ledger{visitors: visitors, accounts: accounts}
	l.paces.most, l.days.most, l.taken.most = maxPaces, maxDays, maxTaken
	return l
}

func (l *Ledger) figures(r Reader) *Figures {
	if r.account != 0 {
		return &l.accounts
	}
	return &l.visitors
}

// Spend takes one request of a class from a reader's budget. The error is a
// Refusal, and then nothing was taken.
func (l *Ledger) Spend(now time.Time, r Reader, class Class) error {
	pace := l.figures(r).Paces[class]
	if pace.PerSecond == 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := paceKey{r, class}
	limiter, ok := l.paces.get(key)
	if !ok {
		limiter = rate.NewLimiter(rate.Limit(pace.PerSecond), pace.Burst)
		l.paces.set(key, limiter)
	}
	if limiter.AllowN(now, 1) {
		return nil
	}
	missing := 1 - limiter.TokensAt(now)
	return Refusal{Class: class, Wait: time.Duration(missing / pace.PerSecond * float64(time.Second))}
}

// Take counts works that a reader opens, by their public ids. The error is a
// Refusal if they are too many for a day, and then none was counted. Works that
// the reader opened within the last day are never refused.
func (l *Ledger) Take(now time.Time, r Reader, works ...int64) error {
	most := l.figures(r).Works
	if most == 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var anew []int64
	for _, id := range works {
		if at, ok := l.taken.get(takenKey{r, id}); !ok || now.Sub(at) >= day {
			anew = append(anew, id)
		}
	}
	if len(anew) == 0 {
		return nil
	}
	today, _ := l.days.get(r)
	if now.Sub(today.since) >= day {
		today = opened{since: now}
	}
	if today.works+len(anew) > most {
		return Refusal{Works: true, Wait: today.since.Add(day).Sub(now)}
	}
	today.works += len(anew)
	l.days.set(r, today)
	for _, id := range anew {
		l.taken.set(takenKey{r, id}, now)
	}
	return nil
}
