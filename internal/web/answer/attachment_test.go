package answer

import "testing"

func TestAttachment(t *testing.T) {
	for name, want := range map[string]string{
		"Tea.epub":       `attachment; filename="Tea.epub"; filename*=UTF-8''Tea.epub`,
		"Tea & milk.txt": `attachment; filename="Tea & milk.txt"; filename*=UTF-8''Tea%20%26%20milk.txt`,
		"حكاية.epub":     `attachment; filename="_____.epub"; filename*=UTF-8''%D8%AD%D9%83%D8%A7%D9%8A%D8%A9.epub`,
		"a\"b\r\nc.md":   `attachment; filename="a_b__c.md"; filename*=UTF-8''a%22b%0D%0Ac.md`,
	} {
		if got := Attachment(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}
