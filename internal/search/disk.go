package search

import (
	"errors"
	"io"
	"os"
)

// disk is the part of the file system that changes an index. Every step that
// makes a commit durable passes through it.
type disk interface {
	create(path string) (diskFile, error)
	sync(path string) error
	rename(from, to string) error
	remove(path string) error
	// syncDir makes creations and renames in a folder durable.
	syncDir(path string) error
}

type diskFile interface {
	io.Writer
	Sync() error
	Close() error
}

type osDisk struct{}

// create makes a file for this user alone: an index tells what its documents say.
func (osDisk) create(path string) (diskFile, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
}

func (osDisk) sync(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (osDisk) rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) remove(path string) error     { return os.Remove(path) }

func (osDisk) syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if !syncsFolders {
		err = nil
	}
	return errors.Join(err, f.Close())
}
