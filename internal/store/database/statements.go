package database

import (
	"context"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// SQLite spends more time on understanding short statements than on answering
// them, so each connection keeps those it has understood. Database/sql cannot:
// its prepared statements ask the pool for a connection, and the writers' only
// one is held by the transaction that would wait for it. (pgx does this itself.)

// keeping opens connections that keep statements.
type keeping struct{ driver.Connector }

// openKeeping is a connector to the SQLite database of a name.
func openKeeping(name string) (driver.Connector, error) {
	c, err := sqlite.NewConnector(name)
	return keeping{c}, err
}

func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{sqliteConn: c.(sqliteConn), idle: map[string]statement{}}, nil
}

// sqliteConn is what database/sql asks of the driver's connections.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

const (
	mostKept    = 200  // statements of a connection
	longestKept = 4000 // bytes; longer ones, such as of many rows, are rarely the same
)

// connection is a connection that keeps statements. Like every driver.Conn it is
// used by one goroutine at a time.
type connection struct {
	sqliteConn
	idle map[string]statement // those that are not in use, by their text
}

// take returns a statement that nobody else uses: give takes it back.
func (c *connection) take(ctx context.Context, query string) (statement, error) {
	if s, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return s, nil
	}
	s, err := c.sqliteConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(statement), nil
}

// give keeps a statement for the next who asks for it, in the place of any other
// if they are too many.
func (c *connection) give(query string, s statement) error {
	if _, twice := c.idle[query]; twice || len(query) > longestKept {
		return s.Close()
	}
	var err error
	for text, other := range c.idle {
		if len(c.idle) < mostKept {
			break
		}
		delete(c.idle, text)
		err = other.Close()
	}
	c.idle[query] = s
	return err
}

// ExecContext implements driver.ExecerContext. What failed is not kept.
func (c *connection) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.sqliteConn.ExecContext(ctx, query, args) // may be several statements, or one that changes tables
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if err != nil {
		s.Close()
		return nil, err
	}
	return result, c.give(query, s)
}

// QueryContext implements driver.QueryerContext.
func (c *connection) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	answer, err := s.QueryContext(ctx, args)
	if err != nil {
		s.Close()
		return nil, err
	}
	return &rows{answer, c, query, s}, nil
}

// Close closes what is kept, and the connection.
func (c *connection) Close() error {
	for _, s := range c.idle {
		s.Close()
	}
	clear(c.idle)
	return c.sqliteConn.Close()
}

// rows are an answer that gives its statement back when it is closed.
type rows struct {
	driver.Rows
	of        *connection
	query     string
	statement statement
}

// Close implements driver.Rows.
func (r *rows) Close() error {
	if err := r.Rows.Close(); err != nil {
		r.statement.Close()
		return err
	}
	return r.of.give(r.query, r.statement)
}
