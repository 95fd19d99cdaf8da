// Package picture keeps the pictures that come with deliveries: marks, designs and
// drawings that the entries beside them name. A picture is a file under the hash of
// its bytes; where it came from is a file beside, so that nothing has to be moved or
// locked, and keeping the same one again changes nothing.
package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // sizes of GIF
	_ "image/jpeg" // sizes of JPEG
	"image/png"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/image/tiff"

	"onewindow/internal/ierr"
)

// Limits of one picture: larger ones stay where they are.
const (
	MaxBytes  = 8 << 20
	maxPixels = 40_000_000
)

// Store holds pictures in a folder.
type Store struct{ dir string }

// Open returns the store in a folder, which is made when the first picture comes.
func Open(dir string) *Store { return &Store{dir} }

// Place says where a picture lies, or an entry that names one: the delivery, the
// top-level file, and the path within it where that is an archive.
type Place struct {
	Delivery int64  // the job that loaded it
	File     string // absolute path
	Member   string // path within an archive, archives within archives parted by "!"; empty outside of one
}

// Beside returns the place of a file that an entry at p names: relative to its own
// folder, in its own archive.
func (p Place) Beside(name string) Place {
	name = strings.ReplaceAll(name, `\`, "/")
	if p.Member == "" {
		p.File = filepath.Join(filepath.Dir(p.File), filepath.FromSlash(name))
		return p
	}
	archive, member := "", p.Member
	if i := strings.LastIndexByte(member, '!'); i >= 0 {
		archive, member = member[:i+1], member[i+1:]
	}
	p.Member = archive + path.Join(path.Dir(member), name)
	return p
}

// key names a place; capitals do not count, as they do not in most deliveries.
func (p Place) key() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", p.Delivery, strings.ToLower(p.File), strings.ToLower(p.Member)))
	return hex.EncodeToString(sum[:])
}

// Keep stores the picture that r gives under its place. A TIFF is stored as a PNG,
// which every browser shows. Errors: TooLarge beyond the limits, Unsupported for what
// is no PNG, JPEG, GIF or TIFF or is damaged; others are those of the disk. It
// returns how many bytes are kept.
func (s *Store) Keep(p Place, r io.Reader) (int, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return 0, err
	}
	if len(b) > MaxBytes {
		return 0, ierr.New(ierr.TooLarge, "picture.size", ierr.Args{"limit": MaxBytes >> 20})
	}
	if b, err = shown(b); err != nil {
		return 0, err
	}
	sum := sha256.Sum256(b)
	hash := hex.EncodeToString(sum[:])
	if err := s.write(s.blob(hash), b); err != nil {
		return 0, err
	}
	return len(b), s.write(s.name(p), []byte(hash))
}

// shown returns the bytes that a browser can show. A decoder that panics on a damaged
// picture refuses it.
func shown(b []byte) (out []byte, err error) {
	bad := func(err error) error { return ierr.Wrap(err, ierr.Unsupported, "picture.damaged", nil) }
	defer func() {
		if fault := recover(); fault != nil {
			out, err = nil, bad(fmt.Errorf("%v", fault))
		}
	}()
	if !bytes.HasPrefix(b, []byte("II*\x00")) && !bytes.HasPrefix(b, []byte("MM\x00*")) {
		size, _, err := image.DecodeConfig(bytes.NewReader(b))
		if err != nil {
			return nil, bad(err)
		}
		return b, fits(size)
	}
	size, err := tiff.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, bad(err)
	}
	if err := fits(size); err != nil {
		return nil, err
	}
	img, err := tiff.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, bad(err)
	}
	var made bytes.Buffer
	if err := png.Encode(&made, img); err != nil {
		return nil, bad(err)
	}
	return made.Bytes(), nil
}

func fits(c image.Config) error {
	if c.Width < 1 || c.Height < 1 || c.Width*c.Height > maxPixels || c.Width > 1<<16 || c.Height > 1<<16 {
		return ierr.New(ierr.TooLarge, "picture.pixels", ierr.Args{"limit": maxPixels / 1_000_000})
	}
	return nil
}

func (s *Store) blob(hash string) string { return filepath.Join(s.dir, "files", hash[:2], hash) }

func (s *Store) name(p Place) string {
	key := p.key()
	return filepath.Join(s.dir, "places", key[:2], key)
}

// write makes a file whole and durable under its name; one that is there with the
// same length stays.
func (s *Store) write(name string, b []byte) error {
	if info, err := os.Stat(name); err == nil && info.Size() == int64(len(b)) && strings.HasPrefix(filepath.Dir(name), filepath.Join(s.dir, "files")) {
		return nil
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	if d, err := os.Open(dir); err == nil {
		// Where folders cannot be synced, names are as durable as the system makes them.
		_ = d.Sync()
		d.Close()
	}
	return nil
}

// Find returns the hash of the picture at a place, empty where none is kept.
func (s *Store) Find(p Place) string {
	b, err := os.ReadFile(s.name(p))
	if err != nil || !hashForm.Match(b) {
		return ""
	}
	return string(b)
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Read returns a picture and its media type. NotFound where none has the hash.
func (s *Store) Read(hash string) (b []byte, kind string, err error) {
	missing := func(err error) error { return ierr.Wrap(err, ierr.NotFound, "picture.none", nil) }
	if !hashForm.MatchString(hash) {
		return nil, "", missing(nil)
	}
	b, err = os.ReadFile(s.blob(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", missing(err)
	}
	if err != nil {
		return nil, "", err
	}
	for magic, kind := range map[string]string{"\x89PNG": "image/png", "\xff\xd8\xff": "image/jpeg", "GIF8": "image/gif"} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return b, kind, nil
		}
	}
	return nil, "", missing(nil)
}
