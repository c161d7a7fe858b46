package beside

import "testing"

func TestStart(t *testing.T) {
	n := 0
	Start(func() { n = 7 })()
	if n != 7 {
		t.Errorf("n is %d", n)
	}
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("recovered %v", p)
		}
	}()
	Start(func() { panic("broken") })()
	t.Error("the panic is lost")
}
