package gazettecsv

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/charset"
)

// Options say how a table is written: cleanly, or with the damage that real
// ones show.
type Options struct {
	Encoding charset.Encoding // GB18030 or UTF8; GB18030 by default
	BOM      bool             // a byte order mark leads the file, in UTF-8
	Chinese  bool             // the header's names in Chinese
	CRLF     bool             // lines end as on Windows

	SwapColumns       bool // address and designer hold each other's content
	SpreadsheetDigits int  // digits that a spreadsheet left of application numbers without X: 3 gives "2.02E+12"; 0 leaves them whole
	LostSpaces        bool // "甲;??乙" instead of a space behind the semicolon
	TrailingSeparator bool // "甲;"
	Padding           bool // two spaces behind the classes
}

// chineseNames are the names of the columns in Chinese.
var chineseNames = [columns]string{
	"名称", "公开（公告）号", "公开（公告）日", "申请号", "申请日", "申请（专利权）人", "发明（设计）人", "地址", "分类号", "摘要", "代理机构", "代理人",
}

// Writer writes documents as rows of the gazette's table.
type Writer struct {
	out     *bufio.Writer
	encoded io.Writer
	options Options
	columns []column
	rows    int
	err     error
}

// NewWriter returns a writer to w. Flush must be called at the end.
func NewWriter(w io.Writer, o Options) *Writer {
	if o.Encoding == "" {
		o.Encoding = charset.GB18030
	}
	order := []column{colTitle, colNumber, colPublished, colFilingID, colFiled, colOwner, colPerson, colAddress, colClasses}
	out := bufio.NewWriter(w)
	t := &Writer{out: out, encoded: o.Encoding.NewWriter(out), options: o, columns: order}
	if o.BOM {
		t.write("\uFEFF")
	}
	header := []string{"item"}
	if o.Chinese {
		header[0] = "序号"
	}
	for _, c := range order {
		if o.Chinese {
			header = append(header, chineseNames[c])
		} else {
			header = append(header, columnNames[c])
		}
	}
	t.row(header)
	return t
}

// Write writes one row. It fails when the underlying writer does.
func (t *Writer) Write(d *record.Document) error {
	t.rows++
	cells := []string{strconv.Itoa(t.rows)}
	for _, c := range t.columns {
		if t.options.SwapColumns && c == colAddress {
			c = colPerson
		} else if t.options.SwapColumns && c == colPerson {
			c = colAddress
		}
		cells = append(cells, t.cell(d, c))
	}
	t.row(cells)
	return t.err
}

// Flush writes what is buffered.
func (t *Writer) Flush() error {
	if t.err != nil {
		return t.err
	}
	return t.out.Flush()
}

func (t *Writer) cell(d *record.Document, c column) string {
	switch c {
	case colTitle:
		if len(d.Titles) > 0 {
			return d.Titles[0].Text
		}
	case colNumber:
		return d.DocID()
	case colPublished:
		return strings.ReplaceAll(d.Published.String(), "-", ".")
	case colFilingID:
		return t.filingID(d.Application.Raw)
	case colFiled:
		return strings.ReplaceAll(d.Application.Filed.String(), "-", ".")
	case colOwner:
		return t.join(names(d, record.Applicant, record.Holder))
	case colPerson:
		return t.join(names(d, record.Inventor))
	case colAddress:
		if p := d.Principal(); p != nil {
			return p.Postcode + p.Address
		}
	case colClasses:
		var list []string
		for _, s := range d.Classes {
			list = append(list, classText(s))
		}
		cell := t.join(list)
		if t.options.Padding {
			cell += "  "
		}
		return cell
	}
	return ""
}

// filingID writes an application number, as a spreadsheet leaves it where it is
// one for it.
func (t *Writer) filingID(raw string) string {
	bare := strings.ReplaceAll(raw, ".", "")
	f, err := strconv.ParseFloat(bare, 64)
	if t.options.SpreadsheetDigits == 0 || err != nil {
		return raw
	}
	return strconv.FormatFloat(f, 'E', t.options.SpreadsheetDigits-1, 64)
}

func (t *Writer) join(list []string) string {
	separator := ";\u2002"
	if t.options.LostSpaces {
		separator = ";??"
	}
	cell := strings.Join(list, separator)
	if t.options.TrailingSeparator && cell != "" {
		cell += ";"
	}
	return cell
}

func names(d *record.Document, roles ...record.Role) []string {
	var out []string
	for i := range d.Parties {
		for _, role := range roles {
			if d.Parties[i].Role == role {
				out = append(out, d.Parties[i].Name())
			}
		}
	}
	return out
}

func classText(c record.Class) string {
	switch {
	case c.Scheme == record.Locarno && c.Version != "":
		return c.Symbol + " (" + c.Version + ")"
	case c.Version != "":
		return c.Symbol + "(" + c.Version + ")" + c.Value
	}
	return c.Symbol
}

// row writes cells, quoted where they have to be.
func (t *Writer) row(cells []string) {
	for i, c := range cells {
		if strings.ContainsAny(c, ",\"\n\r") {
			cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
	}
	end := "\n"
	if t.options.CRLF {
		end = "\r\n"
	}
	t.write(strings.Join(cells, ",") + end)
}

func (t *Writer) write(s string) {
	if t.err == nil {
		_, t.err = io.WriteString(t.encoded, s)
	}
}
