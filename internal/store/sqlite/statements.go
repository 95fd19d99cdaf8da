package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"sync"
)

// preparer is a connection or a pool of them.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// statements keeps prepared statements by their text.
type statements struct {
	on preparer
	mu sync.Mutex
	by map[string]*sql.Stmt
}

func newStatements(on preparer) *statements {
	return &statements{on: on, by: map[string]*sql.Stmt{}}
}

// get returns the prepared form of query.
func (s *statements) get(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.by[query]
	if st == nil {
		var err error
		if st, err = s.on.PrepareContext(context.WithoutCancel(ctx), query); err != nil {
			return nil, wrap(err)
		}
		s.by[query] = st
	}
	return st, nil
}

// exec runs a statement that returns nothing.
func (s *statements) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	st, err := s.get(ctx, query)
	if err != nil {
		return nil, err
	}
	res, err := st.ExecContext(context.WithoutCancel(ctx), args...)
	return res, wrap(err)
}

// query calls fn with every row. It runs to its end: callers that may be long
// ask in chunks and look at ctx in between.
func (s *statements) query(ctx context.Context, query string, args []any, fn func(*sql.Rows) error) error {
	if err := ctx.Err(); err != nil {
		return wrap(err)
	}
	st, err := s.get(ctx, query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(context.WithoutCancel(ctx), args...)
	if err != nil {
		return wrap(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return wrap(err)
		}
	}
	return wrap(rows.Err())
}

// one reads one row into dest; found is false when there is none.
func (s *statements) one(ctx context.Context, query string, args []any, dest ...any) (found bool, err error) {
	err = s.query(ctx, query, args, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest...)
	})
	return found, err
}

// bulk runs an insert of many rows: head, then one group of marks a row, then
// tail. Rows are written in runs whose lengths are powers of two, so that few
// statements are prepared. put appends the values of row i.
func (s *statements) bulk(ctx context.Context, head, tail string, columns, n int, put func(args []any, i int) []any) error {
	longest := 1
	for 2*longest*columns <= bulkArgs {
		longest *= 2
	}
	args := make([]any, 0, columns*longest)
	for i := 0; i < n; {
		run := longest
		for run > n-i {
			run /= 2
		}
		args = args[:0]
		for j := range run {
			args = put(args, i+j)
		}
		if _, err := s.exec(ctx, head+marks(columns, run)+tail, args...); err != nil {
			return err
		}
		i += run
	}
	return nil
}

// bulkArgs is how many values one statement is given at most. The driver looks
// for each among all of them, so that more of them are not faster.
const bulkArgs = 128

// marks returns "(?,?),(?,?)" for two rows of two columns.
func marks(columns, rows int) string {
	one := "(" + strings.TrimSuffix(strings.Repeat("?,", columns), ",") + ")"
	return strings.TrimSuffix(strings.Repeat(one+",", rows), ",")
}

// powerOver returns the least power of two that is at least n.
func powerOver(n int) int {
	p := 1
	for p < n {
		p *= 2
	}
	return p
}
