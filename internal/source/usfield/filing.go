package usfield

import (
	"strconv"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// AddFiling adds a filing that says anything. An application of this office is
// written as its number is normalised, "60/115394" as 60115394; one under the
// PCT, which the files put under this office, is WIPO's. The code of another
// office before its number falls away.
func AddFiling(d *record.Document, f record.Filing) {
	if f.Number == "" && f.Date == 0 {
		return
	}
	if f.Code == "00" { // the office's word for no kind code
		f.Code = ""
	}
	if f.Office == Office {
		if series, serial, ok := strings.Cut(strings.ReplaceAll(f.Number, ",", ""), "/"); ok && len(series) == 2 && len(serial) == 6 && allDigits(series+serial) {
			f.Number = series + serial
		}
		if strings.HasPrefix(f.Number, "PCT") {
			f.Office = "WO"
		}
	} else if f.Office != "" {
		f.Number = strings.TrimSpace(strings.TrimPrefix(f.Number, f.Office))
	}
	d.Filings = append(d.Filings, f)
}

// AddGrant adds the grant of a parent application, with the kind code that its
// number implies where none is stated.
func AddGrant(d *record.Document, f record.Filing) {
	if number := DocumentNumber(f.Number); number != "" && (f.Office == Office || f.Office == "") {
		f.Office, f.Number = Office, number
		if f.Code == "" || f.Code == "00" {
			f.Code = GrantCode(number)
		}
	}
	AddFiling(d, f)
}

// AddEarlier adds an earlier publication of the application. Its number may lack
// the year that leads it, which its date gives back.
func (r *Notes) AddEarlier(d *record.Document, office, number, code string, day date.Date, field string) {
	f := record.Filing{Relation: record.RelEarlier, Office: office, Number: number, Code: code, Date: day}
	if office == Office || office == "" {
		if n := DocumentNumber(number); n != "" {
			f.Office, f.Number = Office, n
		}
		if len(number) == 7 && strings.HasPrefix(code, "A") && day != 0 {
			f.Number = strconv.Itoa(day.Year()) + number
			r.Add("number.year_added", field, number)
		}
	}
	AddFiling(d, f)
}

// Names tells whether a document names a number as its own application's or as
// that of a filing.
func Names(d *record.Document, number string) bool {
	plain := strings.NewReplacer("/", "", ",", "").Replace(number)
	if number == d.Application.Raw || plain == d.Application.Number {
		return true
	}
	for _, f := range d.Filings {
		if f.Number == number || f.Number == plain {
			return true
		}
	}
	return false
}
