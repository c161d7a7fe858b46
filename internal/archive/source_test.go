package archive

import "testing"

func TestParseSource(t *testing.T) {
	for _, c := range []struct{ address, site, key string }{
		{"https://archiveofourown.org/works/218676", "archiveofourown.org", "ao3:218676"},
		{"http://www.archiveofourown.org/works/218676/chapters/1?view_adult=true", "archiveofourown.org", "ao3:218676"},
		{"https://archiveofourown.org/collections/yuletide/works/5", "archiveofourown.org", "ao3:5"},
		{"http://insecure.archiveofourown.org/works/5", "archiveofourown.org", "ao3:5"},
		{"https://ao3.org/works/5", "archiveofourown.org", "ao3:5"},
		{"https://archiveofourown.org/users/someone", "archiveofourown.org", ""},
		{"https://www.fanfiction.net/s/4195819/1/A-Title", "fanfiction.net", "ffn:4195819"},
		{"https://m.fanfiction.net/s/4195819/3", "fanfiction.net", "ffn:4195819"},
		{"//www.fanfiction.net/s/1832968/1/Why", "fanfiction.net", "ffn:1832968"},
		{"https://example.org/works/5", "example.org", "url:example.org/works/5"},
		{"http://www.example.org/works/5/#top", "example.org", "url:example.org/works/5"},
		{"https://example.org/view.php?sid=5&chapter=2", "example.org", "url:example.org/view.php?chapter=2&sid=5"},
		{"http://www.Example.org/viewstory.php?sid=12", "example.org", "efiction:example.org:sid:12"},
		{"https://example.org/a/viewstory.php?chapter=3&sid=0012&textsize=0", "example.org", "efiction:example.org/a:sid:12"},
		{"http://example.org/viewstory.php?action=printable&textsize=0&sid=12&chapter=all", "example.org", "efiction:example.org:sid:12"},
		{"http://example.org/viewstory.php?sid=-3", "example.org", "url:example.org/viewstory.php?sid=-3"},
		{"http://example.org/viewstory.php", "example.org", "url:example.org/viewstory.php"},
		{"http://quill-pen.livejournal.com/351.html", "quill-pen.livejournal.com", "url:quill-pen.livejournal.com/351.html"},
		{"https://Quill_Pen.livejournal.com/351.html?thread=7&style=mine#cutid1", "quill-pen.livejournal.com", "url:quill-pen.livejournal.com/351.html"},
		{"http://www.livejournal.com/users/quill_pen/351.html", "quill-pen.livejournal.com", "url:quill-pen.livejournal.com/351.html"},
		{"http://www.livejournal.com/~quill_pen/351.html", "quill-pen.livejournal.com", "url:quill-pen.livejournal.com/351.html"},
		{"http://community.livejournal.com/lamps/351.html", "lamps.livejournal.com", "url:lamps.livejournal.com/351.html"},
		{"https://quill.dreamwidth.org/36.html?format=light", "quill.dreamwidth.org", "url:quill.dreamwidth.org/36.html"},
		{"https://quill.dreamwidth.org/tag/lamps", "quill.dreamwidth.org", "url:quill.dreamwidth.org/tag/lamps"},
		{"http://www.livejournal.com/351.html", "livejournal.com", "url:livejournal.com/351.html"},
		{"https://example.org/", "example.org", ""},
		{"javascript:alert(1)", "", ""},
		{"/works/5", "", ""},
		{"://", "", ""},
	} {
		got := ParseSource(c.address)
		if got.Site != c.site || got.Key != c.key {
			t.Errorf("%s: got %q, %q; want %q, %q", c.address, got.Site, got.Key, c.site, c.key)
		}
	}
}

func TestEFictionHost(t *testing.T) {
	for address, want := range map[string]string{
		"http://www.example.com": "example.com", "http://Example.com/Archive/": "example.com/Archive", "https://example.com/a/index.php": "example.com/a",
		"example.com": "", "": "", "ftp://example.com": "",
	} {
		if got := EFictionHost(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}
