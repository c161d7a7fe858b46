package damage

import "ficstead/bench/rescue/truth"

// Scenes is what became of scene breaks.
type Scenes uint8

// What can become of them.
const (
	ScenesDropped Scenes = iota
	ScenesMarked         // one marker for all, drawn from the part's list
	ScenesBlank          // more room
	ScenesKept           // <hr> of a page
)

// usual are markers that everybody knows.
var usual = []string{
	"***", "* * *", "*****", "---", "- - -", "-----", "___", "~~~", "~ ~ ~", "#", "###", "# # #", "*", "~*~", "~*~*~*~", "xxx", "XXX", "x x x",
	"oOo", "o0o", "-x-", "=====", "⁂", "• • •", "+++", "<hr>", "~", "-oOo-", "--", "[line break]", "LINE BREAK", "(scene break)", "—————",
}

// open are markers of the open vocabulary: development has those of even
// numbers, the test part those of odd ones. All are repeated in their work.
var open = []string{
	"SPNSPNSPNSPNSPNSPN", "HP*HP*HP", "pqpqpqpqpqpqpqpq", "SGASGASGASGA", "~B~S~B~S~", "xoxoxoxoxo", "OoOoOoOoO", "-0-0-0-", "^v^v^v^v^", "<><><><>",
	"o.o.o.o.o", "vVvVvVvVv", ":::::", "~.~.~.~", "MMMMMMMMMM", "BBBBBBBBBB", "/\\/\\/\\/\\", "=^..^=  =^..^=  =^..^=", "*~*~*~*~*", "{}{}{}{}",
	"ooOOoo", "TARDISTARDISTARDIS", "-*-*-*-", "_.-._.-._.-.", "<3 <3 <3", "♥♥♥", "~o~O~o~", "jhjhjhjhjh", "--oo00oo--", "##*##*##",
	"//////", "]|[ ]|[ ]|[", "§ § §", "...---...", "x-x-x-x", "zZzZzZzZz", "❖ ❖ ❖", "ST:ST:ST:ST", "%%%%%", "NCISNCISNCIS",
	"*-*-*", "HGHGHGHGHG", "@->-- @->--", "~~~HP~~~HP~~~", "ΩΩΩ", "(((o)))", "<<<>>>", "!!*!!*!!", "TwTwTwTwTw", "*#*#*#*",
	"-=-=-=-=-", ".:*:..:*:.", "dwdwdwdwdwdw", "-------- scene change --------", "x0x0x0x0x", "~+~+~", "|||||", "* ~ * ~ *", "oO0Oo oO0Oo", "><><><><",
	"~Page Break~", "=/\\= =/\\=",
}

// Markers lists those of a part.
func Markers(part truth.Part) []string {
	first := 0
	if part == truth.Test {
		first = 1
	}
	list := append([]string(nil), usual...)
	for i := first; i < len(open); i += 2 {
		list = append(list, open[i])
	}
	return list
}
