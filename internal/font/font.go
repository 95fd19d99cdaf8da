// Package font holds the typeface of everything that is drawn and printed, Noto
// Sans SC, and measures text with its real advance widths. No kerning is applied:
// the back ends apply none either, so that what is measured is what is drawn.
package font

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the typeface
	"io"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Family is the name of the typeface, as style sheets and documents write it.
const Family = "Noto Sans SC"

// Ascent and Descent are how far text of size 1 is reckoned to reach above and
// below its base line. All letters, figures and Chinese characters keep within
// them; they are narrower than the typeface's own line metrics, which make room for
// stacked accents.
const (
	Ascent  = 0.90
	Descent = 0.26
)

//go:embed NotoSansSC-Regular.ttf.gz
var regularGzip []byte

//go:embed NotoSansSC-Bold.ttf.gz
var boldGzip []byte

// Face is one weight of the typeface. It may be used by many at once.
type Face struct {
	ttf      []byte
	font     *sfnt.Font
	em       fixed.Int26_6 // units of one em, as the size at which outlines are read
	advances []uint16      // units of the em by character, of the basic plane
	notdef   uint16
}

var (
	regular = sync.OnceValue(func() *Face { return open(regularGzip) })
	bold    = sync.OnceValue(func() *Face { return open(boldGzip) })
)

// Of returns the regular or the bold face. The first call for each unpacks it.
func Of(isBold bool) *Face {
	if isBold {
		return bold()
	}
	return regular()
}

// open unpacks an embedded face. It panics when the face is damaged, which the
// tests rule out for what is embedded.
func open(packed []byte) *Face {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("font: " + err.Error())
	}
	ttf, err := io.ReadAll(z)
	if err != nil {
		panic("font: " + err.Error())
	}
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("font: " + err.Error())
	}
	face := &Face{ttf: ttf, font: f, em: fixed.Int26_6(f.UnitsPerEm()), advances: make([]uint16, 1<<16)}
	var b sfnt.Buffer
	face.notdef = face.glyphAdvance(&b, 0)
	for r := range face.advances {
		if g, err := f.GlyphIndex(&b, rune(r)); err != nil || g == 0 {
			face.advances[r] = face.notdef
		} else {
			face.advances[r] = face.glyphAdvance(&b, g)
		}
	}
	return face
}

// glyphAdvance returns the advance width of a glyph in units of the em.
func (f *Face) glyphAdvance(b *sfnt.Buffer, g sfnt.GlyphIndex) uint16 {
	a, err := f.font.GlyphAdvance(b, g, f.em, font.HintingNone)
	if err != nil {
		return uint16(f.em)
	}
	return uint16(a)
}

// advance returns the advance width of a character in units of the em; that of the
// sign for a missing glyph where the face has none.
func (f *Face) advance(r rune) uint16 {
	if r >= 0 && int(r) < len(f.advances) {
		return f.advances[r]
	}
	var b sfnt.Buffer
	if g, err := f.font.GlyphIndex(&b, r); err == nil && g != 0 {
		return f.glyphAdvance(&b, g)
	}
	return f.notdef
}

// Width returns how wide a text is at a size, in units of the size.
func (f *Face) Width(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		sum += int(f.advance(r))
	}
	return float64(sum) * size / float64(f.em)
}

// Advance returns how wide a character is at a size, in units of the size.
func (f *Face) Advance(r rune, size float64) float64 {
	return float64(f.advance(r)) * size / float64(f.em)
}

// TTF returns the face as a TrueType file, to embed in documents. It must not be
// changed.
func (f *Face) TTF() []byte { return f.ttf }

// Outline returns the outline of a character at a size, relative to its place on
// the base line, y downwards; the outline of the sign for a missing glyph where the
// face has none.
func (f *Face) Outline(b *sfnt.Buffer, r rune, size float64) (sfnt.Segments, error) {
	g, err := f.font.GlyphIndex(b, r)
	if err != nil {
		return nil, err
	}
	return f.font.LoadGlyph(b, g, fixed.Int26_6(size*64), nil)
}

// Width returns how wide a text is at a size in the regular or the bold face.
func Width(text string, size float64, bold bool) float64 { return Of(bold).Width(text, size) }
