package record

import (
	"errors"
	"strings"
)

// Errors of number parsing. A number whose check digit is wrong is still
// returned by its parser, so that it can be kept and flagged.
var (
	ErrFormat     = errors.New("not a number of this kind")
	ErrCheckDigit = errors.New("wrong check digit")
)

// checkWeights are the weights of ZC 0006-2003, from the left.
var checkWeights = [12]int{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}

// CheckDigit computes the check digit of a Chinese application number of 8 or
// 12 digits by ZC 0006-2003: the weighted sum modulo 11, with X for ten. It
// returns 0 for anything else.
func CheckDigit(digits string) byte {
	if len(digits) != 8 && len(digits) != 12 {
		return 0
	}
	sum := 0
	for i := range len(digits) {
		c := digits[i]
		if c < '0' || c > '9' {
			return 0
		}
		sum += int(c-'0') * checkWeights[i]
	}
	return "0123456789X"[sum%11]
}

// compact strips what people put around and inside numbers: spaces, dots,
// hyphens, full-width forms, the prefixes CN and ZL. It upper-cases the rest.
func compact(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '０' && r <= '９':
			r -= '０' - '0'
		case r >= 'Ａ' && r <= 'Ｚ':
			r -= 'Ａ' - 'A'
		case r >= 'ａ' && r <= 'ｚ':
			r -= 'ａ' - 'A'
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case r == '.' || r == '．' || r == '-' || r == ' ' || r == '\u3000' || r == '\u00a0':
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// dotBeforeLast tells whether a dot sets the last character of s apart.
func dotBeforeLast(s string) bool {
	i := strings.LastIndexAny(s, ".．")
	if i < 0 {
		return false
	}
	return len(compact(s[i:])) == 1
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// ParseApplicationCN reads a Chinese patent application or patent number in any
// spelling, with or without CN or ZL, dot and check digit, and returns it
// normalised: "201710601862.3", "97101765.4", and "85100001" for the years
// before check digits. A missing check digit is computed. With a wrong check
// digit it returns the number as it stands together with ErrCheckDigit; with
// anything else ErrFormat. Formats: domain of ZC 0006-2003 since 2003-10-01,
// two-digit years before, no check digit until 1988.
func ParseApplicationCN(s string) (string, error) {
	n := compact(s)
	n = strings.TrimPrefix(strings.TrimPrefix(n, "CN"), "ZL")
	body, check := n, byte(0)
	switch len(n) {
	case 8, 12:
	case 9, 13:
		body, check = n[:len(n)-1], n[len(n)-1]
	default:
		return "", ErrFormat
	}
	if check == 0 && dotBeforeLast(s) {
		return "", ErrFormat // a check digit stands behind too few digits
	}
	if !digitsOnly(body) || check != 0 && check != 'X' && (check < '0' || check > '9') {
		return "", ErrFormat
	}
	yearLen := 2
	if len(body) == 12 {
		yearLen = 4
	}
	year, kind := body[:yearLen], body[yearLen]
	if yearLen == 4 && (year < "1985" || year > "2099") || yearLen == 2 && year < "85" && year > "03" {
		return "", ErrFormat
	}
	if !strings.ContainsRune("12389", rune(kind)) {
		return "", ErrFormat
	}
	if len(body) == 8 && check == 0 && year >= "85" && year <= "88" {
		return body, nil
	}
	want := CheckDigit(body)
	if check == 0 {
		check = want
	}
	out := body + "." + string(rune(check))
	if check != want {
		return out, ErrCheckDigit
	}
	return out, nil
}

// KindOfApplicationCN tells the kind of right from a normalised Chinese
// application number: 1 and 8 invention, 2 and 9 utility model, 3 design.
func KindOfApplicationCN(number string) Kind {
	body, _, _ := strings.Cut(number, ".")
	switch len(body) {
	case 12:
		return kindOfDigit(body[4])
	case 8:
		return kindOfDigit(body[2])
	}
	return ""
}

func kindOfDigit(c byte) Kind {
	switch c {
	case '1', '8':
		return Invention
	case '2', '9':
		return UtilityModel
	case '3':
		return Design
	}
	return ""
}

// Publication is a publication number in its parts, ST.3 office, digits and
// ST.16 kind code.
type Publication struct {
	Office, Digits, Code string
}

// String writes the number in one piece, "CN109996757A".
func (p Publication) String() string { return p.Office + p.Digits + p.Code }

// ParsePublicationCN reads a Chinese publication or grant number in any
// spelling: seven digits, eight in the years 1985 to 1988, nine since 2007,
// with or without CN and the kind code. It fails with ErrFormat.
func ParsePublicationCN(s string) (Publication, error) {
	n := strings.TrimPrefix(compact(s), "CN")
	end := len(n)
	for i := range len(n) {
		if n[i] < '0' || n[i] > '9' {
			end = i
			break
		}
	}
	digits, code := n[:end], n[end:]
	if l := len(digits); l < 7 || l > 9 || len(code) > 2 {
		return Publication{}, ErrFormat
	}
	if code != "" && (!strings.Contains("ABCDUSYZ", code[:1]) || len(code) == 2 && (code[1] < '0' || code[1] > '9')) {
		return Publication{}, ErrFormat
	}
	p := Publication{"CN", digits, code}
	if p.Kind() == "" {
		return Publication{}, ErrFormat
	}
	return p, nil
}

// Kind tells the kind of right from the number itself: its first digit, or the
// third of the eight-digit numbers of 1985 to 1988, which repeat the
// application number. The file that a number stands in does not matter.
func (p Publication) Kind() Kind {
	if len(p.Digits) < 7 || len(p.Digits) > 9 {
		return ""
	}
	c := p.Digits[0]
	if len(p.Digits) == 8 {
		c = p.Digits[2]
	}
	if c > '3' {
		return "" // 8 and 9, for PCT filings, stand in application numbers alone
	}
	return kindOfDigit(c)
}

// RightKey returns the key under which publications of one right meet. The
// nine-digit series of 2007 gives all publications of a right the same digits;
// in the older series each stage counts for itself, so there the letter of the
// kind code belongs to the key.
func (p Publication) RightKey() string {
	if len(p.Digits) == 9 || len(p.Digits) == 8 {
		return "pub:" + p.Office + p.Digits
	}
	letter := p.Code
	if len(letter) > 1 {
		letter = letter[:1]
	}
	return "pub:" + p.Office + p.Digits + letter
}
