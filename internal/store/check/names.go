package check

import (
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/gather"
)

// names compares what lists show of works with what they are called.
func (c *checker) names() (err error) {
	last, more := archive.WorkID(0), true
	for more && err == nil {
		err = c.store.Read(c.ctx, func(tx *store.Tx) error {
			n, err := c.namesAfter(tx, last)
			more, last = n > last, n
			return err
		})
	}
	return err
}

// namesAfter compares the gathered names with the tables they come from.
func (c *checker) namesAfter(tx *store.Tx, after archive.WorkID) (last archive.WorkID, err error) {
	last = after
	err = tx.Rows("verify names", func(scan func(...any) error) error {
		var same bool
		err := scan(&last, &same)
		if err == nil && !same {
			c.found(New(Names, fmt.Sprintf("What lists show of work %d is not what it is called.", last), last))
		}
		return err
	}, `SELECT g.work, EXISTS (SELECT 1 FROM work_names n WHERE n.work = g.work AND n.chapters = g.chapters AND n.tags = g.tags
			AND n.creators = g.creators AND n.series = g.series)
		FROM (`+gather.Names+` WHERE w.id > $1 ORDER BY w.id LIMIT $2) g ORDER BY g.work`, after, chunk)
	return last, err
}
