package address

import (
	"net/url"
	"testing"
)

func TestAddresses(t *testing.T) {
	for got, want := range map[string]string{
		Number(7):                              "7",
		Language("zh-Hant"):                    "/languages/zh-Hant",
		Language("a/b?c"):                      "/languages/a%2Fb%3Fc",
		Search(`ship:"A/B" & C`):               "/works?q=ship%3A%22A%2FB%22+%26+C",
		With("/works", nil):                    "/works",
		With("/works", url.Values{"q": {"x"}}): "/works?q=x",
		Download(0, "epub"):                    "/works/0.epub",
		Chapter(0, 3):                          "/works/0/chapters/3",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if Work(1) == Work(2) || Tag(1) == Creator(1) {
		t.Error("two things at one address")
	}
}
