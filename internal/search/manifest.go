package search

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"regexp"

	"onewindow/internal/ierr"
)

// manifest is one committed state of an index. Only files that it names exist for
// the index.
type manifest struct {
	Version  int               `json:"version"`
	State    uint64            `json:"state"`  // counts commits and merges
	NextID   uint64            `json:"nextId"` // numbers files
	Schema   []Space           `json:"schema"`
	Slots    uint32            `json:"slots"` // slots given so far
	Segments []segmentInfo     `json:"segments"`
	Attached map[string]attach `json:"attached"`
	Meta     []byte            `json:"meta"`
}

// attach is a file that the index keeps for its owner.
type attach struct {
	fileInfo
}

const (
	manifestName    = "manifest"
	manifestTemp    = "manifest.tmp"
	manifestVersion = 1
	manifestMark    = "onewindow index"
)

// write makes m the committed state: when it returns without error, the state is
// durable; when it is cut short, the state before it stands. An error with
// published set leaves open which of the two a crash would bring back.
func (m *manifest) write(d disk, dir string) (published bool, err error) {
	body, err := json.Marshal(m)
	if err != nil {
		return false, err
	}
	head := fmt.Sprintf("%s %d %d %08x\n", manifestMark, manifestVersion, len(body), crc32.Checksum(body, castagnoli))
	f, err := d.create(filepath.Join(dir, manifestTemp))
	if err != nil {
		return false, err
	}
	_, err = f.Write(append([]byte(head), body...))
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return false, err
	}
	// The files that the manifest names must be found after a crash as surely as
	// the manifest itself.
	if err := d.syncDir(dir); err != nil {
		return false, err
	}
	if err := d.rename(filepath.Join(dir, manifestTemp), filepath.Join(dir, manifestName)); err != nil {
		return true, err
	}
	return true, d.syncDir(dir)
}

func readManifest(dir string) (*manifest, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ierr.New(ierr.NotFound, "search.no-index", ierr.Args{"dir": dir})
	}
	if err != nil {
		return nil, err
	}
	return parseManifest(b)
}

func parseManifest(b []byte) (*manifest, error) {
	head, body, ok := bytes.Cut(b, []byte("\n"))
	if !ok {
		return nil, damaged(manifestName, "header")
	}
	var version, n int
	var sum uint32
	if _, err := fmt.Sscanf(string(head), manifestMark+" %d %d %x", &version, &n, &sum); err != nil {
		return nil, damaged(manifestName, "header")
	}
	if version != manifestVersion {
		return nil, ierr.New(ierr.Unsupported, "search.version", ierr.Args{"version": version})
	}
	if n != len(body) || crc32.Checksum(body, castagnoli) != sum {
		return nil, damaged(manifestName, "checksum")
	}
	m := &manifest{}
	if err := json.Unmarshal(body, m); err != nil {
		return nil, ierr.Wrap(err, ierr.Corrupt, "search.damaged", ierr.Args{"file": manifestName, "what": "json"})
	}
	return m, m.check()
}

// check refuses a manifest that no commit could have written.
func (m *manifest) check() error {
	next := uint32(0)
	for i := range m.Segments {
		s := &m.Segments[i]
		if s.Base != next || s.Slots == 0 || len(s.Parts) == 0 || s.Docs > s.Slots || uint64(s.Base)+uint64(s.Slots) > uint64(m.Slots) {
			return damaged(manifestName, "segments")
		}
		next += s.Slots
	}
	if next != m.Slots {
		return damaged(manifestName, "slots")
	}
	return nil
}

// names returns every file that the manifest needs.
func (m *manifest) names() map[string]bool {
	out := map[string]bool{manifestName: true}
	for i := range m.Segments {
		s := &m.Segments[i]
		for _, n := range s.files() {
			out[n] = true
		}
		if s.Mask != nil {
			out[s.Mask.Name] = true
		}
	}
	for _, a := range m.Attached {
		out[a.Name] = true
	}
	return out
}

// ownFile tells the names that an index gives to files: only such are removed when
// no manifest knows them.
var ownFile = regexp.MustCompile(`^([sma][0-9a-f]{8,16}(-\d)?\.(dic|doc|pos|len|del|att)|manifest\.tmp)$`)

// sweep removes what interrupted commits and merges left behind.
func (m *manifest) sweep(d disk, dir string) error {
	list, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	known := m.names()
	for _, e := range list {
		if n := e.Name(); e.Type().IsRegular() && ownFile.MatchString(n) && !known[n] {
			if err := d.remove(filepath.Join(dir, n)); err != nil {
				return err
			}
		}
	}
	return nil
}
