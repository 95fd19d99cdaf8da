package number

import (
	"regexp"
	"strings"
)

// checks are the algorithms by the names that forms give them. A nil one is
// known and computes nothing.
var checks = map[string]func(string) Check{
	"":         nil,
	"region":   nil,
	"patent":   patent,
	"uscc":     uscc,
	"resident": resident,
	"st13":     st13,
}

func judge(sound bool) Check {
	if sound {
		return Sound
	}
	return Wrong
}

// patent checks a Chinese patent number with its digit at the end: weights 2 to 9
// from the left, over and over, modulo 11, 10 being X (ZC 0006-2003, 4.3).
func patent(n string) Check {
	body, digit := n[:len(n)-1], n[len(n)-1]
	sum := 0
	for i := range len(body) {
		sum += int(body[i]-'0') * (2 + i%8)
	}
	return judge("0123456789X"[sum%11] == digit)
}

// creditAlphabet holds the signs of GB 32100 in the order of their values: I, O,
// S, V and Z are left out.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// uscc checks a unified social credit code: powers of 3 modulo 31 (GB 32100-2015,
// annex A).
func uscc(n string) Check {
	sum, weight := 0, 1
	for i := range len(n) - 1 {
		sum += strings.IndexByte(creditAlphabet, n[i]) * weight
		weight = weight * 3 % 31
	}
	return judge(creditAlphabet[(31-sum%31)%31] == n[len(n)-1])
}

// resident checks a resident identity number: ISO 7064 MOD 11-2 (GB 11643-1999).
func resident(n string) Check {
	sum, weight := 0, 1
	for i := len(n) - 1; i >= 0; i-- {
		value := int(n[i] - '0')
		if n[i] == 'X' {
			value = 10
		}
		sum += value * weight
		weight = weight * 2 % 11
	}
	return judge(sum%11 == 1)
}

// st13 checks the parts of a WIPO ST.13 number, type of right and year: 10 to 19
// for patents and their kin, 20 utility models, 30 to 39 designs as they are used,
// 50 to 59 marks, 60 and above other rights; 0000 stands for no year.
func st13(n string) Check {
	kind, year := n[:2], n[2:]
	return judge(kind >= "10" && (year == "0000" || year >= "1800" && year < "2100"))
}

var personal = regexp.MustCompile(`\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]`)

// Mask replaces resident identity numbers in a text by asterisks: 18 digits with a
// day of birth among them whose check digit fits. They must not be kept, not even in a report of damage.
func Mask(s string) string {
	if len(s) < 18 {
		return s
	}
	return personal.ReplaceAllStringFunc(s, func(n string) string {
		if resident(strings.ToUpper(n)) == Sound {
			return strings.Repeat("*", len(n))
		}
		return n
	})
}
