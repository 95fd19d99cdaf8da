// Package charset tells which encoding an official file is written in and turns
// it into UTF-8, saying where bytes did not belong to it.
package charset

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Encoding names an encoding that files are read in.
type Encoding string

// The encodings. Undecided is what a beginning of ASCII alone gives: it means
// the same in UTF-8 and in GB18030.
const (
	Undecided Encoding = ""
	UTF8      Encoding = "UTF-8"
	GB18030   Encoding = "GB18030" // GBK and GB2312 are parts of it
	UTF16LE   Encoding = "UTF-16LE"
	UTF16BE   Encoding = "UTF-16BE"
)

// Named returns the encoding that an XML declaration or a header names, and
// whether it is one of these.
func Named(name string) (Encoding, bool) {
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return UTF8, true
	case "gb18030", "gbk", "gb2312", "gb_2312-80", "cp936", "windows-936":
		return GB18030, true
	case "utf-16le":
		return UTF16LE, true
	case "utf-16be":
		return UTF16BE, true
	}
	return Undecided, false
}

// Mark returns the encoding that a byte order mark names and its length, which
// is 0 where there is none.
func Mark(head []byte) (Encoding, int) {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return UTF8, 3
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return UTF16LE, 2
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return UTF16BE, 2
	}
	return Undecided, 0
}

// Sniff tells the encoding of a text from its beginning and how many bytes of
// byte order mark lead it. UTF-8 is tried first, since its rules are the
// stricter ones; of text that fits neither, the encoding with far fewer wrong
// characters is taken, if at most one in a hundred is wrong. ok is false for
// anything else.
func Sniff(head []byte) (enc Encoding, bom int, ok bool) {
	if enc, bom = Mark(head); bom > 0 {
		return enc, bom, true
	}
	switch {
	case bytes.IndexByte(head, 0) >= 0:
		return Undecided, 0, false
	case ASCII(head):
		return Undecided, 0, true
	}
	good8, bad8 := 0, 0
	if !utf8.Valid(head) {
		good8, bad8 = countUTF8(head)
	}
	if bad8 == 0 {
		return UTF8, 0, true
	}
	goodGB, badGB := countGB18030(head)
	if badGB == 0 {
		return GB18030, 0, true
	}
	if bad8*100 <= good8 {
		return UTF8, 0, true
	}
	if badGB*100 <= goodGB {
		return GB18030, 0, true
	}
	return Undecided, 0, false
}

// ASCII tells whether b holds ASCII alone.
func ASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// countUTF8 counts the characters beyond ASCII that are well formed and those
// that are not. A character cut off at the end counts as neither.
func countUTF8(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case !utf8.FullRune(b):
			return good, bad
		default:
			bad++
		}
		b = b[n:]
	}
	return good, bad
}

// countGB18030 does the same by the form of GB 18030: two bytes 81–FE and
// 40–7E or 80–FE, or four, of which the second and fourth are digits.
func countGB18030(b []byte) (good, bad int) {
	for len(b) > 0 {
		switch n := widthGB18030(b); {
		case b[0] < 0x80:
			b = b[1:]
		case n < 0:
			return good, bad
		case n == 0:
			bad++
			b = b[1:]
		default:
			good++
			b = b[n:]
		}
	}
	return good, bad
}

// widthGB18030 returns the bytes of the character that b begins with, 0 when it
// is malformed and -1 when b ends inside it.
func widthGB18030(b []byte) int {
	lead := func(c byte) bool { return c >= 0x81 && c <= 0xFE }
	digit := func(c byte) bool { return c >= 0x30 && c <= 0x39 }
	switch {
	case !lead(b[0]):
		return 0
	case len(b) < 2:
		return -1
	case b[1] >= 0x40 && b[1] != 0x7F && b[1] != 0xFF:
		return 2
	case !digit(b[1]):
		return 0
	case len(b) < 3:
		return -1
	case !lead(b[2]):
		return 0
	case len(b) < 4:
		return -1
	case !digit(b[3]):
		return 0
	}
	return 4
}

func (e Encoding) encoding() encoding.Encoding {
	switch e {
	case GB18030:
		return simplifiedchinese.GB18030
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// NewReader returns r as UTF-8, with U+FFFD for what does not belong to e.
// UTF-8 is passed as it is.
func (e Encoding) NewReader(r io.Reader) io.Reader {
	if enc := e.encoding(); enc != nil {
		return enc.NewDecoder().Reader(r)
	}
	return r
}

// NewWriter returns a writer that turns UTF-8 into e. What e has no character
// for is an error of Write.
func (e Encoding) NewWriter(w io.Writer) io.Writer {
	if enc := e.encoding(); enc != nil {
		return enc.NewEncoder().Writer(w)
	}
	return w
}

// A Decoder turns pieces of text into UTF-8, such as the fields of a row. It
// is not for use by several goroutines at once.
type Decoder struct {
	decoder *encoding.Decoder
	out     []byte
}

// NewDecoder returns a decoder for e.
func (e Encoding) NewDecoder() *Decoder {
	d := &Decoder{}
	if enc := e.encoding(); enc != nil {
		d.decoder = enc.NewDecoder()
	}
	return d
}

// String returns b as UTF-8, and whether all of it belonged to the encoding;
// what did not stands as U+FFFD.
func (d *Decoder) String(b []byte) (string, bool) {
	if ASCII(b) {
		return string(b), true
	}
	if d.decoder == nil {
		if utf8.Valid(b) {
			return string(b), true
		}
		return strings.ToValidUTF8(string(b), "\uFFFD"), false
	}
	if len(d.out) < 3*len(b) {
		d.out = make([]byte, 3*len(b)) // no encoding here grows more
	}
	d.decoder.Reset()
	n, _, err := d.decoder.Transform(d.out, b, true)
	s := string(d.out[:n])
	return s, err == nil && !strings.Contains(s, "\uFFFD")
}
