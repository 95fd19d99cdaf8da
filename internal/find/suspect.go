package find

import (
	"errors"
	"io/fs"
	"os"

	"onewindow/internal/ierr"
)

// suspect looks whether an error says that the index is damaged, and if so
// leaves word beside it, so that the next start makes it anew: only then is
// nobody reading it.
func (s *shelf) suspect(err error) {
	if ierr.KindOf(err) != ierr.Corrupt || !damageCodes[ierr.As(err).Code] || s.suspected() {
		return
	}
	if err := os.WriteFile(s.word(), nil, 0o600); err != nil {
		s.log.Error("the index is damaged, and that cannot be noted", "error", err)
	}
}

// damageCodes are the errors that tell of damage in the files of an index.
var damageCodes = map[string]bool{"search.damaged": true, "cube.damaged": true}

// word is the file that tells of damage.
func (s *shelf) word() string { return s.dir + ".damaged" }

func (s *shelf) suspected() bool {
	_, err := os.Lstat(s.word())
	return err == nil
}

// trust takes the word back.
func (s *shelf) trust() error {
	if err := os.Remove(s.word()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
