package record

import (
	"regexp"
	"strings"
)

// The shapes of numbers that offices in general give, normalised.
var (
	surePublication = regexp.MustCompile(`^[A-Z]{2}(?:D\d{6}|(?:RE|PP)\d{4,6}|\d{6,11})(?:[A-Z]\d?)?$`)
	anyApplication  = regexp.MustCompile(`^([A-Z]{2})?\d{5,14}P?$`)
	pctApplication  = regexp.MustCompile(`^(?:PCT)?/?([A-Z]{2})((?:19|20)\d\d)/?(\d{5,6})$`)
)

// ParsePublication reads the publication number of any office: China's as
// ParsePublicationCN does, others with the office before it, "US 2018/0000016 A1",
// "WO 2022/259205". It fails with ErrFormat.
func ParsePublication(s string) (Publication, error) {
	if p, err := ParsePublicationCN(s); err == nil {
		return p, nil
	}
	p, err := ParsePublicationOf(s)
	if err != nil || p.Office == "CN" || len(p.Digits) > 14 {
		return Publication{}, ErrFormat
	}
	return p, nil
}

// ParsePublicationOf reads a publication number of any office: two letters
// (ST.3), digits, and a kind code (ST.16) that may be missing. American designs,
// plants and reissues have letters before their digits, "USD586076S1". It fails with
// ErrFormat.
func ParsePublicationOf(number string) (Publication, error) {
	s := plainNumber(number)
	letter := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	if len(s) < 3 || !letter(s[0]) || !letter(s[1]) {
		return Publication{}, ErrFormat
	}
	end := 2
	for s[:2] == "US" && end < 4 && end < len(s) && letter(s[end]) {
		end++
	}
	if end == len(s) || !digit(s[end]) {
		return Publication{}, ErrFormat
	}
	for end < len(s) && digit(s[end]) {
		end++
	}
	code := s[end:]
	if len(code) > 2 || code != "" && !letter(code[0]) || len(code) == 2 && !digit(code[1]) {
		return Publication{}, ErrFormat
	}
	return Publication{Office: s[:2], Digits: s[2:end], Code: code}, nil
}

// LooksLikePublication tells whether a word can hardly be anything but a publication
// number that ParsePublication reads.
func LooksLikePublication(s string) bool {
	if _, err := ParsePublicationCN(s); err == nil {
		return true
	}
	n := plainNumber(s)
	return surePublication.MatchString(n) && !strings.HasPrefix(n, "CN")
}

// ParseApplication reads the application number of any office, normalised as
// documents hold it: China's as ParseApplicationCN does, where a wrong check digit is
// an error beside the number; international ones as "PCT/IL2022/050854"; others as
// digits, with the office before them where it is named. It fails with ErrFormat.
func ParseApplication(s string) (string, error) {
	if n, err := ParseApplicationCN(s); n != "" {
		return n, err
	}
	n := plainNumber(s)
	if m := pctApplication.FindStringSubmatch(n); m != nil && strings.Contains(strings.ToUpper(s), "PCT") {
		return "PCT/" + m[1] + m[2] + "/" + strings.Repeat("0", 6-len(m[3])) + m[3], nil
	}
	if m := anyApplication.FindStringSubmatch(n); m == nil || m[1] == "CN" {
		return "", ErrFormat
	}
	return n, nil
}

// plainNumber leaves out what only sets parts of a number apart.
func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == ',' || r == '，' || r == '／' {
			return -1
		}
		return r
	}, compact(s))
}

// CitedPublication returns the publication that a citation as printed names, such as
// "US4313443A,1982.02,Frosch et al. *", and whether it names one: other literature
// does not.
func CitedPublication(cited string) (Publication, bool) {
	number, _, _ := strings.Cut(cited, ",")
	if len(number) < 4 || len(number) > 24 || number[0] < 'A' || number[0] > 'Z' {
		return Publication{}, false
	}
	p, err := ParsePublication(number)
	return p, err == nil
}
