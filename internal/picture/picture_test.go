package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	"onewindow/internal/ierr"
)

func made(t testing.TB) image.Image {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 20, 10))
	img.Set(3, 4, color.RGBA{200, 0, 0, 255})
	return img
}

func asPNG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, made(t)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesAreFoundBesideTheEntryThatNamesThem(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "pictures"))
	for _, c := range []struct {
		at, entry Place
		name      string
	}{
		{Place{1, "/d/marks/7.png", ""}, Place{1, "/d/marks/all.xml", ""}, "7.PNG"},
		{Place{1, "/d/marks/img/8.png", ""}, Place{1, "/d/marks/all.xml", ""}, `img\8.png`},
		{Place{2, "/d/a.zip", "x/1.png"}, Place{2, "/d/a.zip", "x/doc.xml"}, "1.png"},
		{Place{2, "/d/a.zip", "in.zip!1.png"}, Place{2, "/d/a.zip", "in.zip!doc.xml"}, "1.png"},
	} {
		if s.Find(c.entry.Beside(c.name)) != "" {
			t.Errorf("%+v is there before it came", c.at)
		}
		if n, err := s.Keep(c.at, bytes.NewReader(asPNG(t))); err != nil || n != len(asPNG(t)) {
			t.Fatal(err)
		}
		hash := s.Find(c.entry.Beside(c.name))
		b, kind, err := s.Read(hash)
		if err != nil || kind != "image/png" || !bytes.Equal(b, asPNG(t)) {
			t.Errorf("%+v: %q, %s, %v", c.at, hash, kind, err)
		}
		other := c.entry
		other.Delivery = 9
		if s.Find(other.Beside(c.name)) != "" {
			t.Error("a picture of another delivery is found")
		}
	}
	files, _ := filepath.Glob(filepath.Join(s.dir, "files", "*", "*"))
	if len(files) != 1 {
		t.Errorf("one picture is kept %d times", len(files))
	}
}

func TestATIFFIsShownAsAPNG(t *testing.T) {
	s := Open(t.TempDir())
	var b bytes.Buffer
	if err := tiff.Encode(&b, made(t), nil); err != nil {
		t.Fatal(err)
	}
	p := Place{1, "/d/1.tif", ""}
	if _, err := s.Keep(p, &b); err != nil {
		t.Fatal(err)
	}
	if _, kind, err := s.Read(s.Find(p)); err != nil || kind != "image/png" {
		t.Errorf("%s, %v", kind, err)
	}
}

// header is the beginning of a PNG of a size.
func header(width, height uint32) []byte {
	chunk := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	chunk = append(binary.BigEndian.AppendUint32(chunk, height), 8, 0, 0, 0, 0)
	b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), uint32(len(chunk)-4))
	b = append(b, chunk...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(chunk))
	return append(b, "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"...)
}

func TestPicturesWithinTheLimitsAreKept(t *testing.T) {
	s := Open(t.TempDir())
	for _, size := range [][2]uint32{{8000, 5000}, {1 << 16, 1}, {1, 1}} {
		if _, err := s.Keep(Place{1, "/d/x", ""}, bytes.NewReader(header(size[0], size[1]))); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	s := Open(t.TempDir())
	whole := asPNG(t)
	for name, c := range map[string]struct {
		bytes []byte
		kind  ierr.Kind
	}{
		"text":              {[]byte("<svg onload='x'/>"), ierr.Unsupported},
		"cut short":         {whole[:12], ierr.Unsupported},
		"too long":          {append(whole, make([]byte, MaxBytes)...), ierr.TooLarge},
		"too wide":          {bytes.Replace(whole, []byte{0, 0, 0, 20, 0, 0, 0, 10}, []byte{0x7f, 0, 0, 0, 0x7f, 0, 0, 0}, 1), ierr.Unsupported},
		"too many pixels":   {header(8000, 5001), ierr.TooLarge},
		"longer than 2^16":  {header(1<<16+1, 1), ierr.TooLarge},
		"a TIFF of nothing": {[]byte("II*\x00\x00\x00\x00\x00"), ierr.Unsupported},
	} {
		if _, err := s.Keep(Place{1, "/d/x", ""}, bytes.NewReader(c.bytes)); ierr.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %s", name, err, c.kind)
		}
	}
	for _, hash := range []string{"", "../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("A", 64)} {
		if _, _, err := s.Read(hash); ierr.KindOf(err) != ierr.NotFound {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the archive is cut") }

func TestABrokenReadLeavesNothing(t *testing.T) {
	s := Open(t.TempDir())
	if _, err := s.Keep(Place{1, "/d/x.png", ""}, broken{}); err == nil {
		t.Error("kept")
	}
	// What a killed process leaves is no picture.
	hash := strings.Repeat("ab", 32)
	if err := os.MkdirAll(filepath.Dir(s.blob(hash)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(s.blob(hash)), ".new-1"), asPNG(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Read(hash); ierr.KindOf(err) != ierr.NotFound {
		t.Error(err)
	}
}

func FuzzKeep(f *testing.F) {
	f.Add(asPNG(f))
	f.Add([]byte("II*\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := Open(t.TempDir())
		p := Place{1, "/x", ""}
		if _, err := s.Keep(p, bytes.NewReader(b)); err == nil {
			if _, _, err := s.Read(s.Find(p)); err != nil {
				t.Error(err)
			}
		}
	})
}
