package exchange

import (
	"strings"

	"onewindow/internal/record"
)

// numberBytes is how long a number may be.
const numberBytes = 40

// compact leaves the letters and digits of a number, in capitals.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			return r
		case r == ' ' || r == '/' || r == '.' || r == '-' || r == ',' || r == '\u00a0':
			return -1
		}
		return '?'
	}, s)
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// Publication normalises a publication number in the forms of DOCDB and epodoc
// to the one under which the office's own sources give it: of the PCT and of the
// United States the year in four digits and the number filled up to six and
// seven ("2022259205", "20060142694"), of the EPO seven digits. It fails with
// record.ErrFormat for what is no number.
func Publication(office, number, code string) (record.Publication, error) {
	n, code := compact(number), compact(code)
	p := record.Publication{Office: office, Digits: n, Code: code}
	if len(office) != 2 || n == "" || len(n) > numberBytes || len(code) > 3 || strings.ContainsRune(n+code, '?') {
		return p, record.ErrFormat
	}
	switch office {
	case "CN":
		if cn, err := record.ParsePublicationCN(n + code); err == nil {
			return cn, nil
		}
	case "WO":
		if digits(n) {
			p.Digits = yearFirst(n, 6)
		}
	case "US":
		if digits(n) && len(n) == 10 && !strings.HasPrefix(code, "B") {
			p.Digits = n[:4] + "0" + n[4:]
		} else {
			number := strings.TrimLeft(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
			p.Digits = n[:len(n)-len(number)] + strings.TrimLeft(number, "0")
		}
	case "EP":
		if n = strings.TrimLeft(n, "0"); digits(n) && len(n) < 7 {
			n = strings.Repeat("0", 7-len(n)) + n
		}
		p.Digits = n
	}
	if p.Digits == "" {
		return p, record.ErrFormat
	}
	return p, nil
}

// yearFirst writes a number that leads with a year of two or four digits with
// four, and its serial part with as many digits as said. The PCT's first year
// is 1978.
func yearFirst(n string, serial int) string {
	year, rest := "", ""
	switch {
	case len(n) == 4+serial:
		return n
	case len(n) == 2+serial || len(n) == 1+serial:
		year, rest = n[:2], n[2:]
	default:
		return n
	}
	century := "20"
	if year >= "78" {
		century = "19"
	}
	return century + year + strings.Repeat("0", serial-len(rest)) + rest
}

// Kind tells the kind of right that a publication is of: of China by its number,
// elsewhere by the letter of the kind code, ST.16.
func Kind(p record.Publication) record.Kind {
	switch {
	case p.Office == "CN" && p.Kind() != "":
		return p.Kind()
	case p.Office == "WO":
		return record.PCT
	case strings.HasPrefix(p.Code, "U"), strings.HasPrefix(p.Code, "Y"):
		return record.UtilityModel
	case strings.HasPrefix(p.Code, "S"):
		return record.Design
	}
	return record.Invention
}

// Application normalises an application number so that all publications of one
// right have the same: of China with its check digit, of the United States
// series code and serial number ("15919370"), of the EPO eight digits without
// check digit, of the PCT "PCT/IL2022/050854". DOCDB's older numbers of the
// United States name no series; where the office's own form is not given either,
// the year and the serial number in seven digits stand for them ("20040023667").
// It returns "" for what cannot be read.
func Application(forms Forms) string {
	id := forms.Docdb
	if id.Number == "" {
		id = forms.Epodoc.split()
	}
	n := compact(id.Number)
	if n == "" || len(n) > numberBytes || strings.ContainsRune(n, '?') {
		return ""
	}
	if strings.HasPrefix(id.Kind, "W") || id.Country == "WO" {
		return international(id.Country, n)
	}
	switch id.Country {
	case "CN":
		return chinese(id.Number)
	case "US":
		return american(n, id.Kind, forms.Original.Number)
	case "EP":
		return european(n)
	}
	return n
}

// chinese reads DOCDB's form, which lacks the check digit, and epodoc's, which
// has a year of four digits and a serial number of six.
func chinese(number string) string {
	number = strings.TrimSuffix(strings.TrimSpace(number), "U")
	if n, err := record.ParseApplicationCN(number); err == nil {
		return n
	}
	if n := compact(number); digits(n) && len(n) == 11 {
		wide := n[:5] + "0" + n[5:]
		if n[:4] < "2003" && n[5] == '0' {
			wide = n[2:5] + n[6:]
		} else if n[:4] <= "2003" {
			return ""
		}
		if n, err := record.ParseApplicationCN(wide); err == nil {
			return n
		}
	}
	return ""
}

// american reads the forms that DOCDB has had. Its older one, serial number and
// two digits of the year, takes the series from the office's own form, where the
// serial numbers are the same.
func american(n, kind, original string) string {
	suffix := ""
	if kind == "P" || strings.HasSuffix(n, "P") {
		suffix, n = "P", strings.TrimSuffix(n, "P")
	}
	year, serial := "", ""
	switch {
	case !digits(n):
		return n + suffix
	case len(n) == 12 && plausibleYear(n[:4]):
		return n[4:]
	case len(n) == 11 && plausibleYear(n[:4]):
		year, serial = n[:4], n[4:]
	case len(n) >= 3 && len(n) <= 8:
		year, serial = n[len(n)-2:], strings.Repeat("0", 9-len(n))+n[:len(n)-2]
		if year > "30" {
			year = "19" + year
		} else {
			year = "20" + year
		}
	default:
		return n + suffix
	}
	if own := compact(original); sameSerial(own, serial) {
		return own
	}
	return year + serial + suffix
}

// sameSerial tells whether a number with its series has a serial number of
// seven digits.
func sameSerial(own, serial string) bool {
	return digits(own) && len(own) == 8 && "0"+own[2:] == serial
}

func plausibleYear(s string) bool { return s >= "1890" && s <= "2099" }

func european(n string) string {
	switch {
	case digits(n) && len(n) == 11 && plausibleYear(n[:4]) && n[4] == '0':
		return n[2:4] + n[5:]
	case digits(n) && len(n) == 9:
		return n[:8] // with its check digit
	}
	return n
}

// international writes the number of an international application. epodoc puts
// the receiving office behind the year: "WO2022IL50854".
func international(office, n string) string {
	if office == "WO" && len(n) > 6 && n[4] >= 'A' && n[4] <= 'Z' {
		office, n = n[4:6], n[:4]+strings.Repeat("0", max(0, 6-len(n[6:])))+n[6:]
	}
	n = strings.TrimPrefix(strings.TrimPrefix(n, "PCT"), office)
	if !digits(n) || office == "" {
		return ""
	}
	if n = yearFirst(n, 6); len(n) != 10 {
		return ""
	}
	return "PCT/" + office + n[:4] + "/" + n[4:]
}
