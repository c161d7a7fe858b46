package decode

import (
	"strings"
	"sync"
	"unicode"
)

// language is what is known of one to tell its texts.
type language struct {
	latin   bool
	letters map[rune]int    // those beyond ASCII: one of 2^n such letters is this
	words   map[string]bool // of ASCII that stand in every text
}

// languages are those that encodings of one byte a letter are guessed by.
var languages = sync.OnceValue(func() map[string]*language {
	all := map[string]*language{}
	for line := range strings.Lines(languageTable) {
		code, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		letters, words, latin := strings.Cut(rest, " ")
		l := &language{latin: latin, letters: map[rune]int{}, words: map[string]bool{}}
		var last rune
		for _, r := range letters {
			if n := strings.IndexRune("0123456789abcdef", r); n >= 0 {
				l.letters[last] = n
			} else {
				last = unicode.ToLower(r)
			}
		}
		for word := range strings.FieldsSeq(words) {
			l.words[word] = true
		}
		all[code] = l
	}
	return all
})

// languageTable has a line for each: its letters beyond ASCII, each with how
// rare it is among them (one in 2^n, in hexadecimal), and common words without them.
const languageTable = `ru о3е3и4н4а4в4с4т4р4л5д5м5п5к5я6б6у6ы6г6ч6ь6ж6й6з6х6щ7ю7ц8ш8э9фaъaёa
uk о3н3а4і4в4и4р4с5т5е5д5л5п5у5м5б5я5к5з6ю6г6ь6ж6ч6х7ї7є7ц7й7ш8щ9фaґc
bg а3о3и3е4н4в4т4с4р4д5к5п5л5б6з6у6ч6ъ6я6м6г7ж7щ7й8ц8ш9х9юaфb
sr о3а3и3е4н4в4р4у4с4д5т5п5м5к5ј5л5б6з6њ6г6ч7љ7ш7ц7ж7ђ8х8ћ8фc
be а2н4і4ы4е5в5р5о5с5я5д5ц5л5п5к5м5у5т5ў6б6з6ч6г6ь6х6ж6й7э7ю7ш7ё8фa
el α3ι4ε4τ4ν4ο4κ4σ5η5ρ5π5ς5μ5υ5ί5λ5δ5ω6θ6έ6ή6ά6ό6γ7χ7ύ7ώ7ξ7β8φ8ζ8ψaϊcϋdΐdΰd
he ו3י3ה4ל4ת4א4ב4ש5ר5מ5ד5כ5ע5ח5ם5נ5ז6פ6ק6ן6ג7ס7צ7ט7ך7ף9ץa
ar ا3ل3ي4م4و4ت4ر5ن5ع5ة5أ5ح5ق5د5ه5س5ف5ب5ك6ج6إ6ض7ش7خ7ص7ى7ط7ذ8ز8ء8غ8ئ8ث9ظaآaؤb،6؟7؛9
fa ا3د4ی4ي4ر4و4م4ن4ه4ب4ت4ک5ك5ل5ش5س5ق5ح6ز6ع6خ6آ6ج7ف7گ7ض8ص8ط8ئ8پ9چ9ظ9ثaذaغaژcءc،6؟7
pl ł2ż3ś3ę3ó3ą3ć4ń5ź7 nie to na sie ze do jest jak ale co tak po za by od jego jej go ja mu tylko juz czy
cs á2í2ě3é3ý3ž4ř4č4š4ů5ú6ť7ď8ň8ó9 na se je to ze by ale do za si jak pro tak jsem ve co po od jeho mu jen
sk á2ý3ž3é3č3í4š4ť4ú4ľ4ô6ď7ň7ä8ó8ŕaĺa na sa je to ale do za si ako tak som vo po od jeho mu len
hu é1á2ö4ő4ó4ü4í4ú6ű7 az egy hogy nem is meg de ez volt csak mint el ha van mert azt ki mint
ro ă1ţ2ş2î3â4 de la nu ce cu pe mai din ca un se pentru dar era ei lui sau am care
hr č2ž2š2ć3đ3 je da se na ne to za ali od su sam bi kao ga po iz mu joj kad bio
sl č1ž2š2ćađb je da se in na ne za to so ga po iz ki sem bi pa tako ali bil
tr ı1ş3ü3ç3ğ4ö4â9î9 bir ve bu da de ne ben sen mi gibi daha ama sonra kadar her onun bana
en é2à4ï4ñ4ö4ü4è4ê5ç5á5í6ó6â6ô6û6ä6å6ø6ë6î6ú7æ7 the and to of was he in she it that his you her had with for as on at be said not but they is him
fr é1à2ê4è4ù6â6û7ô7ç5î6ï8œ8ë9 de la le et les des un une il elle que qui dans en pas ne pour se sur ce je son sa est vous
de ü2ä2ö2ß3é8 und der die das ich sie er nicht zu es ein in mit war auf den ist sich dem eine von wie als noch
es ó1á2í2é3ñ4ú4ü8¿4¡4 de la que el en no se los un una por con su las lo para me le al como mi pero
pt ã2ç3é2á3í3ê4ó4õ5à5ú5â6ô7 de que não um uma se os para com ele ela do da em as no por mas seu sua como me
it è1à2ù3ò2é3ì4 di che la il non un le si per una in con era lo mi del da come ma ho
nl ë1é1ï2è4ö5ü6ó6 de het een en van ik dat hij in is je niet te was zijn op met voor maar er
sv ä1ö2å1é7 och att det jag en som han var inte den hon till med ett men sig av om hade
da æ1å1ø1é7 og at det jeg en han var ikke til den hun med som af der for sig de men et
nb å1ø1æ3é7 og det jeg en at han var ikke til den hun med som av for seg de men et
fi ä0ö2å9 ja oli ei se on en hän mutta kun niin minun sen oli ole mita joka
is ð2þ3á3í3ö4ó4é4æ4ý6ú6 og ad var en er ekki hann hun sem til um fyrir
ca ó2é2à2è3í3ú4ç5ò5ï7·6ü8 de la que el en no els una per amb va les un es als
et õ1ä1ü3ö4š9ž9 ja ei on ta oli et see ma kui aga nii oma siis
`
