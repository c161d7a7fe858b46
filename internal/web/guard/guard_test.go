package guard

import "testing"

func TestHostName(t *testing.T) {
	for host, want := range map[string]string{"localhost:8080": "localhost", "[::1]:8080": "::1", "[::1]": "::1", "Stories.Example.": "stories.example", "": "", "127.0.0.1": "127.0.0.1"} {
		if got := hostName(host); got != want {
			t.Errorf("hostName(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for name, want := range map[string]bool{"localhost": true, "a.localhost": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true, "10.0.0.1": false, "localhost.example": false, "": false, "notlocalhost": false} {
		if got := isLoopback(name); got != want {
			t.Errorf("isLoopback(%q) = %v", name, got)
		}
	}
}
