package main

import (
	"testing"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
)

// TestOursAgainstSQLite: the same requests have the same totals and counts, also
// the worst ones but those that peers cannot answer.
func TestOursAgainstSQLite(t *testing.T) {
	a := synthetic.New(11, 3000)
	their := &lite{}
	loaded, err := their.Load(a, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	list, err := ourContenders(a, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	list = append(list, &contender{Loaded: loaded, asker: their})
	requests := a.Requests(300)
	for _, bad := range a.Worst() {
		if len(bad.Focus) == 0 {
			requests = append(requests, bad.Request)
		}
	}
	if err := run(list, requests, 7, time.Hour); err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.diff > 0 {
			t.Errorf("%s: %d of %d answers differ", c.Name, c.diff, len(requests))
		}
	}
}

func TestQuestionsOnTheWire(t *testing.T) {
	a := synthetic.New(12, 3000)
	for _, q := range a.Requests(200) {
		line := peer.PrintQuestion(a, &q)
		read, err := peer.ParseQuestion(line)
		if err != nil || peer.PrintQuestion(a, read) != line {
			t.Fatalf("%s: %v, %v", line, read, err)
		}
	}
	for _, line := range []string{"", "1|2", "||||x|||||||"} {
		if _, err := peer.ParseQuestion(line); err == nil {
			t.Errorf("%q is no question", line)
		}
	}
}
