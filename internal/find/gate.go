package find

import (
	"context"
	"fmt"
	"runtime"

	"ficstead/internal/base/errs"
)

// A gate lets light questions by at once, and heavy ones in only so many at a
// time: whoever asks for much waits for others who did, and nobody else waits.
type gate struct {
	inside  chan struct{} // a place for each heavy question that is answered
	waiting chan struct{} // a place for each that waits
}

// heavy is from how many works on, looked at one by one, a question is heavy:
// about 25 milliseconds of one core.
const heavy = 250_000

// queued is how many heavy questions may wait. At their pace the last of them
// waits about a second.
const queued = 32

// newGate leaves one core to the light questions, where there is more than one.
func newGate() *gate { return gateOf(max(1, runtime.GOMAXPROCS(0)-1), queued) }

func gateOf(inside, waiting int) *gate {
	return &gate{make(chan struct{}, inside), make(chan struct{}, waiting)}
}

// enter waits until a question of this cost may be answered; leave ends that.
// Where too many wait already it fails at once, and the error is errs.Busy.
func (g *gate) enter(ctx context.Context, cost int) (leave func(), err error) {
	if cost < heavy {
		return func() {}, nil
	}
	leave = func() { <-g.inside }
	select {
	case g.inside <- struct{}{}:
		return leave, nil
	default:
	}
	select {
	case g.waiting <- struct{}{}:
		defer func() { <-g.waiting }()
	default:
		return nil, fmt.Errorf("%d heavy questions wait already: %w", cap(g.waiting), errs.Busy)
	}
	select {
	case g.inside <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
