package tokens

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unfuse"
)

// stripped is a document whose tags went and took the spaces along.
var stripped = []string{
	"<p>She <em>had</em>never wanted this, and itshowed.</p>", "<p>“Ibeggedher to stay,” he said.</p>", "<p>It isoftenmeant so, and shetoldhim.</p>",
	"<p>Theywereall there,<br>andhe was<strong>not</strong>kind.</p>", "<p>Nobody had askedhim.</p>",
}

// mend mends each block as choices say, and lists the mends.
func mend(pages []string, choices archive.Choices) (out []string, mends []archive.Mend) {
	r := unfuse.NewReader()
	var blocks []prose.Block
	for _, page := range pages {
		blocks = append(blocks, prose.Parse(page).Blocks()...)
	}
	r.Add("The harbour lay still under the moon, and nobody walked along the wall that night. She had waited for him a long time.")
	for _, b := range blocks {
		r.Add(b.Text())
	}
	for _, b := range blocks {
		is, _ := Mend(b, r, true, func(m archive.Mend, text string, from int) bool {
			if !strings.HasPrefix(text[from:], m.Before) {
				panic(m.Before + " does not stand there")
			}
			m = choices.Decide(m)
			mends = append(mends, m)
			return m.Applied
		})
		out = append(out, prose.New([]prose.Block{is}).HTML())
	}
	return out, mends
}

func TestMarksStay(t *testing.T) {
	got, _ := mend(stripped, nil)
	want := []string{
		"<p>She <em>had</em> never wanted this, and it showed.</p>", "<p>“I begged her to stay,” he said.</p>", "<p>It is often meant so, and she told him.</p>",
		"<p>They were all there,<br>and he was <strong>not</strong> kind.</p>", "<p>Nobody had asked him.</p>",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
}

func TestRefused(t *testing.T) {
	_, mends := mend(stripped, nil)
	none := archive.Choices{}
	for _, m := range mends {
		none[m.ID()] = false
	}
	got, _ := mend(stripped, none)
	for i := range got {
		if want := prose.Parse(stripped[i]).HTML(); got[i] != want {
			t.Errorf("%s, want %s", got[i], want)
		}
	}
}

// TestAccepted takes the emphasis and leaves the rest: its spaces come with it.
func TestAccepted(t *testing.T) {
	got, mends := mend(stripped, archive.Choices{"rule:fused": false, "rule:lost-italics": true})
	if got[1] != "<p>“I <em>begged</em> her to stay,” he said.</p>" {
		t.Errorf("%s", got[1])
	}
	for _, m := range mends {
		if m.Rule == lostItalicRule && (!m.Applied || !strings.Contains(m.After, "<em>")) {
			t.Errorf("%+v", m)
		}
	}
	all, _ := mend(stripped, archive.Choices{"*": true})
	if all[1] != got[1] || all[2] != "<p>It is <em>often</em> meant so, and she <em>told</em> him.</p>" {
		t.Errorf("%s %s", all[1], all[2])
	}
}

func TestMisread(t *testing.T) {
	pages := []string{"<p>Slie went to tbe house witli him, and tlie niglit was <em>vvell</em> over.</p>", "<p>Nobody waitcd.</p>"}
	got, mends := mend(pages, nil)
	if len(mends) < 6 || got[1] != pages[1] {
		t.Errorf("%s %+v", got[1], mends)
	}
	got, _ = mend(pages, archive.Choices{"rule:misread": true})
	if want := "<p>Slie went to the house with him, and the night was <em>well</em> over.</p>"; got[0] != want || got[1] != "<p>Nobody waited.</p>" {
		t.Errorf("%s %s", got[0], got[1])
	}
}
