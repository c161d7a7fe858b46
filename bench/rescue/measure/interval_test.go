package measure

import "testing"

func TestBootstrap(t *testing.T) {
	figure := func(s Score) float64 { return s.Joins.Recall() }
	same := []Score{{Joins: PRF{9, 0, 1}}, {Joins: PRF{9, 0, 1}}, {Joins: PRF{9, 0, 1}}}
	if is := Bootstrap(same, figure); is != (Interval{.9, .9, .9}) {
		t.Errorf("equal works: %v", is)
	}
	apart := []Score{{Joins: PRF{10, 0, 0}}, {Joins: PRF{0, 0, 10}}, {Joins: PRF{5, 0, 5}}, {Joins: PRF{5, 0, 5}}}
	is := Bootstrap(apart, figure)
	if is.Value != .5 || is.Low >= .4 || is.High <= .6 || is != Bootstrap(apart, figure) {
		t.Errorf("works apart: %v", is)
	}
}
