package folder

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"onewindow/internal/ierr"
)

// socketMax is the longest path, in bytes, that every system takes for a local
// socket: 104 with the closing zero on the BSDs, 108 on Linux.
const socketMax = 100

// Listen opens the folder's local socket, which this user alone may reach, and
// writes on the lock where it is. What a killed owner left behind is removed.
// The socket goes away with the listener.
func (f *Folder) Listen() (net.Listener, error) {
	path := filepath.Join(f.dir, "api.sock")
	fail := func(err error) (net.Listener, error) {
		return nil, ierr.Wrap(err, ierr.Internal, "folder.socket", ierr.Args{"file": path, "reason": err.Error()})
	}
	if err := f.removeStray(); err != nil {
		return fail(err)
	}
	if len(path) > socketMax {
		dir, err := f.shortDir()
		if err != nil {
			return fail(err)
		}
		path = filepath.Join(dir, "api.sock")
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail(err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return fail(err)
	}
	if err = os.Chmod(path, 0o600); err == nil {
		f.mu.Lock()
		f.own.Socket = path
		err = f.sign()
		f.mu.Unlock()
	}
	if err != nil {
		l.Close()
		return fail(err)
	}
	if filepath.Dir(path) != f.dir {
		return &shortListener{l, f}, nil
	}
	return l, nil
}

// recordName is the file that names the folder of a socket outside.
const recordName = "socket-folder"

// shortDir makes a folder with a short path, which this user alone may enter,
// and records it, so that the next owner finds it after a crash.
func (f *Folder) shortDir() (string, error) {
	base := os.TempDir()
	if len(base) > socketMax/2 {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, "onewindow-")
	if err != nil {
		return "", err
	}
	return dir, writeDurably(filepath.Join(f.dir, recordName), []byte(dir))
}

// removeStray removes the recorded folder of a socket outside and its record.
func (f *Folder) removeStray() error {
	record := filepath.Join(f.dir, recordName)
	b, err := os.ReadFile(record)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	dir := string(b)
	for _, path := range []string{filepath.Join(dir, "api.sock"), dir, record} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// shortListener takes the folder of its socket away with it.
type shortListener struct {
	net.Listener
	folder *Folder
}

func (l *shortListener) Close() error { return errors.Join(l.Listener.Close(), l.folder.removeStray()) }
