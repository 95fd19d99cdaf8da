package publish

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
)

// The content types and relations of parts (ISO/IEC 29500-1, 29500-2).
const (
	contentWord      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	contentDocument  = contentWord + "document.main+xml"
	contentFootnotes = contentWord + "footnotes+xml"
	contentStyles    = contentWord + "styles+xml"
	contentSettings  = contentWord + "settings+xml"
	contentNumbering = contentWord + "numbering+xml"
	contentHeader    = contentWord + "header+xml"
	contentFooter    = contentWord + "footer+xml"
	contentCore      = "application/vnd.openxmlformats-package.core-properties+xml"
	contentApp       = "application/vnd.openxmlformats-officedocument.extended-properties+xml"

	relOffice    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relDocument  = relOffice + "officeDocument"
	relFootnotes = relOffice + "footnotes"
	relStyles    = relOffice + "styles"
	relSettings  = relOffice + "settings"
	relNumbering = relOffice + "numbering"
	relHeader    = relOffice + "header"
	relFooter    = relOffice + "footer"
	relImage     = relOffice + "image"
	relHyperlink = relOffice + "hyperlink"
	relApp       = relOffice + "extended-properties"
	relCore      = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)

// xmlHead begins every part.
const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// wordSpaces are the names of the vocabularies of a part of a document.
const wordSpaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// ooxml is a package of parts. Its bytes are the same for the same parts.
type ooxml struct{ parts []*ooxmlPart }

// ooxmlPart is a part in the making, with what it refers to.
type ooxmlPart struct {
	bytes.Buffer
	name, content string
	relations     []relation
}

type relation struct {
	kind, target string
	outside      bool // an address
}

// part adds a part to the package.
func (p *ooxml) part(name, content string) *ooxmlPart {
	out := &ooxmlPart{name: name, content: content}
	p.parts = append(p.parts, out)
	return out
}

// open begins a part of a document.
func (p *ooxmlPart) open(root string) { p.add(xmlHead, "<", root, wordSpaces, ">\n") }

// add writes to the part.
func (p *ooxmlPart) add(xml ...string) {
	for _, s := range xml {
		p.WriteString(s)
	}
}

// relate names what the part refers to, and returns the id of that.
func (p *ooxmlPart) relate(kind, target string) string {
	return p.related(relation{kind, target, false})
}

// link names an address that the part refers to.
func (p *ooxmlPart) link(address string) string {
	return p.related(relation{relHyperlink, address, true})
}

func (p *ooxmlPart) related(r relation) string {
	for i, have := range p.relations {
		if have == r {
			return relationID(i)
		}
	}
	p.relations = append(p.relations, r)
	return relationID(len(p.relations) - 1)
}

func relationID(i int) string { return fmt.Sprintf("rId%d", i+1) }

// write writes the package as a file.
func (p *ooxml) write(w io.Writer) error {
	z := zip.NewWriter(w)
	root := &ooxmlPart{}
	types := xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>`
	for _, x := range p.parts {
		if x.content != "" {
			types += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s"/>`, x.name, x.content)
		}
		switch x.content {
		case contentDocument:
			root.relate(relDocument, x.name)
		case contentCore:
			root.relate(relCore, x.name)
		case contentApp:
			root.relate(relApp, x.name)
		}
	}
	if err := zipped(z, "[Content_Types].xml", []byte(types+"</Types>")); err != nil {
		return err
	}
	if err := zipped(z, "_rels/.rels", root.relationships()); err != nil {
		return err
	}
	for _, x := range p.parts {
		if len(x.relations) > 0 {
			if err := zipped(z, path.Dir(x.name)+"/_rels/"+path.Base(x.name)+".rels", x.relationships()); err != nil {
				return err
			}
		}
		if err := zipped(z, x.name, x.Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}

func (p *ooxmlPart) relationships() []byte {
	var b bytes.Buffer
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range p.relations {
		mode := ""
		if r.outside {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s" Target="%s"%s/>`, relationID(i), r.kind, esc(r.target), mode)
	}
	b.WriteString("</Relationships>")
	return b.Bytes()
}

// zipTime is the time of all files: the earliest that archives can tell.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// zipped adds a file to an archive. Pictures are packed already.
func zipped(z *zip.Writer, name string, b []byte) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime}
	if strings.HasSuffix(name, ".png") {
		h.Method = zip.Store
	}
	f, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}
