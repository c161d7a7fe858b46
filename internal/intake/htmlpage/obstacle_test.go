package htmlpage

import (
	"strings"
	"testing"

	"ficstead/internal/base/dom"
)

// TestObstacles wants each page that sites show instead of a story told from the
// others, and stories that speak of such things taken in.
func TestObstacles(t *testing.T) {
	menu := `<ul><li><a href="/">Home</a></li><li><a href="/login">Log in</a></li></ul>`
	for _, c := range []struct{ name, page, want string }{
		{"robots", `<title>Just a moment...</title><body><p>Checking.</p></body>`, "robots"},
		{"robots, newer", `<title>stories.example</title><body><h2>stories.example needs to review the security of your connection before proceeding.</h2></body>`, "robots"},
		{"gone", `<title>FanFiction</title><body>` + menu + `<span class="gui_warning">Story Not Found<hr>Story is unavailable for reading. (A)</span></body>`, "not there"},
		{"an outdated address", `<title>FanFiction</title><body><span>Chapter not found. Please check to see you are not using an outdated url.</span></body>`, "not there"},
		{"404", `<title>404 Not Found</title><body><h1>Not Found</h1></body>`, "not there"},
		{"a deleted journal", `<title>Deleted</title><body><p>This journal has been deleted and purged.</p></body>`, "not there"},
		{"discretion", `<title>Discretion Advised</title><body>` + menu + `<p>You're about to view content that <b>quill</b> has advised <strong>should be viewed with discretion</strong>. To continue, you must confirm you want to view this content.</p></body>`, "adult content"},
		{"18+", `<title>quill</title><body><p>You're about to view content that <b>quill</b> marked as <strong>inappropriate for anyone under the age of 18</strong>.</p></body>`, "adult content"},
		{"a form", `<title>Notice</title><body><form action="http://www.journals.example/misc/adult_explicit.bml"><button>Yes</button></form><p>Some words.</p></body>`, "adult content"},
		{"an archive's question", `<title>Lamps</title><body><div>Age Consent Required</div><a href="x">Click here if you are over 18</a></body>`, "adult content"},
		{"protected", `<title>Protected</title><body><p>You are currently logged in as wren, but do not have permission to view this content.</p></body>`, "locked"},
		{"to be signed in", `<title>quill</title><body>` + menu + `<p>You need to be logged in to see this content.</p></body>`, "locked"},
		{"community members", `<title>lamps</title><body><p>This protected entry is viewable by community members only.</p></body>`, "locked"},
		{"of an archive", `<title>Lamps</title><body><p>Access denied. This story has not been validated by the administrators of this site.</p></body>`, "locked"},
		{"a story about it", `<title>Locked Out</title><body><p>"You do not love me," she said, and the door was locked. He was not authorised to open it; nobody under eighteen was.</p>` + story + `</body>`, ""},
		{"a long one", `<title>Login</title><body><p>You need to be logged in to see this content.</p>` + strings.Repeat(story, 20) + `</body>`, ""},
		{"a short one", `<title>Protected Hearts</title><body>` + story + `</body>`, ""},
	} {
		root, _ := dom.Parse(c.page)
		if got := string(obstacle(root)); !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
