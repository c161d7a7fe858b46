package fiction

import "testing"

func TestMarker(t *testing.T) {
	for want, lines := range map[Marking][]string{
		SurelyOne: {"***", "* * *", "---", "- - -", "~*~", "-oOo-", "LINE BREAK", "[line break]", "(scene break)", "⁂", "xxx", "x x x", "-x-", "#", "*",
			"♥♥♥", "§ § §", "—————", "~Page Break~", "--oo00oo--", "]|[ ]|[ ]|[", "-------- scene change --------", "🌊🌊🌊", "♪ ♫ ♪", "=/\\= =/\\=", "_.-._.-._", "<<<>>>", "oOo", "xXx", "o0o", "pqpqpqpqpq", "o.o.o.o.o", "TwTwTwTwTw"},
		MaybeOne: {"SPNSPNSPNSPN", "HP*HP*HP", "jhjhjhjhjh", "~B~S~B~S~", "(((o)))", "o.o.o", ":::::", "{}{}{}{}", "!!*!!*!!", "<3 <3 <3", "ΩΩΩ",
			"~~~HP~~~HP~~~", "@->-- @->--", "XXX", "-", "ST:ST:ST:ST", "🌹🥀🍁"},
		SeldomOne: {"MMMMMMMMMM", "xoxoxoxoxo", "zZzZzZzZz", "❤", "🌙"},
		NoMarker: {"…", "...", "Tap. Tap. Tap.", "III", "No. No. No.", "^_^", "(>_<)", ":)", "hahahaha", "Aaaaaaaah", "zzzzzzz", "[time skip]", "Buffybuffybuffy",
			"?!", "!!!", "12/12/12", "10101010", "o.O", "O_o", "<3", "xoxo", "😂😂😂", "👀", "~Harry~", "*HP*", "\"...\"", "I", "Oh.", "No", "1", "V", "\"!!\"", "*sigh*"},
	} {
		for _, line := range lines {
			if got := Marker(line); got != want {
				t.Errorf("Marker(%q) = %d, want %d", line, got, want)
			}
		}
	}
}

// TestMarkers weighs what stands there again and again.
func TestMarkers(t *testing.T) {
	var m Markers
	for _, line := range []string{"SPNSPNSPN", "One.", "SPNSPNSPN", "Two.", "HP*HP*HP", "❤", "❤", "❤", "MMMMMMMM", "a", "MMMMMMMM", "b", "MMMMMMMM"} {
		m.Add(line)
	}
	for line, want := range map[string]Marking{"SPNSPNSPN": SurelyOne, "HP*HP*HP": MaybeOne, "❤": NoMarker, "MMMMMMMM": SurelyOne} {
		if got := m.Judge(line); got != want {
			t.Errorf("Judge(%q) = %d, want %d", line, got, want)
		}
	}
}
