package main

import (
	"io"
	"net/http"
	"regexp"
	"sync"
	"testing"
)

// lineWatcher is an output that tells the address a server prints.
type lineWatcher struct {
	ready chan string
	once  sync.Once
}

func newLineWatcher() (<-chan string, io.Writer) {
	w := &lineWatcher{ready: make(chan string, 1)}
	return w.ready, w
}

func (w *lineWatcher) Write(b []byte) (int, error) {
	if address := regexp.MustCompile(`http://\S+`).Find(b); address != nil {
		w.once.Do(func() { w.ready <- string(address) })
	}
	return len(b), nil
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, response.Status, err)
	}
	return string(body)
}
