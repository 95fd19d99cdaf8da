package record

import (
	"strconv"
	"strings"
)

// Keys returns the numbers that tie a document to its right: the sound
// application number first, where there is one, then the publication's or
// registration's key. A notice that names neither has none.
func (d *Document) Keys() []string {
	var keys []string
	if !d.Kind.IsPatent() && d.Kind != "" {
		return d.registerKeys()
	}
	if n := d.Application.Number; n != "" {
		if _, err := ParseApplicationCN(n); d.Office != "CN" || err == nil {
			keys = append(keys, "app:"+d.Office+n)
		}
	}
	if d.Number != "" {
		keys = append(keys, Publication{d.Office, d.Number, d.Code}.RightKey())
	}
	return keys
}

// registerKeys are the keys of what is registered under a number of its kind's
// own: registration number and, where it is another one, that of the application.
func (d *Document) registerKeys() []string {
	prefix := d.Kind.Prefix()
	var keys []string
	if d.Application.Number != "" && d.Application.Number != d.Number {
		keys = append(keys, prefix+"-app:"+d.Office+d.Application.Number)
	}
	if d.Number != "" {
		keys = append(keys, prefix+":"+d.Office+d.Number)
	}
	return keys
}

// DocID names the document: a patent's publication number in one piece,
// "CN109996757A"; the short name of the kind's number space and the number of
// other rights, "tm:CN47123456"; of a notice, its right, day and first event.
func (d *Document) DocID() string {
	if d.Notice {
		return d.noticeID()
	}
	if prefix := d.Kind.Prefix(); prefix != "" {
		if keys := d.registerKeys(); len(keys) > 0 {
			return keys[len(keys)-1]
		}
		return prefix + ":" + d.Office
	}
	if d.Number == "" && d.Application.Number != "" {
		return "app:" + d.Office + d.Application.Number
	}
	return d.Office + d.Number + d.Code
}

func (d *Document) noticeID() string {
	var b strings.Builder
	b.WriteString("notice:")
	if keys := d.Keys(); len(keys) > 0 {
		b.WriteString(keys[0])
	}
	b.WriteByte('@')
	b.WriteString(strconv.Itoa(int(d.Published)))
	if len(d.Events) > 0 {
		b.WriteByte('/')
		b.WriteString(d.Events[0].Code)
		b.WriteString(d.Events[0].Number)
	}
	return b.String()
}
