package st96

import (
	"regexp"
	"strings"

	"onewindow/internal/source/xmlrec"
)

// citation is a cited patent document. Printed it is one line,
// "US6054363A,2000.04, Sakaguchi et al.", whose day may lack its end.
type citation struct{ office, number, code, day, by string }

func (c citation) String() string {
	s := c.office + c.number + c.code
	if c.day != "" {
		s += "," + strings.ReplaceAll(c.day, "-", ".")
	}
	if c.by != "" {
		s += ", " + c.by
	}
	return s
}

var printed = regexp.MustCompile(`^([A-Z]{2})([A-Z]?[0-9][0-9/-]*)([A-Z][0-9]?)?(?:,([0-9]{4}(?:\.[0-9]{2}){0,2}))?(?:, (\S.*))?$`)

// parseCitation reads a printed line; false where it is no patent document.
func parseCitation(s string) (citation, bool) {
	m := printed.FindStringSubmatch(s)
	if m == nil {
		return citation{}, false
	}
	c := citation{m[1], m[2], m[3], strings.ReplaceAll(m[4], ".", "-"), m[5]}
	return c, c.String() == s
}

// cited reads the identification of a cited patent document.
func (r *reader) cited(n *xmlrec.Node) {
	c := citation{
		office: n.Child("IPOfficeCode").Value(), number: n.Child("DocumentNumber").Value(), code: n.Child("PatentDocumentKindCode").Value(),
		day: n.Child("PatentDocumentDate").Value(), by: n.Child("EntityName").Value(),
	}
	r.print(c.String())
}

func (r *reader) print(line string) {
	if line != "" {
		r.doc.Cited = append(r.doc.Cited, line)
	}
}
