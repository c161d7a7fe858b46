package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestImportSavedPage is a folder with a page, the folder that a browser saved
// beside it, and a picture that is none of the page's business.
func TestImportSavedPage(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	page := filepath.Join(dir, "saved", "The Lamp.html")
	for name, text := range map[string]string{
		"saved/The Lamp.html": `<html><head><title>The Lamp</title></head><body><article><p>` + strings.Repeat("The lamp was lit and the sea went on. ", 20) +
			`</p><p><img src="./The%20Lamp_files/lamp.png" alt="a lamp"></p><p><img src="../secret.png"></p></article></body></html>`,
		"saved/The Lamp_files/lamp.png":    "a picture",
		"saved/The Lamp_files/ads/ad.html": "<p>Buy this lamp now.</p>",
		"saved/style.css":                  "p{}",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "secret.png"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]string{
		"./The%20Lamp_files/lamp.png": "a picture", "The Lamp_files/lamp.png": "a picture",
		"../secret.png": "", "/etc/hostname": "", "%2e%2e/secret.png": "", "The Lamp_files": "", "none.png": "",
	} {
		if got := string(pictureBeside(page, src)); got != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
	all := receipts(t, want(t, 0, data, "import", "--json", filepath.Join(dir, "saved")))
	if len(all) != 1 {
		t.Errorf("%d receipts: %v", len(all), all)
	}
}

// TestWalkLocked meets a folder that may not be read: the rest is brought in, and
// it has a receipt.
func TestWalkLocked(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := t.TempDir()
	inside, locked := filepath.Join(dir, "z.txt"), filepath.Join(dir, "locked")
	if err := errors.Join(os.WriteFile(inside, []byte("x"), 0o600), os.Mkdir(locked, 0)); err != nil {
		t.Fatal(err)
	}
	files, err := walk([]string{dir})
	if err != nil || !slices.Equal(files, []string{locked, inside}) {
		t.Errorf("%q, %v", files, err)
	}
}
