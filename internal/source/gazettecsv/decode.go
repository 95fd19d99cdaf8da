package gazettecsv

import (
	"fmt"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/delimited"
	"onewindow/internal/source/entry"
)

// table is what is known of a member once its first rows have been seen; it
// does not change while rows are decoded.
type table struct {
	header header
	kind   record.Kind // kind of nearly all first rows, empty when they are mixed
}

// decode turns rows into entries, one each, in order.
func (t *table) decode(rows []delimited.Row, enc charset.Encoding, unread *entry.Unread) []entry.Entry {
	out := make([]entry.Entry, len(rows))
	decoder := enc.NewDecoder()
	counts := make([]int64, len(t.header.names)+1)
	var cells []string
	for i, r := range rows {
		out[i] = entry.Entry{Row: r.Number, Line: r.Line, Offset: r.Offset}
		if r.Reject != nil {
			out[i].Reject = r.Reject
			continue
		}
		text, sound := decoder.String(r.Raw)
		cells, _ = delimited.Cells(cells[:0], text, ',')
		t.countUnread(cells, counts)
		out[i].Doc, out[i].Reject = t.document(cells, text, sound)
	}
	for i, n := range counts {
		switch {
		case n == 0:
		case i == len(t.header.names):
			unread.Add("beyond the header", n)
		case t.header.names[i] == "":
			unread.Add(fmt.Sprintf("column %d", i+1), n)
		default:
			unread.Add(t.header.names[i], n)
		}
	}
	return out
}

// countUnread counts the cells that hold something and that nothing reads; those
// beyond the header in the last count.
func (t *table) countUnread(cells []string, counts []int64) {
	for i, cell := range cells {
		if cell == "" || t.header.read(i) {
			continue
		}
		counts[min(i, len(counts)-1)]++
	}
}

// document reads one row. sound tells that all its bytes belonged to the
// encoding.
func (t *table) document(cells []string, text string, sound bool) (*record.Document, *entry.Reject) {
	h := &t.header
	number := h.cell(cells, colNumber)
	if number == "" {
		return nil, entry.Refuse("number.missing", ierr.Args{"column": h.names[h.at[colNumber]]}, text)
	}
	pub, err := record.ParsePublicationCN(number)
	if err != nil {
		return nil, entry.Refuse("number.unreadable", ierr.Args{"number": entry.Clip(number)}, text)
	}
	var f cnfield.Flags
	d := &record.Document{Office: pub.Office, Number: pub.Digits, Code: pub.Code, Kind: pub.Kind()}
	t.flagRow(d, cells, sound, &f)

	if title := h.cell(cells, colTitle); title != "" {
		d.Titles = []record.Text{{Lang: "zh", Text: title}}
	} else {
		f.Add("title.missing", colTitle.String(), "")
	}
	if abstract := h.cell(cells, colAbstract); abstract != "" {
		d.Abstracts = []record.Text{{Lang: "zh", Text: abstract}}
	}
	d.Published = cnfield.Day(h.cell(cells, colPublished), colPublished.String(), &f)
	d.Issued = d.Published
	if h.at[colFilingID] >= 0 {
		d.Application.Raw = h.cell(cells, colFilingID)
		d.Application.Number = cnfield.Application(d.Application.Raw, colFilingID.String(), &f)
		if k := record.KindOfApplicationCN(d.Application.Number); k != "" && k != d.Kind {
			f.Add("application_number.kind", colFilingID.String(), "")
		}
	}
	d.Application.Filed = cnfield.Day(h.cell(cells, colFiled), colFiled.String(), &f)
	if d.Application.Filed > d.Published && d.Published != 0 {
		f.Add("date.order", colFiled.String(), "")
	}
	d.Parties = t.parties(cells, d.Code, &f)
	d.Classes = classes(h.cell(cells, colClasses), d.Kind, &f)
	d.Flags = f.List
	return d, nil
}

// flagRow flags what concerns the row as a whole.
func (t *table) flagRow(d *record.Document, cells []string, sound bool, f *cnfield.Flags) {
	if d.Code == "" {
		f.Add("kind_code.missing", colNumber.String(), "")
	}
	if t.kind != "" && t.kind != d.Kind {
		f.Add("kind.not_of_file", colNumber.String(), "")
	}
	if t.header.swapped {
		f.Add("columns.swapped", colAddress.String(), "")
		f.Add("columns.swapped", colPerson.String(), "")
	}
	if len(cells) < len(t.header.names) {
		f.List = append(f.List, record.Flag{Code: "row.short"})
	}
	if len(cells) > len(t.header.names) && strings.Join(cells[len(t.header.names):], "") != "" {
		f.List = append(f.List, record.Flag{Code: "row.long"})
	}
	if !sound {
		for c := range columns {
			if cell := t.header.cell(cells, c); strings.ContainsRune(cell, '\uFFFD') {
				f.Add("text.encoding", c.String(), cell)
			}
		}
	}
}

// parties reads owners, inventors and agents. The address is the first owner's:
// the gazette prints no other. Before grant, under code A, owners are applicants.
func (t *table) parties(cells []string, code string, f *cnfield.Flags) []record.Party {
	role := record.Holder
	if strings.HasPrefix(code, "A") {
		role = record.Applicant
	}
	out := make([]record.Party, 0, 4)
	out = parties(out, t.header.cell(cells, colOwner), colOwner, role, f)
	if address := t.header.cell(cells, colAddress); address != "" {
		if len(out) > 0 {
			out[0].Postcode, out[0].Address = postcode(address, f)
		} else {
			f.Add("owner.missing", colOwner.String(), address)
		}
	}
	out = parties(out, t.header.cell(cells, colPerson), colPerson, record.Inventor, f)
	out = parties(out, t.header.cell(cells, colAgency), colAgency, record.Agency, f)
	out = parties(out, t.header.cell(cells, colAgent), colAgent, record.Agent, f)
	if len(out) == 0 {
		return nil
	}
	return out
}
