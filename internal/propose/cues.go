package propose

import (
	"fmt"
	"regexp"
	"sync"

	"ficstead/internal/archive"
)

// words makes a pattern of words that say what a reader may not want to meet
// unprepared. Words that have a harmless sense too are not among them.
func words(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:` + pattern + `)\b`) })
}

// The cues of ratings, from the strongest, with how many different words of
// each are needed.
var (
	explicit = words(`cock|cocks|clit|clitoris|orgasm|orgasmed|blowjob|handjob|cunt|cum|precum|pre-come|rimming|rimmed|` +
		`(?:her|his|my|their|your|hard|leaking|weeping|thick) (?:cock|dick|erection)|erection|nipples?|thrust(?:ed|ing)? into (?:him|her|me|them)|` +
		`(?:fucked|fucking) (?:him|her|me|into|himself|herself|harder|deeper)|lube|ejaculat\w+|penetrat(?:ed|ing) (?:him|her|me)|moaned (?:around|into)`)
	sexual = words(`naked|arous(?:ed|al)|moan(?:ed|ing)?|thighs?|unbutton\w*|undress\w*|kiss(?:ed|ing) (?:down|her neck|his neck)|made love|lovemaking|in bed together|sex`)
	rough  = words(`fuck\w*|shit\w*|bitch\w*|bastards?|asshole\w*|motherfuck\w*|goddamn\w*`)
	gore   = words(`entrails|disembowel\w*|decapitat\w*|beheaded|severed (?:head|arm|hand|leg|limb)s?|guts spill\w*|brains? splatter\w*|` +
		`(?:blood|gore) (?:sprayed|spurted|splattered|gushed|pooled)|gouged (?:out )?(?:his|her|my|their|an) eyes?|flayed|torture[ds]?|tortured|mutilat\w*|tore (?:his|her|my|their) throat|slit (?:his|her|my|their) throat|bones? (?:snapped|cracked|splintered)`)
	death = words(`(?:he|she|they) (?:was|were) (?:already )?dead|died in (?:his|her|my|their) arms|(?:his|her|their) (?:last|final|dying) breath|(?:his|her|their) (?:funeral|grave|coffin|corpse)|stopped breathing`)
	rape  = words(`raped?|raping|rapist|non-?con|noncon|molest\w*|forced himself on (?:him|her|me)`)
)

// found counts the different words of a cue in a text and quotes the first.
type found struct {
	different int
	all       int
	quote     string
	chapter   int
}

// mostCues is enough of one kind: nobody needs them counted to the end.
const mostCues = 200

func look(s Subject, c func() *regexp.Regexp) found {
	f := found{}
	seen := map[string]bool{}
	for i, chapter := range s.Chapters {
		t := chapter.Text.Text()
		for _, at := range c().FindAllStringIndex(t, mostCues-f.all) {
			if f.all == 0 {
				f.quote, f.chapter = around(t, at[0], at[1]), i+1
			}
			f.all++
			seen[t[at[0]:at[1]]] = true
		}
	}
	f.different = len(seen)
	return f
}

func (f found) because() string {
	place := "once"
	if f.all > 1 {
		place = fmt.Sprintf("%d times or more", f.all)
		if f.all < mostCues {
			place = fmt.Sprintf("%d times", f.all)
		}
	}
	return fmt.Sprintf("Such words stand in it %s, first in chapter %d: “%s”.", place, f.chapter, f.quote)
}

// rating proposes one. What has no cues is not proposed as harmless: that is
// more than words can tell.
func rating(s Subject) []archive.Proposal {
	propose := func(rating string, sure float64, f found) []archive.Proposal {
		return []archive.Proposal{{Field: "rating", Value: rating, Confidence: sure, Because: f.because()}}
	}
	e := look(s, explicit)
	switch {
	case e.different >= 4:
		return propose(archive.RatingExplicit, 0.85, e)
	case e.different >= 2:
		return propose(archive.RatingMature, 0.6, e)
	}
	if g := look(s, gore); g.different >= 3 {
		return propose(archive.RatingMature, 0.5, g)
	}
	if x, r := look(s, sexual), look(s, rough); x.different+r.different >= 3 {
		if x.different > r.different {
			return propose(archive.RatingTeen, 0.5, x)
		}
		return propose(archive.RatingTeen, 0.5, r)
	}
	return nil
}

// warnings proposes those that words can tell, and never the one that says
// there is nothing to warn of.
func warnings(s Subject) []archive.Proposal {
	var all []archive.Proposal
	for _, c := range []struct {
		warning string
		cue     func() *regexp.Regexp
		least   int
		sure    float64
	}{
		{"Graphic Depictions Of Violence", gore, 3, 0.6},
		{"Major Character Death", death, 3, 0.35},
		{"Rape/Non-Con", rape, 2, 0.4},
	} {
		if f := look(s, c.cue); f.different >= c.least {
			all = append(all, archive.Proposal{Field: "warning", Value: c.warning, Confidence: c.sure, Because: f.because()})
		}
	}
	return all
}
