package bench

import (
	"context"
	"database/sql"
	"strings"

	"onewindow/internal/find"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// rivalTable is SQLite's full-text index (FTS5) over what our index holds: the
// same terms, the same columns, the same keys. Texts are taken apart by our
// analyser, so that SQLite only has to split at blanks, and none are kept.
type rivalTable struct {
	db     *sql.DB
	stmts  map[string]*sql.Stmt
	words  map[string]bool  // every Latin word that occurs
	codes  map[string]int64 // numbers of the codes in columns
	finder *find.Finder
	pack   *region.Pack
}

var rivalSchema = []string{
	"PRAGMA page_size = 8192", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
	"PRAGMA cache_size = -262144", "PRAGMA temp_store = MEMORY", "PRAGMA locking_mode = EXCLUSIVE",
	"CREATE VIRTUAL TABLE words USING fts5(ti, ab, pa, inventor, content='', tokenize='ascii')",
	"INSERT INTO words (words, rank) VALUES ('hashsize', 134217728)", // fewer and larger runs: much faster
	"INSERT INTO words (words, rank) VALUES ('automerge', 0)",        // one merge in the end will do
	`CREATE TABLE doc (id INTEGER PRIMARY KEY, year INTEGER, city INTEGER, region INTEGER, kind INTEGER,
		holder_type INTEGER, field INTEGER, latest INTEGER, filed INTEGER)`,
	"CREATE TABLE symbol (symbol TEXT, doc INTEGER, PRIMARY KEY (symbol, doc)) WITHOUT ROWID",
	"CREATE TABLE name (name TEXT, doc INTEGER, PRIMARY KEY (name, doc)) WITHOUT ROWID",
	`CREATE TEMP TABLE hit (id INTEGER, score REAL, year INTEGER, city INTEGER, kind INTEGER,
		holder_type INTEGER, field INTEGER, latest INTEGER)`,
}

// rivalIndexes are made when all rows are there, which is quickest.
var rivalIndexes = []string{
	"CREATE INDEX doc_region ON doc (region)", "CREATE INDEX doc_latest ON doc (latest)",
	"INSERT INTO words (words) VALUES ('optimize')", "ANALYZE",
}

// rivalPiece is how many records are passed on at a time.
const rivalPiece = 500

// buildRival makes the rival's file of the records of a house. Reading and
// taking apart go on beside the writing.
func (r *run) buildRival(ctx context.Context, path string, h *house) (*rivalTable, error) {
	db, err := sql.Open("sqlite", path) // the driver that the register's store brings
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	t := &rivalTable{
		db: db, stmts: map[string]*sql.Stmt{}, words: map[string]bool{}, codes: map[string]int64{}, finder: h.finder, pack: r.pack,
	}
	for _, s := range rivalSchema {
		if _, err := db.ExecContext(ctx, s); err != nil {
			db.Close()
			return nil, err
		}
	}
	if err := t.fill(ctx, h, func(n int64) { r.tell(Progress{"bench.stage.rival-build", n, int64(r.Rival)}) }); err != nil {
		db.Close()
		return nil, err
	}
	return t, nil
}

func (t *rivalTable) fill(ctx context.Context, h *house, done func(int64)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan []rivalRow, 4)
	failed := make(chan error, 1)
	go func() {
		defer close(ready)
		piece := make([]rivalRow, 0, rivalPiece)
		pass := func() {
			select {
			case ready <- piece:
			case <-ctx.Done():
			}
			piece = make([]rivalRow, 0, rivalPiece)
		}
		failed <- h.register.Scan(ctx, register.AsOf{}, func(v *register.View) error {
			if piece = append(piece, t.row(v)); len(piece) == rivalPiece {
				pass()
			}
			return ctx.Err()
		})
		pass()
	}()
	if _, err := t.exec(ctx, "BEGIN"); err != nil {
		return err
	}
	n := int64(0)
	for rows := range ready {
		if err := t.put(ctx, rows); err != nil {
			return err
		}
		n += int64(len(rows))
		done(n)
	}
	if err := <-failed; err != nil {
		return err
	}
	if _, err := t.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	for _, s := range rivalIndexes {
		if _, err := t.db.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// rivalRow is a record taken apart.
type rivalRow struct {
	texts   [4]string // columns of words
	columns [9]any    // of doc
	id      int64
	symbols []string
	names   []string
}

func (t *rivalTable) row(v *register.View) rivalRow {
	row := rivalRow{id: v.ID}
	var titles, abstracts, holders, inventors []string
	for i := range v.Titles {
		titles = append(titles, v.Titles[i].Text.Text)
	}
	for i := range v.Abstracts {
		abstracts = append(abstracts, v.Abstracts[i].Text.Text)
	}
	for i := range v.Parties {
		for _, n := range v.Parties[i].Names {
			switch v.Parties[i].Role {
			case record.Applicant, record.Holder:
				holders = append(holders, n.Text)
				row.names = append(row.names, record.FoldName(n.Text))
			case record.Inventor:
				inventors = append(inventors, n.Text)
			}
		}
	}
	for i, texts := range [][]string{titles, abstracts, holders, inventors} {
		row.texts[i] = t.apart(texts)
	}
	for i := range v.Classes {
		if c := &v.Classes[i]; c.Scheme == record.IPC {
			row.symbols = append(row.symbols, above(c.Symbol)...)
		}
	}
	c := t.finder.Classify(v)
	latest := v.Documents[0].Published
	city := t.pack.City(c.Region.Code)
	if city == "" {
		city = c.Region.Code
	}
	row.columns = [9]any{
		v.ID, int64(latest.Year()), t.code(city), t.code(c.Region.Code), t.code(string(v.Kind)),
		t.code(c.HolderType.Code), t.code(c.Field.Code), int64(latest), int64(v.Application.Filed),
	}
	return row
}

// above returns a symbol and everything above it.
func above(symbol string) []string {
	out := []string{symbol}
	for _, n := range [...]int{1, 3, 4} {
		if len(symbol) > n {
			out = append(out, symbol[:n])
		}
	}
	if group, _, ok := strings.Cut(symbol, "/"); ok {
		out = append(out, group)
	}
	return out
}

// code numbers a code. All of them are numbered while the table is filled.
func (t *rivalTable) code(s string) int64 {
	n, ok := t.codes[s]
	if !ok {
		n = int64(len(t.codes))
		t.codes[s] = n
	}
	return n
}

// textsApart stands between two texts of a column, so that no phrase crosses.
const textsApart = " zzzzboundary "

// apart writes the terms of texts with blanks between them. The last character
// of a Chinese run stands alone behind the run's pairs, as it does in our index,
// which also keeps the distances.
func (t *rivalTable) apart(texts []string) string {
	var b strings.Builder
	for i, text := range texts {
		if i > 0 {
			b.WriteString(textsApart)
		}
		words := search.Analyse(text)
		for k, w := range words {
			b.WriteString(w.Text)
			b.WriteByte(' ')
			if last := lastOfRun(words, k); last != "" {
				b.WriteString(last)
				b.WriteByte(' ')
			}
			if w.Text[0] < 0x80 && !t.words[w.Text] {
				t.words[w.Text] = true
			}
		}
	}
	return b.String()
}

// put stores a piece.
func (t *rivalTable) put(ctx context.Context, rows []rivalRow) error {
	var keys [2][]any
	for i := range rows {
		r := &rows[i]
		_, err := t.exec(ctx, "INSERT INTO words (rowid, ti, ab, pa, inventor) VALUES (?, ?, ?, ?, ?)", r.id, r.texts[0], r.texts[1], r.texts[2], r.texts[3])
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", r.columns[:]...); err != nil {
			return err
		}
		for k, list := range [][]string{r.symbols, r.names} {
			for _, s := range list {
				keys[k] = append(keys[k], s, r.id)
			}
		}
	}
	for k, table := range []string{"symbol", "name"} {
		if err := t.putKeys(ctx, table, keys[k]); err != nil {
			return err
		}
	}
	return nil
}

// putKeys stores pairs of a key and a record, many at a time.
func (t *rivalTable) putKeys(ctx context.Context, table string, pairs []any) error {
	for len(pairs) > 0 {
		n := 2
		if len(pairs) >= 64 {
			n = 64
		}
		marks := strings.TrimSuffix(strings.Repeat("(?,?),", n/2), ",")
		if _, err := t.exec(ctx, "INSERT OR IGNORE INTO "+table+" VALUES "+marks, pairs[:n]...); err != nil {
			return err
		}
		pairs = pairs[n:]
	}
	return nil
}

// prepare returns the prepared form of a statement.
func (t *rivalTable) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if st := t.stmts[query]; st != nil {
		return st, nil
	}
	st, err := t.db.PrepareContext(ctx, query)
	if err == nil {
		t.stmts[query] = st
	}
	return st, err
}

func (t *rivalTable) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	st, err := t.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

func (t *rivalTable) one(ctx context.Context, query string, into any) error {
	st, err := t.prepare(ctx, query)
	if err != nil {
		return err
	}
	return st.QueryRowContext(ctx).Scan(into)
}
