package propose

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

func subject(paragraphs ...string) Subject {
	return Subject{Chapters: []archive.Chapter{{Number: 1, Text: prose.Parse("<p>" + strings.Join(paragraphs, "</p><p>") + "</p>")}}}
}

func first(all []archive.Proposal, field string) archive.Proposal {
	for _, p := range all {
		if p.Field == field {
			return p
		}
	}
	return archive.Proposal{}
}

func TestLanguage(t *testing.T) {
	for code, text := range map[string]string{
		"en": "She had not thought that it would be like this, but the house was quiet and he was there, and that was all she had wanted from the day they had come.",
		"de": "Sie hatte nicht gedacht, dass es so sein würde, aber das Haus war still und er war da, und das war alles, was sie sich gewünscht hatte, als sie mit ihm kam.",
		"fr": "Elle n'avait pas pensé que ce serait comme ça, mais la maison était calme et il était là, et c'était tout ce qu'elle avait voulu depuis le jour où ils étaient venus dans la ville.",
		"es": "No había pensado que sería así, pero la casa estaba en silencio y él estaba allí, y eso era todo lo que ella quería desde el día en que llegaron con sus cosas a la ciudad.",
		"pl": "Nie myślała, że tak to będzie, ale dom był cichy i on tam był, i to było wszystko, czego chciała od dnia, w którym przyszli do tego miasta, bo nie miała już nic.",
		"sv": "Hon hade inte trott att det skulle vara så, men huset var tyst och han var där, och det var allt som hon hade velat sedan den dag då de kom till staden och han log mot henne.",
		"pt": "Ela não tinha pensado que seria assim, mas a casa estava quieta e ele estava ali, e era tudo o que ela queria desde o dia em que chegaram, com muito medo, à sua cidade.",
		"ru": "Она не думала, что это будет так, но в доме было тихо, и он был там, и это было всё, чего она хотела с того самого дня, когда они пришли сюда.",
		"uk": "Вона не думала, що це буде так, але в домі було тихо, і він був там, і це було все, чого вона хотіла від того дня, коли її привели сюди з іншого міста.",
		"ja": "彼女はそうなるとは思っていなかったが、家は静かで、彼はそこにいた。それが彼女の望んだすべてだった。雨が降っていて、誰も来なかった。彼は笑った。",
		"zh": "她没有想到会是这样，但是房子很安静，他就在那里，这就是她从他们来的那一天起所想要的一切。外面下着雨，没有人来。他笑了，她也笑了。我们回家吧，他说。",
		"ko": "그녀는 그렇게 될 줄은 몰랐지만 집은 조용했고 그는 거기에 있었다. 그것이 그녀가 바라던 전부였다. 비가 내리고 있었고 아무도 오지 않았다. 그는 웃었다.",
		"":   "Ng'mbala tiri tiri.",
	} {
		all := For(subject(text), nil)
		if p := first(all, "language"); p.Value != code || code != "" && (p.Confidence < 0.5 || p.Because == "") {
			t.Errorf("%s: proposed %+v", code, p)
		}
	}
	s := subject("She had not thought that it would be like this, but the house was quiet and he was there, and that was all she had wanted from the day they had come.")
	s.Work.Language = "en"
	if p := first(For(s, nil), "language"); p.Field != "" {
		t.Errorf("proposed what is known: %+v", p)
	}
}

func TestCues(t *testing.T) {
	for _, test := range []struct{ name, text, rating, warning string }{
		{"tea", "She poured the tea and he took the cup, and they said nothing at all.", "", ""},
		{"harmless senses", "The cock crowed at dawn. He thrust the letter into her hand, and the lube in the garage smelled of summer.", "Mature", ""},
		{"swearing", "“Fuck this shit,” said the bastard.", "Teen And Up Audiences", ""},
		{"explicit", "His cock was hard. She moaned around him, her nipples stiff, and he fucked her until she came; the orgasm shook her.", "Explicit", ""},
		{"gore", "The entrails lay on the floor. They had tortured him, and his severed head was on the wall; the blood pooled.", "Mature", "Graphic Depictions Of Violence"},
	} {
		all := For(subject(test.text), nil)
		if r, w := first(all, "rating"), first(all, "warning"); r.Value != test.rating || w.Value != test.warning {
			t.Errorf("%s: %+v, %+v", test.name, r, w)
		} else if r.Value != "" && !strings.Contains(r.Because, "“") {
			t.Errorf("%s: no words quoted: %s", test.name, r.Because)
		}
	}
}

func TestFile(t *testing.T) {
	for _, test := range []struct{ file, title, creator string }{
		{"Mara Quill - The Long Way.txt", "The Long Way", "Mara Quill"},
		{"/home/x/The Long Way by Mara Quill.txt", "", "Mara Quill"},
		{"pile.zip!old/the_long_way.txt", "", ""},
		{"The Long Way - The Long Way.txt", "The Long Way", ""},
	} {
		s := subject("A.")
		s.File, s.Work.Title = test.file, test.title
		if p := first(For(s, nil), "creator"); p.Value != test.creator {
			t.Errorf("%s: %+v", test.file, p)
		}
	}
}

func TestSeries(t *testing.T) {
	for said, want := range map[string]string{
		"Part 2 of the Lanternlight series.":              "Lanternlight #2",
		"Book three in my “Salt and Iron” trilogy":        "Salt and Iron #3",
		"Sequel to “The Long Way”.":                       "The Long Way #2",
		"The first part of the evening was quiet.":        "",
		"A part of the family, he had always been one of": "",
	} {
		s := subject("A.")
		s.Work.Summary = prose.Parse("<p>" + said + "</p>")
		if p := first(For(s, nil), "series"); p.Value != want {
			t.Errorf("%s: %+v", said, p)
		}
	}
}

func TestNames(t *testing.T) {
	s := subject("Then Mara laughed. “You saw Mara?” Tomas asked. The door closed on Tomas and on Mara’s hand.",
		"Nobody had told Tomas. When she came, the Door was shut.", "However, when he saw HER, Mara ran.")
	var words []string
	for _, n := range namesIn(s.Chapters) {
		words = append(words, n.word)
	}
	if is := strings.Join(words, " "); is != "Mara Tomas" {
		t.Errorf("names: %s", is)
	}
}
