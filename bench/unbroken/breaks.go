package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"ficstead/bench/rescue/truth"
	"ficstead/internal/base/fiction"
)

// run of paragraphs, and which of them begin scenes or chapters.
type stretch struct {
	ground     string
	words      int
	paragraphs []string
	begins     map[int]bool
}

const (
	longest    = 180 // paragraphs of a stretch
	breakSeeds = 200
)

// stretches are those of works that have breaks or chapters.
func stretches(corpus string, part truth.Part, seed uint64) []stretch {
	works := append(truth.Passages(part), truth.Books(corpus, part)...)
	for i := range breakSeeds {
		works = append(works, truth.Generate(part, seed+uint64(i), pieceWords))
	}
	var all []stretch
	for _, w := range works {
		if w.Wrapped {
			continue
		}
		s := stretch{ground: w.Ground, begins: map[int]bool{}}
		for _, c := range w.Chapters {
			turned := true
			for _, b := range c.Text {
				if b.Break {
					turned = true
					continue
				}
				if len(s.paragraphs) >= longest {
					all = append(all, s)
					s = stretch{ground: w.Ground, begins: map[int]bool{}}
				}
				if turned {
					s.begins[len(s.paragraphs)] = true
				}
				turned = false
				s.paragraphs = append(s.paragraphs, b.Text)
				s.words += len(b.Text) / 6
			}
		}
		all = append(all, s)
	}
	return all
}

// learnBreaks prints weights of what is seen where scenes begin.
func learnBreaks(corpus string) {
	all := stretches(corpus, truth.Development, firstSeed)
	type place struct {
		cues   fiction.Cues
		is     bool
		weight float64
	}
	var places []place
	counts := map[string]float64{}
	for _, s := range all {
		counts[s.ground] += float64(len(s.begins))
	}
	for _, s := range all {
		fiction.TurnCues(s.paragraphs, func(i int, cues *fiction.Cues) {
			places = append(places, place{*cues, s.begins[i], 300 / counts[s.ground]})
		})
	}
	fmt.Println(len(all), "stretches,", len(places), "places,", counts)
	var w, m, v fiction.Cues
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 8 {
		r.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		rate := 0.003 * math.Pow(0.6, float64(round))
		for _, p := range places {
			slope := 1 / (1 + math.Exp(-fiction.TurnScore(&w, &p.cues)))
			if p.is {
				slope--
			}
			for k, x := range p.cues {
				g := slope*x*p.weight + 1e-5*w[k]
				m[k], v[k] = 0.9*m[k]+0.1*g, 0.999*v[k]+0.001*g*g
				w[k] -= rate * m[k] / (math.Sqrt(v[k]) + 1e-3)
			}
		}
	}
	fmt.Print("{")
	for _, x := range w {
		fmt.Printf("%.2f, ", x)
	}
	fmt.Println("}")
	rankBreaks(&w, stretches(corpus, truth.Development, firstSeed+1000))
}

// rankBreaks measures lists of at most one place in so many words, and only
// those that are rather likely.
func rankBreaks(w *fiction.Cues, all []stretch) {
	for _, ground := range []string{"generated", "passages", "classics, Markdown"} {
		for _, perWords := range []int{300, 500, 1000} {
			for _, least := range []float64{0.1, 0.2, 0.3, 0.4} {
				hit, made, there, words := 0, 0, 0, 0
				for _, s := range all {
					if s.ground != ground {
						continue
					}
					there += len(s.begins) - 1
					words += s.words
					for _, t := range fiction.TurnsBy(w, s.paragraphs, max(1, (s.words+perWords/2)/perWords)) {
						if t.Confidence >= least {
							made++
							if s.begins[t.Before] {
								hit++
							}
						}
					}
				}
				fmt.Printf("%-20s one in %4d words, at least %.1f: %d of %d right (%.2f), of %d there (%.2f), %.1f asked in 10,000 words\n", ground, perWords, least,
					hit, made, float64(hit)/float64(max(made, 1)), there, float64(hit)/float64(max(there, 1)), 1e4*float64(made)/float64(words))
			}
		}
	}
}
