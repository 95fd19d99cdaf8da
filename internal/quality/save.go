package quality

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"onewindow/internal/ierr"
)

// formatVersion changes with what is saved and with what counts as a doubt.
const formatVersion = 2

// kept is what a file holds: the doubts and the state that they are of. Before it
// stands the SHA-256 of all that follows.
type kept struct {
	Version    int
	Definition string
	State      int64
	At         int64 // when the register came to it, in microseconds since 1970
	Doubts     index
}

func (d *Desk) file() string { return filepath.Join(d.config.Dir, "doubts") }

// save writes the doubts to their file. That they could not be written costs time at
// the next start alone. d.mu is held.
func (d *Desk) save() {
	if err := d.write(); err != nil {
		d.config.Log.Warn("the desk of doubts could not be kept", "error", err)
		return
	}
	d.saved = d.state
}

func (d *Desk) write() error {
	var body bytes.Buffer
	body.Write(make([]byte, sha256.Size))
	err := gob.NewEncoder(&body).Encode(kept{formatVersion, d.config.Definition, d.state, d.at.UnixMicro(), d.doubts})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body.Bytes()[sha256.Size:])
	copy(body.Bytes(), sum[:])
	if err := os.MkdirAll(d.config.Dir, 0o700); err != nil {
		return err
	}
	beside := d.file() + "-new"
	if err := os.WriteFile(beside, body.Bytes(), 0o600); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	return os.Rename(beside, d.file())
}

// read reads the file, if there is one, made by the same definitions and of this
// very register.
func (d *Desk) read() error {
	all, err := os.ReadFile(d.file())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var k kept
	if len(all) < sha256.Size || sha256.Sum256(all[sha256.Size:]) != [sha256.Size]byte(all) {
		return ierr.New(ierr.Corrupt, "quality.file", nil)
	}
	if err := gob.NewDecoder(bytes.NewReader(all[sha256.Size:])).Decode(&k); err != nil {
		return ierr.Wrap(err, ierr.Corrupt, "quality.file", nil)
	}
	if k.Version != formatVersion || k.Definition != d.config.Definition {
		return fmt.Errorf("other definitions")
	}
	info, err := d.config.Register.StateInfo(context.Background(), k.State)
	if err != nil {
		return err
	}
	if info.At.UnixMicro() != k.At {
		return fmt.Errorf("another register")
	}
	k.Doubts.restore()
	d.doubts, d.state, d.saved, d.at = k.Doubts, k.State, k.State, info.At
	return nil
}
