package budget

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"
)

var start = time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC)

func network(s string) Reader { return Network(netip.MustParseAddr(s)) }

func TestNetwork(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"2001:db8::1", "2001:db8::ffff:1", true}, {"2001:db8::1", "2001:db8:0:1::1", false}, {"192.0.2.1", "192.0.2.2", false},
		{"192.0.2.1", "::ffff:192.0.2.1", true}, {"fe80::1%eth0", "fe80::1%eth1", true},
	} {
		if got := network(c.a) == network(c.b); got != c.same {
			t.Errorf("%s and %s are one reader: %v", c.a, c.b, got)
		}
	}
	if Network(netip.Addr{}) != (Reader{}) || Account(7) == Account(8) || Account(7) == network("192.0.2.1") {
		t.Error("readers are taken for each other")
	}
}

// TestPersonIsNeverRefused reads 300 of anything within five minutes, evenly and
// all at once, as a visitor and with an account, each in another work.
func TestPersonIsNeverRefused(t *testing.T) {
	for _, reader := range []Reader{network("192.0.2.1"), Account(7)} {
		for _, class := range []Class{Pages, Lists, Downloads, API, Pictures} {
			for _, pause := range []time.Duration{time.Second, 0} {
				l := New(Visitors, Accounts)
				for i := range 300 {
					now := start.Add(time.Duration(i) * pause)
					if err := errors.Join(l.Spend(now, reader, class), l.Take(now, reader, int64(i+1))); err != nil {
						t.Fatalf("%v of %v, one each %v: %v after %d", class, reader, pause, err, i)
					}
				}
			}
		}
	}
}

// TestTwoHundredReadersBehindOneAddress reads for an hour: each turns a page
// every ten seconds, asks a list every minute, and opens another work every
// fifteen minutes, popular ones more often.
func TestTwoHundredReadersBehindOneAddress(t *testing.T) {
	l, reader, dice := New(Visitors, Accounts), network("2001:db8::7"), rand.New(rand.NewPCG(1, 2))
	popular := rand.NewZipf(dice, 1.05, 8, 99_999)
	reading := make([]int64, 200)
	different := map[int64]bool{}
	refused := 0
	for second := range 3600 {
		for person := range reading {
			now := start.Add(time.Duration(second) * time.Second)
			turn := second + person*7
			if turn%900 == 0 || reading[person] == 0 {
				reading[person] = int64(popular.Uint64()) + 1
				different[reading[person]] = true
			}
			if turn%10 == 0 && errors.Join(l.Spend(now, reader, Pages), l.Take(now, reader, reading[person])) != nil || turn%60 == 0 && l.Spend(now, reader, Lists) != nil {
				refused++
			}
		}
	}
	t.Logf("%d different works", len(different))
	if refused > 0 || len(different) < 400 {
		t.Errorf("%d requests refused; %d different works", refused, len(different))
	}
}

// TestScraperIsStopped takes 100,000 works from all addresses of one network, and
// from one account, as fast as it is let and coming back when it is told to.
func TestScraperIsStopped(t *testing.T) {
	for name, reader := range map[string]func(i int) Reader{
		"one network of IPv6": func(i int) Reader { return network(fmt.Sprintf("2001:db8::%x:%x", i>>16, i&0xffff)) },
		"one account":         func(int) Reader { return Account(7) },
	} {
		for _, class := range []Class{Pages, Downloads, API} {
			l, now, got := New(Visitors, Accounts), start, 0
			for now.Before(start.Add(day)) && got < 100_000 {
				r := reader(got)
				err := l.Spend(now, r, class)
				if err == nil {
					err = l.Take(now, r, int64(got+1))
				}
				var refusal Refusal
				if errors.As(err, &refusal) {
					now = now.Add(max(refusal.Wait, time.Millisecond))
					continue
				}
				got++
				now = now.Add(5 * time.Millisecond)
			}
			t.Logf("%s by %s: %d works in a day", class, name, got)
			if got >= 1000 {
				t.Errorf("%s by %s: %d works in a day, want less than a hundredth", class, name, got)
			}
		}
	}
}

// TestReadingOnAfterTheLast opens what was opened before, when nothing new is left.
func TestReadingOnAfterTheLast(t *testing.T) {
	l, reader := New(Visitors, Accounts), network("192.0.2.1")
	for i := range Visitors.Works {
		if err := l.Take(start, reader, int64(i)); err != nil {
			t.Fatal(err)
		}
	}
	later := start.Add(day - time.Minute)
	err := l.Take(later, reader, -1)
	var refusal Refusal
	if !errors.As(err, &refusal) || !errors.Is(err, Spent) || refusal.Seconds() != 60 || !refusal.Works {
		t.Errorf("another work: %v", err)
	}
	if err := l.Take(later, reader, 0, 5, 7); err != nil {
		t.Errorf("what was opened before: %v", err)
	}
	if l.Take(later, reader, 0, -1) == nil {
		t.Error("a book of old and new works was let through")
	}
	if err := l.Take(later, network("192.0.2.2"), -1); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	if err := l.Take(start.Add(day), reader, -1, 0); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// TestRetryAfterIsTrue comes back when it was told to.
func TestRetryAfterIsTrue(t *testing.T) {
	for class := Pages; class < Classes; class++ {
		l, reader, now := New(Visitors, Accounts), network("192.0.2.1"), start
		for range 5000 {
			var refusal Refusal
			if errors.As(l.Spend(now, reader, class), &refusal) {
				now = now.Add(time.Duration(refusal.Seconds()) * time.Second)
				if refusal.Wait <= 0 || l.Spend(now, reader, class) != nil {
					t.Fatalf("%v: still refused after %v", class, refusal.Wait)
				}
			}
		}
	}
	l := New(Visitors, Accounts)
	for range 10_000 {
		if err := l.Spend(start, network("192.0.2.1"), Free); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMemoryIsBounded asks as more readers than can be remembered.
func TestMemoryIsBounded(t *testing.T) {
	l := New(Visitors, Accounts)
	for i := range 300_000 {
		r := Account(int64(i + 1))
		if l.Spend(start, r, Pages) != nil || l.Take(start, r, 1, 2) != nil {
			t.Fatal("refused at the first request")
		}
	}
	for name, n := range map[string][2]int{"paces": {len(l.paces.young) + len(l.paces.old), maxPaces}, "days": {len(l.days.young) + len(l.days.old), maxDays}, "taken": {len(l.taken.young) + len(l.taken.old), maxTaken}} {
		if n[0] > n[1] {
			t.Errorf("%s: %d remembered, want %d", name, n[0], n[1])
		}
	}
}

func TestChange(t *testing.T) {
	f, err := Visitors.Change(map[string]string{"lists": "5:200", "works": "0", "api": "0.5:1"})
	if err != nil || f.Works != 0 || f.Paces[Lists] != (Pace{5, 200}) || f.Paces[API] != (Pace{0.5, 1}) || f.Paces[Pages] != Visitors.Paces[Pages] {
		t.Errorf("%v, %v", f, err)
	}
	for name, value := range map[string]string{"lists": "5", "pages": "0:1", "api": "-1:1", "downloads": "NaN:5", "writes": "1:0", "works": "-1", "free": "1:1", "what": "1:1"} {
		if _, err := Visitors.Change(map[string]string{name: value}); err == nil {
			t.Errorf("%s=%s is taken", name, value)
		}
	}
}

func BenchmarkSpend(b *testing.B) {
	l := New(Visitors, Accounts)
	for i := range b.N {
		r := Account(int64(i%10_000 + 1))
		_ = l.Spend(start, r, Pages)
		_ = l.Take(start, r, int64(i%50))
	}
}
