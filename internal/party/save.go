package party

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"onewindow/internal/ierr"
)

// formatVersion changes with what is saved and with how names are read.
const formatVersion = 1

// saved is what a file holds: a table and the state that it is of. Behind it
// stands the SHA-256 of all before.
type saved struct {
	Version  int
	Hash     string // of the rules, data and code that the classifier decides by
	State    int64
	At       int64 // when the register came to it, in microseconds since 1970
	Wordings []wording
	Nodes    []node
	One      []link
	More     map[int64][]link
	Moves    map[int64][]move
}

func (p *Parties) file() string { return filepath.Join(p.config.Dir, "parties") }

// save writes the table to its file. That it could not be written costs time at
// the next start alone. p.mu is held.
func (p *Parties) save() {
	p.savedAt = time.Now()
	if err := p.write(); err != nil {
		p.config.Log.Warn("what is known of parties could not be kept", "error", err)
		return
	}
	p.saved = p.state
}

func (p *Parties) write() (err error) {
	if err := os.MkdirAll(p.config.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(p.config.Dir, "parties-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	sum := sha256.New()
	buffered := bufio.NewWriterSize(f, 1<<20)
	t := p.table
	err = gob.NewEncoder(io.MultiWriter(buffered, sum)).Encode(saved{
		formatVersion, p.config.Classifier.Hash(), p.state, p.at.UnixMicro(), t.wordings, t.nodes, t.one, t.more, t.moves,
	})
	if err != nil {
		return err
	}
	buffered.Write(sum.Sum(nil))
	if err := errors.Join(buffered.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), p.file())
}

// summed passes on what is read and sums it up.
type summed struct {
	r   *bufio.Reader
	sum hash.Hash
}

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.sum.Write(p[:n])
	return n, err
}

func (s *summed) ReadByte() (byte, error) {
	b, err := s.r.ReadByte()
	if err == nil {
		s.sum.Write([]byte{b})
	}
	return b, err
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
	in := &summed{bufio.NewReaderSize(f, 1<<20), sha256.New()}
	var s saved
	if err := gob.NewDecoder(in).Decode(&s); err != nil {
		return ierr.Wrap(err, ierr.Corrupt, "party.file", nil)
	}
	want := in.sum.Sum(nil)
	have := make([]byte, len(want))
	if _, err := io.ReadFull(in.r, have); err != nil || string(have) != string(want) {
		return ierr.Wrap(err, ierr.Corrupt, "party.file", nil)
	}
	if s.Version != formatVersion || s.Hash != p.config.Classifier.Hash() {
		return fmt.Errorf("other definitions")
	}
	info, err := p.register.StateInfo(context.Background(), s.State)
	if err != nil {
		return err
	}
	if info.At.UnixMicro() != s.At {
		return fmt.Errorf("another register")
	}
	p.table.restore(&s)
	p.state, p.at, p.saved = s.State, info.At, s.State
	return nil
}

// restore fills an empty table.
func (t *table) restore(s *saved) {
	t.wordings, t.nodes, t.one = s.Wordings, s.Nodes, s.One
	if s.More != nil {
		t.more = s.More
	}
	for right, moves := range s.Moves {
		t.moves[right] = moves
		for _, m := range moves {
			t.standings[m]++
		}
	}
	for i := range t.wordings {
		t.byText[textOf(&t.wordings[i].Party)] = uint32(i)
	}
	for i := range t.nodes {
		t.byKey[t.nodes[i].Key] = uint32(i)
	}
}
