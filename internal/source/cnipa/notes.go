package cnipa

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/xmlrec"
)

// notes reads the values of one record and remembers what was wrong with them.
type notes struct{ cnfield.Flags }

// value returns the text of n, empty for the zeros that both layouts fill empty
// elements with.
func (r *notes) value(n *xmlrec.Node) string {
	v := n.Value()
	if cnfield.Zero(v) {
		r.Add("placeholder.zero", n.Name, "")
		return ""
	}
	if entity := unknownEntity(v); entity != "" {
		r.Add("entity.unknown", n.Name, entity)
	}
	return v
}

// day returns the date in n.
func (r *notes) day(n *xmlrec.Node) date.Date {
	v := r.value(n)
	if v == "" {
		return 0
	}
	return cnfield.Day(v, n.Name, &r.Flags)
}

// zeros marks the children of n that hold nothing but zeros as read.
func (r *notes) zeros(n *xmlrec.Node) {
	if n == nil {
		return
	}
	for _, c := range n.Children {
		if c.Name != "" && cnfield.Zero(c.Peek()) {
			r.value(c.Use())
		}
	}
}

// paragraphs returns the text of paragraphs, one a line, without pictures,
// tables and deposits, which stay unread.
func (r *notes) paragraphs(ps []*xmlrec.Node) string {
	var lines []string
	for _, p := range ps {
		if text := p.Text(leave); text != "" {
			if entity := unknownEntity(text); entity != "" {
				r.Add("entity.unknown", p.Name, entity)
			}
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// leave names the elements of running text that hold no words of it.
func leave(name string) bool {
	_, local, ok := strings.Cut(name, ":")
	if !ok {
		local = name
	}
	switch local {
	case "Image", "img", "Figure", "figure", "Tables", "tables", "table", "bio-deposit", "BioDeposit", "AbstractFigure":
		return true
	}
	return false
}

// unknownEntity returns the first entity in s that its DTD would have resolved.
func unknownEntity(s string) string {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return ""
		}
		s = s[i:]
		end := strings.IndexByte(s, ';')
		if end > 1 && end <= 32 && strings.IndexFunc(s[1:end], func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
		}) < 0 {
			return s[:end+1]
		}
		s = s[1:]
	}
}

// agency splits the code, five digits, from the end of an agency's name:
// "上海专利商标事务所有限公司 31100".
func agency(s string) (name, code string) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 || len(s)-i-1 != 5 || strings.Trim(s[i+1:], "0123456789") != "" {
		return s, ""
	}
	return strings.TrimSpace(s[:i]), s[i+1:]
}

// address fills in the address of a party from one text, which a postcode leads
// in China.
func (r *notes) address(p *record.Party, s, field string) {
	code, address, unclear := cnfield.Postcode(s)
	if unclear {
		r.Add("postcode.unclear", field, "")
	}
	p.Address = address
	if code != "" {
		p.Postcode = code
	}
}

// filing is a filing that a document refers to, nil where there is nothing in it.
func filing(relation, office, number string, day date.Date) []record.Filing {
	if number == "" && day == 0 {
		return nil
	}
	return []record.Filing{{Relation: relation, Office: office, Number: number, Date: day}}
}

// priority names the relation of a priority claim by its kind attribute.
func priority(kind string) string {
	if kind == "national" || kind == "domestic" {
		return "domestic_priority"
	}
	return "priority"
}

// cited writes a cited document as the gazette prints it: "CN1719946A,2006.01.11".
func cited(office, number, code string, day date.Date) string {
	s := office + number + code
	if day != 0 && s != "" {
		s += "," + strings.ReplaceAll(day.String(), "-", ".")
	}
	return s
}

// lang returns a language tag in lower case, Chinese where none is given.
func lang(s string) string {
	if s = strings.ToLower(s); s == "" || s == "cn" {
		return "zh"
	}
	return s
}

// addText adds text in a language that is not there yet.
func addText(list []record.Text, tag, text string) []record.Text {
	if text == "" {
		return list
	}
	for _, t := range list {
		if t.Lang == tag {
			return list
		}
	}
	return append(list, record.Text{Lang: tag, Text: text})
}

// check adds what a document says of itself that cannot be.
func (r *notes) check(d *record.Document) {
	if len(d.Titles) == 0 {
		r.Add("title.missing", "title", "")
	}
	if k := record.KindOfApplicationCN(d.Application.Number); k != "" && k != d.Kind {
		r.Add("application_number.kind", "application", "")
	}
	if d.Published != 0 && d.Application.Filed > d.Published {
		r.Add("date.order", "application", "")
	}
}

// class adds the symbol in s, or flags it.
func (r *notes) class(d *record.Document, parse func(string) (record.Class, error), s, version, field string) {
	if s == "" {
		return
	}
	c, err := parse(s)
	if err != nil {
		r.Add("class.unreadable", field, s)
		return
	}
	if c.Version == "" {
		c.Version = version
	}
	d.Classes = append(d.Classes, c)
}
