package folder

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"onewindow/internal/ierr"
)

// Owner is the process that has a folder open.
type Owner struct {
	PID     int       `json:"pid"`
	Started time.Time `json:"started"`
	Socket  string    `json:"socket,omitempty"`  // path of its local socket, once it listens
	Address string    `json:"address,omitempty"` // address of its pages, where it serves them
}

// errHeld is what tryLock returns when another process holds the lock.
var errHeld = errors.New("held by another process")

// own locks the folder at dir for this process and writes its name on the lock.
func own(dir string, now time.Time) (*Folder, error) {
	path := filepath.Join(dir, lockName)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	if err := tryLock(file); err != nil {
		file.Close()
		if errors.Is(err, errHeld) {
			return nil, owned(dir)
		}
		return nil, ierr.Wrap(err, ierr.Internal, "folder.lock", ierr.Args{"file": path, "reason": err.Error()})
	}
	f := &Folder{dir: dir, lock: file, own: Owner{PID: os.Getpid(), Started: now.UTC().Truncate(time.Second)}}
	if err := errors.Join(f.sign(), f.clear()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// owned is the refusal of a second owner.
func owned(dir string) error {
	o, err := Holder(dir)
	if err != nil || o.PID == 0 { // the owner has not signed yet
		return ierr.Wrap(err, ierr.Busy, "folder.owned-unsigned", ierr.Args{"dir": dir})
	}
	args := ierr.Args{"dir": dir, "pid": strconv.Itoa(o.PID), "started": o.Started.Format(time.RFC3339), "address": o.Address}
	if o.Address == "" {
		return ierr.New(ierr.Busy, "folder.owned", args)
	}
	return ierr.New(ierr.Busy, "folder.owned-serving", args)
}

// Holder reads who signed the lock of the folder at dir last. Whether that
// process still holds it only Open can tell.
func Holder(dir string) (Owner, error) {
	b, err := os.ReadFile(filepath.Join(dir, lockName))
	if err != nil {
		return Owner{}, err
	}
	var o Owner
	if len(b) > 0 {
		err = json.Unmarshal(b, &o)
	}
	return o, err
}

// sign writes the owner on the lock file; f.mu is held. The file is written in place, because
// the lock hangs on it.
func (f *Folder) sign() error {
	b, err := json.Marshal(f.own)
	if err != nil {
		return err
	}
	b = append(b, '\n')
	_, err = f.lock.Seek(0, io.SeekStart)
	if err == nil {
		_, err = f.lock.Write(b)
	}
	if err == nil {
		err = f.lock.Truncate(int64(len(b)))
	}
	if err != nil {
		return cannotWrite(f.lock.Name(), err)
	}
	return nil
}

// Serving writes on the lock where the owner's pages are, so that a second
// owner can be told.
func (f *Folder) Serving(address string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.own.Address = address
	return f.sign()
}

// Address returns where the owner's pages are, "" while it serves none.
func (f *Folder) Address() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.own.Address
}

// Close gives the folder up.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.own = Owner{}
	return errors.Join(f.lock.Truncate(0), f.lock.Close())
}
