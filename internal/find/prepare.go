package find

import (
	"runtime"
	"sync"
	"sync/atomic"

	"onewindow/internal/cube"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// How many rights are prepared before they are added, and how many of them one
// goroutine takes at a time.
const (
	preparedRights = 1024
	preparedPiece  = 64
)

// preparer works out what index and cube hold of rights, with all processors. Its
// memory serves again: rows and fields hold until the next call.
type preparer struct {
	lists  *lists
	table  *cube.Table
	words  bool
	rows   []*cube.Row
	fields [][]search.Field
	desks  []desk
}

// desk is the memory of one goroutine.
type desk struct {
	writer fieldWriter
	doc    record.Document
	err    error
}

// prepare fills one row and one list of fields for each of up to preparedRights
// rights.
func (p *preparer) prepare(views []*register.View) error {
	for len(p.rows) < len(views) {
		p.rows = append(p.rows, p.table.NewRow())
		p.fields = append(p.fields, nil)
	}
	n := min(runtime.GOMAXPROCS(0), (len(views)+preparedPiece-1)/preparedPiece)
	for len(p.desks) < n {
		p.desks = append(p.desks, desk{writer: fieldWriter{words: p.words, namer: p.lists.namer()}})
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for i := 1; i < n; i++ {
		all.Go(func() { p.work(&p.desks[i], views, &next) })
	}
	if n > 0 {
		p.work(&p.desks[0], views, &next)
	}
	all.Wait()
	for i := range p.desks[:n] {
		if err := p.desks[i].err; err != nil {
			return err
		}
	}
	return nil
}

// work prepares pieces until none is left.
func (p *preparer) work(d *desk, views []*register.View, next *atomic.Int64) {
	d.err = nil
	for d.err == nil {
		from := int(next.Add(preparedPiece)) - preparedPiece
		if from >= len(views) {
			return
		}
		for i := from; i < min(from+preparedPiece, len(views)) && d.err == nil; i++ {
			d.err = p.lists.fill(p.rows[i], views[i], &d.doc)
			p.fields[i] = d.writer.write(views[i])
		}
	}
}
