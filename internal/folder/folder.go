// Package folder keeps the data folder: the one place on disk that holds a
// register, its index and everything else of one office.
//
// A folder is sample or real, and of one region; both are fixed when it is made
// and written in its marker file. One process owns a folder at a time, by a
// lock that the system itself gives up when the process ends in whatever way.
//
//	onewindow.json  the marker: format, nature, region, day it was made
//	lock            held by the owner; says who that is
//	register.db     the register
//	index/          text index and columns, derived from the register
//	log.key         what signs the heads of the log, readable by the owner alone
//	sample/         the invented files of a sample folder
//	tmp/            what may be deleted whenever nobody owns the folder
//	api.sock        the owner's local socket
package folder

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"onewindow/internal/ierr"
)

// Format is the version of the folder's layout that this program reads and writes.
const Format = 1

const (
	markerName = "onewindow.json"
	lockName   = "lock"
)

// Nature says whether a folder holds invented or official records.
type Nature string

// The natures.
const (
	Sample Nature = "sample" // invented, and marked so wherever it goes
	Real   Nature = "real"
)

// Marker is what a folder was made for. It never changes.
type Marker struct {
	Format  int       `json:"format"`
	Nature  Nature    `json:"nature"`
	Region  string    `json:"region"` // id of the region pack
	Created time.Time `json:"created"`
}

// Folder is an open data folder, owned by this process until Close.
type Folder struct {
	Marker
	dir  string
	lock *os.File

	mu  sync.Mutex
	own Owner
}

// Look reads the marker of the folder at dir without owning it. Where there is
// no data folder the error is NotFound "folder.absent"; a marker that cannot be
// read is Corrupt "folder.marker"; one of a later program Unsupported
// "folder.format".
func Look(dir string) (Marker, error) {
	b, err := os.ReadFile(filepath.Join(dir, markerName))
	if errors.Is(err, fs.ErrNotExist) {
		return Marker{}, ierr.New(ierr.NotFound, "folder.absent", ierr.Args{"dir": dir})
	}
	if err != nil {
		return Marker{}, ierr.Wrap(err, ierr.Invalid, "folder.unreadable", ierr.Args{"dir": dir, "reason": err.Error()})
	}
	var m Marker
	if err := json.Unmarshal(b, &m); err != nil || m.Format < 1 || m.Region == "" || m.Nature != Sample && m.Nature != Real {
		return Marker{}, ierr.Wrap(err, ierr.Corrupt, "folder.marker", ierr.Args{"file": filepath.Join(dir, markerName)})
	}
	if m.Format > Format {
		return Marker{}, ierr.New(ierr.Unsupported, "folder.format", ierr.Args{"dir": dir, "format": m.Format, "known": Format})
	}
	return m, nil
}

// Open takes ownership of the existing folder at dir. Besides the errors of
// Look it fails with Busy "folder.owned" at once when another process owns it,
// naming that process.
func Open(dir string, now time.Time) (*Folder, error) {
	dir, err := absolute(dir)
	if err != nil {
		return nil, err
	}
	if _, err := Look(dir); err != nil {
		return nil, err
	}
	f, err := own(dir, now)
	if err != nil {
		return nil, err
	}
	if f.Marker, err = Look(dir); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Create takes ownership of the folder at dir and makes it for nature and
// region where it is absent or empty. A folder that exists is opened when it
// was made for the same, and refused with Conflict otherwise: "folder.real" or
// "folder.region", or "folder.occupied" when it holds other files. The folder
// is made readable by this user alone, since official files name people.
func Create(dir string, nature Nature, region string, now time.Time) (*Folder, error) {
	dir, err := absolute(dir)
	if err != nil {
		return nil, err
	}
	switch m, err := Look(dir); {
	case err == nil:
		if err := m.Must(dir, nature, region); err != nil {
			return nil, err
		}
	case ierr.KindOf(err) != ierr.NotFound:
		return nil, err
	default:
		if err := makeEmpty(dir); err != nil {
			return nil, err
		}
	}
	f, err := own(dir, now)
	if err != nil {
		return nil, err
	}
	if err := f.mark(nature, region, now); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Must refuses a folder that was made for another nature or region than the
// wanted ones; an empty region stands for any.
func (m Marker) Must(dir string, nature Nature, region string) error {
	args := ierr.Args{"dir": dir, "has": m.Region, "wants": region}
	switch {
	case m.Nature != nature && nature == Sample:
		return ierr.New(ierr.Conflict, "folder.real", args)
	case m.Nature != nature:
		return ierr.New(ierr.Conflict, "folder.sample", args)
	case region != "" && m.Region != region:
		return ierr.New(ierr.Conflict, "folder.region", args)
	}
	return nil
}

// mark writes the marker of a new folder, or checks that of one which another
// process made meanwhile.
func (f *Folder) mark(nature Nature, region string, now time.Time) error {
	m, err := Look(f.dir)
	if err == nil {
		f.Marker = m
		return m.Must(f.dir, nature, region)
	}
	if ierr.KindOf(err) != ierr.NotFound {
		return err
	}
	f.Marker = Marker{Format: Format, Nature: nature, Region: region, Created: now.UTC().Truncate(time.Second)}
	b, err := json.MarshalIndent(f.Marker, "", "  ")
	if err != nil {
		return err
	}
	return writeDurably(filepath.Join(f.dir, markerName), append(b, '\n'))
}

// makeEmpty makes dir, and refuses one that holds anything besides a lock and
// the rest of a marker that was never finished.
func makeEmpty(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return cannotMake(dir, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ierr.Wrap(err, ierr.Invalid, "folder.unreadable", ierr.Args{"dir": dir, "reason": err.Error()})
	}
	for _, e := range entries {
		if n := e.Name(); n != lockName && n != markerName && n != markerName+".new" {
			return ierr.New(ierr.Conflict, "folder.occupied", ierr.Args{"dir": dir, "found": n})
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return cannotMake(dir, err)
	}
	return nil
}

// writeDurably writes the whole file at path or leaves the old one, even when
// the power fails: a register without its marker would be a foreign file.
func writeDurably(path string, b []byte) error {
	fail := func(err error) error { return cannotWrite(path, err) }
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fail(err)
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

func absolute(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", ierr.Wrap(err, ierr.Invalid, "folder.make", ierr.Args{"dir": dir, "reason": err.Error()})
	}
	return abs, nil
}

// Dir returns the folder's absolute path.
func (f *Folder) Dir() string { return f.dir }

// Register returns the path of the register's database file.
func (f *Folder) Register() string { return filepath.Join(f.dir, "register.db") }

// Index returns the path of the folder of derived data.
func (f *Folder) Index() string { return filepath.Join(f.dir, "index") }

// Samples returns the path of the folder for the invented files of a sample.
func (f *Folder) Samples() string { return filepath.Join(f.dir, "sample") }

// Pictures returns the folder of pictures that came with deliveries.
func (f *Folder) Pictures() string { return filepath.Join(f.dir, "pictures") }

// Editions is where the files of published editions lie.
func (f *Folder) Editions() string { return filepath.Join(f.dir, "editions") }

// Secret returns the content of a small file of the folder, of this name, that nobody
// else may read; make says what it is where there is none yet.
func (f *Folder) Secret(name string, make func() (string, error)) (string, error) {
	path := filepath.Join(f.dir, name)
	b, err := os.ReadFile(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			err = ierr.Wrap(err, ierr.Invalid, "folder.unreadable", ierr.Args{"dir": path, "reason": err.Error()})
		}
		return string(b), err
	}
	secret, err := make()
	if err != nil {
		return "", err
	}
	return secret, writeDurably(path, []byte(secret))
}

func (f *Folder) tmp() string { return filepath.Join(f.dir, "tmp") }

// clear removes the passing files that a killed owner left.
func (f *Folder) clear() error {
	if err := os.RemoveAll(f.tmp()); err != nil {
		return cannotWrite(f.tmp(), err)
	}
	return nil
}

// Tmp makes and returns the path of the folder for passing files.
func (f *Folder) Tmp() (string, error) {
	dir := f.tmp()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", cannotMake(dir, err)
	}
	return dir, nil
}
