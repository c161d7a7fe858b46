package decode

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// samples are a few sentences of fiction in each language, and the encodings
// that old files have them in. Those of Windows-1252 must stay what they are.
var samples = []struct{ names, text string }{
	{"windows-1251 koi8-r ibm866", "Дверь закрылась, и в комнате стало тихо. Он долго стоял у окна и смотрел, как снег ложится на крыши, на деревья, на пустую улицу. \"Ты вернёшься?\" - спросила она вчера. Он ничего не ответил."},
	{"windows-1251 koi8-u", "Двері зачинилися, і в кімнаті стало тихо. Він довго стояв біля вікна й дивився, як сніг лягає на дахи, на дерева, на порожню вулицю. Її голос ще звучав у пам'яті."},
	{"windows-1251", "Вратата се затвори и в стаята стана тихо. Той дълго стоя до прозореца и гледаше как снегът пада върху покривите, върху дърветата, върху празната улица."},
	{"windows-1253", "Η πόρτα έκλεισε και στο δωμάτιο έγινε ησυχία. Στάθηκε ώρα πολλή στο παράθυρο και κοίταζε το χιόνι να πέφτει πάνω στις στέγες, στα δέντρα, στον άδειο δρόμο."},
	{"windows-1255", "הדלת נסגרה והחדר נעשה שקט. הוא עמד זמן רב ליד החלון והביט בשלג היורד על הגגות, על העצים, על הרחוב הריק. היא לא אמרה דבר."},
	{"windows-1256", "أغلق الباب وساد الصمت في الغرفة. وقف طويلا عند النافذة ينظر إلى الثلج وهو يتساقط على السطوح وعلى الأشجار وعلى الشارع الخالي."},
	{"windows-1250 iso-8859-2", "Drzwi się zamknęły i w pokoju zrobiło się cicho. Długo stał przy oknie i patrzył, jak śnieg pada na dachy, na drzewa, na pustą ulicę. Nie wiedział, co jej powiedzieć, więc milczał."},
	{"windows-1250 iso-8859-2", "Dveře se zavřely a v pokoji bylo ticho. Dlouho stál u okna a díval se, jak sníh padá na střechy, na stromy, na prázdnou ulici. Nevěděl, co jí má říct, a tak mlčel."},
	{"windows-1250 iso-8859-2", "Az ajtó becsukódott, és a szobában csend lett. Sokáig állt az ablaknál, és nézte, hogyan hull a hó a tetőkre, a fákra, az üres utcára. Nem tudta, mit mondjon neki, hát hallgatott, mint azelőtt."},
	{"windows-1250 iso-8859-2", "Uşa se închise şi în cameră se făcu linişte. A stat mult timp la fereastră şi a privit cum zăpada cade pe acoperişuri, pe copaci, pe strada pustie. Nu ştia ce să-i spună."},
	{"windows-1250 iso-8859-2", "Vrata su se zatvorila i u sobi je postalo tiho. Dugo je stajao kraj prozora i gledao kako snijeg pada na krovove, na drveće, na praznu ulicu. Nije znao što će joj reći, pa je šutio i čekao."},
	{"windows-1254", "Kapı kapandı ve oda sessizleşti. Uzun süre pencerenin önünde durdu, karın çatılara, ağaçlara, boş sokağa yağışını seyretti. Ona ne söyleyeceğini bilmiyordu, bu yüzden sustu."},
	{"shift_jis euc-jp", "扉が閉まると、部屋は静かになった。彼は長いあいだ窓辺に立って、雪が屋根や木々や人のいない通りに降りつもるのを見ていた。「帰ってくるの」と彼女は昨日きいた。"},
	{"gb18030", "门关上了，房间里静了下来。他在窗前站了很久，看着雪落在屋顶上，落在树上，落在空荡荡的街上。“你会回来吗？”昨天她这样问他。他没有回答。"},
	{"big5", "門關上了，房間裡靜了下來。他在窗前站了很久，看著雪落在屋頂上，落在樹上，落在空蕩蕩的街上。「你會回來嗎？」昨天她這樣問他。他沒有回答。"},
	{"euc-kr", "문이 닫히고 방은 조용해졌다. 그는 오랫동안 창가에 서서 눈이 지붕 위에, 나무 위에, 텅 빈 거리에 내리는 것을 보고 있었다. 그녀가 어제 물었다. 돌아올 거야?"},

	{"macintosh", "“It’s a portière,” she said – naïvely. “Don’t you think so, señor?” He couldn’t say."},
	{"macintosh", "“You there,” said the man at the café, “stand still.” Nobody did. “Please.”"},
	{"macintosh", "“I can’t,” she said. “You could, if you wouldn’t mind it so.” It wasn’t an answer."},
	{"windows-1252", "“Don’t,” she said – and the door closed… It wasn’t the café that he’d loved; it was “Chez Zoë”, which isn’t the same."},
	{"windows-1252", "La porte se referma et la pièce devint silencieuse. Il resta longtemps à la fenêtre, à regarder la neige tomber sur les toits, sur les arbres, sur la rue déserte. « Tu reviendras ? » avait-elle demandé."},
	{"windows-1252", "Die Tür schloss sich, und im Zimmer wurde es still. Lange stand er am Fenster und sah zu, wie der Schnee auf die Dächer fiel, auf die Bäume, auf die leere Straße. „Kommst du zurück?“, hatte sie gefragt."},
	{"windows-1252", "La puerta se cerró y la habitación quedó en silencio. Él estuvo mucho tiempo junto a la ventana, mirando cómo caía la nieve sobre los tejados. —¿Volverás? —había preguntado ella; mañana, quizá, en otoño."},
	{"windows-1252", "A porta fechou-se e o quarto ficou em silêncio. Não disse nada; ficou à janela, a ver a neve cair sobre os telhados, sobre as árvores, sobre a rua vazia, até que as estações mudassem. Então saiu."},
	{"windows-1252", "Dörren stängdes och det blev tyst i rummet. Länge stod han vid fönstret och såg hur snön föll på taken, på träden, på den tomma gatan. Hon hade frågat om han skulle komma tillbaka."},
	{"windows-1252", "Døren lukkede sig, og der blev stille i værelset. Han stod længe ved vinduet og så sneen falde på tagene, på træerne, på den tomme gade. Hun havde spurgt, om han kom tilbage."},
	{"windows-1252", "Ovi sulkeutui ja huone hiljeni. Hän seisoi pitkään ikkunan ääressä ja katseli, kuinka lumi satoi katoille, puille, tyhjälle kadulle. Hän ei tiennyt, mitä sanoa."},
	{"windows-1252", "\"Aß, ÿ, þ, ð: £5 at 40°,\" read Zoë in Málaga. Naïve façade, coöperate; Brontë, Žižek and Smetana’s Vltava."},
}

func TestGuess(t *testing.T) {
	all := append(append([]candidate{western}, singles...), easternNames()...)
	for _, s := range samples {
		for name := range strings.FieldsSeq(s.names) {
			for _, c := range all {
				if c.name != name {
					continue
				}
				b, err := encoding.ReplaceUnsupported(c.encoding.NewEncoder()).Bytes([]byte(s.text))
				if err != nil {
					t.Fatal(err)
				}
				want := decodeWith(c.encoding, b)
				if got, is, mends := Bytes(b, nil); got != want {
					t.Errorf("%s is taken for %s: %s", name, is, got)
				} else if told := len(mends) == 1 && mends[0].Rule == "encoding" && mends[0].Applied; told != (name != western.name) {
					t.Errorf("%s: mends %+v", name, mends)
				}
				check(t, b)
			}
		}
	}
}

func easternNames() (all []candidate) {
	for _, e := range easterns {
		all = append(all, e.candidate)
	}
	return all
}

// TestGuessLittle demands that a few letters prove nothing.
func TestGuessLittle(t *testing.T) {
	for _, s := range []string{"Zażółć she wrote, once, in a long English letter about the weather and the cat and her garden.", "Привет"} {
		for _, c := range []*charmap.Charmap{charmap.Windows1250, charmap.Windows1251} {
			b, _ := encoding.ReplaceUnsupported(c.NewEncoder()).Bytes([]byte("It was the best of times, and he said that it was not. " + s[:min(len(s), 8)] + " It was the worst of times, and she had said so to him."))
			if _, name, _ := Bytes(b, nil); name != "windows-1252" && name != "utf-8" {
				t.Errorf("%q proves %s", s, name)
			}
		}
	}
}

// TestEasternUTF16 reads UTF-16 without a mark that has hardly any zeros.
func TestEasternUTF16(t *testing.T) {
	for _, s := range samples {
		if !strings.ContainsAny(s.names, "_") && !strings.Contains(s.names, "gb18030") && !strings.Contains(s.names, "big5") && !strings.Contains(s.names, "euc") {
			continue
		}
		for name, e := range map[string]encoding.Encoding{"utf-16le": utf16le, "utf-16be": utf16be} {
			for _, text := range []string{s.text, "一\n\n" + strings.Repeat(s.text+"\n", 400)} {
				b, err := e.NewEncoder().Bytes([]byte(text))
				if err != nil {
					t.Fatal(err)
				}
				if got, is, _ := Bytes(b, nil); is != name || got != text {
					t.Errorf("%s of %.20s is taken for %s", name, text, is)
				}
			}
		}
	}
}
