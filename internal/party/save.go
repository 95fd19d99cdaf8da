package party

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"onewindow/internal/ierr"
)

// fileMark begins the file of what is known of parties. Its number changes with what
// is saved and with how names are read.
const fileMark = "onewindow parties 2\n"

func (p *Parties) file() string { return filepath.Join(p.config.Dir, "parties") }

// save writes what is known to its file. That it could not be written costs time at
// the next start alone. p.mu is held, and given up while the file becomes durable.
func (p *Parties) save() {
	p.savedAt = time.Now()
	state := p.state
	f, err := p.write()
	if err == nil {
		p.mu.Unlock()
		err = errors.Join(f.Sync(), f.Close())
		if err == nil {
			err = os.Rename(f.Name(), p.file())
		}
		if err != nil {
			os.Remove(f.Name())
		}
		p.mu.Lock()
	}
	if err != nil {
		p.config.Log.Warn("what is known of parties could not be kept", "error", err)
		return
	}
	p.saved = state
}

// write writes the file under a passing name.
func (p *Parties) write() (*os.File, error) {
	if err := os.MkdirAll(p.config.Dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(p.config.Dir, "parties-*")
	if err != nil {
		return nil, err
	}
	w := newWriter(f)
	w.text(fileMark)
	w.text(p.config.Classifier.Hash())
	for _, n := range [...]int64{p.state, p.at.UnixMicro(), p.wovenAt} {
		w.number(uint64(n))
	}
	p.table.write(w)
	p.woven.write(w)
	if err := w.end(); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	return f, nil
}

// read reads the file, if there is one, made by the same definitions and of this
// very register.
func (p *Parties) read() error {
	f, err := os.Open(p.file())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r := newReader(f, info.Size())
	if mark, hash := r.text(), r.text(); r.err == nil && (mark != fileMark || hash != p.config.Classifier.Hash()) {
		return fmt.Errorf("other definitions")
	}
	state, at, wovenAt := int64(r.number()), int64(r.number()), int64(r.number())
	p.table.read(r)
	p.woven.read(r)
	if err := r.end(); err != nil {
		return ierr.Wrap(err, ierr.Corrupt, "party.file", nil)
	}
	s, err := p.register.StateInfo(context.Background(), state)
	if err != nil {
		return err
	}
	if s.At.UnixMicro() != at {
		return fmt.Errorf("another register")
	}
	p.table.restore()
	p.woven.ranks()
	p.state, p.at, p.saved, p.wovenAt = state, s.At, state, wovenAt
	return nil
}

func (t *table) write(w *writer) {
	for _, x := range t.lists() {
		x.write(w)
	}
	columns(w, t.wordings, func(x *wording) [5]uint32 {
		return [5]uint32{x.entries, x.site, x.nextSite, x.city, uint32(x.rights)}
	})
	columns(w, t.entries, func(e *entry) [3]uint32 { return [3]uint32{e.node, e.wording, e.next} })
	columns(w, t.nodes, func(n *node) [5]uint32 { return [5]uint32{n.last, n.wordings, n.group, n.nextIn, uint32(n.rights)} })
	columns(w, t.moves.list, func(m *stated) [4]uint32 {
		return [4]uint32{m.From, m.To, flag(m.Changed, 1) | flag(m.stood, 2), uint32(m.n)}
	})
	w.number(uint64(t.links.waste))
	list(w, t.links.one)
	list(w, t.links.several)
	for _, x := range [...][]uint32{t.inGroup, t.bracket, t.atSite, t.touched} {
		list(w, x)
	}
	stood := newSet(len(t.wordings))
	for i := range t.wordings {
		if t.wordings[i].stood {
			stood.add(uint32(i))
		}
	}
	list(w, stood.words)
}

func (t *table) read(r *reader) {
	for _, x := range t.lists() {
		x.read(r)
	}
	rows(r, &t.wordings, func(c [5]uint32) wording {
		return wording{entries: c[0], site: c[1], nextSite: c[2], city: c[3], rights: int32(c[4])}
	})
	rows(r, &t.entries, func(c [3]uint32) entry { return entry{c[0], c[1], c[2]} })
	rows(r, &t.nodes, func(c [5]uint32) node { return node{c[0], c[1], c[2], c[3], int32(c[4])} })
	rows(r, &t.moves.list, func(c [4]uint32) stated {
		return stated{move{c[0], c[1], c[2]&1 != 0}, int32(c[3]), c[2]&2 != 0}
	})
	t.links.waste = int(r.number())
	again(r, &t.links.one)
	again(r, &t.links.several)
	for _, x := range [...]*[]uint32{&t.inGroup, &t.bracket, &t.atSite, &t.touched} {
		again(r, x)
	}
	stood := &set{}
	again(r, &stood.words)
	if len(stood.words) < (len(t.wordings)+63)/64 {
		r.fail()
		return
	}
	for i := range t.wordings {
		t.wordings[i].stood = stood.has(uint32(i))
	}
}

func flag(is bool, bit uint32) uint32 {
	if is {
		return bit
	}
	return 0
}

func (t *table) lists() [5]*texts {
	return [5]*texts{&t.texts, &t.keys, &t.groups, &t.sites, &t.cities}
}

// restore makes what a file need not hold. What stands in it was summed up.
func (t *table) restore() {
	for _, x := range t.lists() {
		x.index(2 * x.len())
	}
	for _, w := range t.touched {
		t.wordings[w].touched = true
	}
	for i := range t.moves.list {
		t.moves.places[t.moves.list[i].move] = uint32(i)
	}
	t.ids = make(map[uint64]uint32, len(t.nodes))
	for n := range t.nodes {
		t.ids[idNumber(t.key(uint32(n)))] = uint32(n)
	}
}

func (t *texts) write(w *writer) {
	w.number(uint64(len(t.pieces)))
	for _, p := range t.pieces {
		w.bytes(p)
	}
	list(w, t.at)
	list(w, t.sums)
}

func (t *texts) read(r *reader) {
	t.pieces = nil
	for n := r.number(); n > 0 && r.err == nil; n-- {
		t.pieces = append(t.pieces, r.bytes())
	}
	again(r, &t.at)
	again(r, &t.sums)
}

func (e *woven) write(w *writer) {
	columns(w, e.edges, func(x *edge) [4]uint32 {
		return [4]uint32{x.a, x.b, x.unit.number, uint32(x.unit.sort) | uint32(x.rule)<<8 | uint32(x.near)<<16}
	})
	list(w, e.order)
}

func (e *woven) read(r *reader) {
	rows(r, &e.edges, func(c [4]uint32) edge {
		return edge{c[0], c[1], unit{unitSort(c[3]), c[2]}, uint8(c[3] >> 8), nearness(c[3] >> 16)}
	})
	again(r, &e.order)
}
