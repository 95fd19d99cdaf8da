package publish

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// faces are the names that the faces of the document have in it: those of subsets
// begin with a tag (ISO 32000-1, 9.6.4).
var faces = strings.NewReplacer("/utf8"+regularFace, "/AAAAAA+NotoSansSC-Regular", "/utf8"+boldFace, "/AAAAAB+NotoSansSC-Bold")

// finish gives the file its structure, its links, and what it says of itself.
func (b *book) finish(f *file, sheets []*sheet) error {
	for i, o := range f.objects {
		if bytes.Contains(o, []byte("/utf8xxx")) && !bytes.HasSuffix(o, []byte("endstream")) {
			f.objects[i] = []byte(faces.Replace(string(o)))
		}
	}
	t := &tagger{book: b, file: f, number: map[*element]int{}, marks: make([][]*element, len(sheets))}
	tree, err := t.tree(sheets)
	if err != nil {
		return err
	}
	f.set(f.info, b.info())
	return f.extend(f.root, fmt.Sprintf("/Lang %s/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R/ViewerPreferences<</DisplayDocTitle true>>", literal(b.doc.Lang), tree, f.add(b.metadata())))
}

// info says what the document is.
func (b *book) info() []byte {
	out := fmt.Sprintf("<</Title %s/Author %s/Producer (OneWindow)", literal(b.fullTitle()), literal(b.doc.Publisher))
	if day, ok := b.releaseDay(); ok {
		out += fmt.Sprintf("/CreationDate (D:%[1]s000000Z)/ModDate (D:%[1]s000000Z)", day.Format("20060102"))
	}
	return []byte(out + ">>")
}

// releaseDay is the day of the edition's release; ok is false for a proof.
func (b *book) releaseDay() (day time.Time, ok bool) {
	d := int(b.Released)
	if d == 0 {
		return day, false
	}
	return time.Date(d/10000, time.Month(d/100%100), d%100, 0, 0, 0, 0, time.UTC), true
}

// fullTitle is the document's title, which says so where it is a sample.
func (b *book) fullTitle() string {
	if b.Sample() {
		return "[" + b.t("paper.sample.word", nil) + "] " + b.doc.Title
	}
	return b.doc.Title
}

// metadata says the same as info in XMP (ISO 16684-1).
func (b *book) metadata() []byte {
	dates := ""
	if day, ok := b.releaseDay(); ok {
		d := day.Format("2006-01-02")
		dates = "<xmp:CreateDate>" + d + "</xmp:CreateDate><xmp:ModifyDate>" + d + "</xmp:ModifyDate>"
	}
	body := `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + esc(b.fullTitle()) + `</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>` + esc(b.doc.Publisher) + `</rdf:li></rdf:Seq></dc:creator>` +
		`<dc:language><rdf:Bag><rdf:li>` + b.doc.Lang + `</rdf:li></rdf:Bag></dc:language><dc:identifier>` + esc(b.Name()) + `</dc:identifier><pdf:Producer>OneWindow</pdf:Producer>` + dates +
		`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
	return fmt.Appendf(nil, "<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream", len(body), body)
}

// literal writes a text as a string of a file.
func literal(s string) string {
	var out strings.Builder
	out.WriteString("<FEFF")
	for _, c := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&out, "%04X", c)
	}
	return out.String() + ">"
}
