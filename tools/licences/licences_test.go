package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestIdentify(t *testing.T) {
	for text, want := range map[string]string{
		"Permission is hereby granted, free of charge, to any person\nobtaining a copy":              "MIT",
		"Apache License\n  Version 2.0, January 2004":                                                "Apache-2.0",
		"Redistributions of source code must retain the above copyright notice. Neither the name of": "BSD-3-Clause",
		"Redistributions of source code must retain the above copyright notice.":                     "BSD-2-Clause",
		"GNU GENERAL PUBLIC LICENSE\nVersion 3":                                                      "GPL or its like",
		"Mozilla Public License Version 2.0":                                                         "MPL",
		"All rights reserved.":                                                                       "",
	} {
		if got := identify(text); got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

// A module without a licence that is known to allow it is refused.
func TestUnknownLicenceFails(t *testing.T) {
	for _, text := range []string{"", "Ask me first.", "GNU GENERAL PUBLIC LICENSE", "Mozilla Public License"} {
		dir := t.TempDir()
		if text != "" {
			if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		m := module{Path: "example.com/odd", Version: "v1.0.0", Dir: dir}
		if err := m.read(); err == nil || !strings.Contains(err.Error(), "example.com/odd") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
