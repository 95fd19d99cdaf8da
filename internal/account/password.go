package account

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onewindow/internal/ierr"
)

// weakFile lists words that make no password, one a line.
const weakFile = "classes/weak_passwords.txt"

// Limits of a password.
const (
	MinPassword = 12  // characters
	MaxPassword = 256 // bytes
	minDistinct = 5   // different characters
)

// loadWeak reads the words that make no password.
func loadWeak(fsys fs.FS) (map[string]bool, error) {
	b, err := fs.ReadFile(fsys, weakFile)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(b))
	for n := 1; lines.Scan(); n++ {
		word := strings.TrimSpace(lines.Text())
		if word == "" || strings.HasPrefix(word, "#") {
			continue
		}
		if word != core(word) {
			return nil, fmt.Errorf("%s:%d: %q has capitals, or digits or marks at an end", weakFile, n, word)
		}
		out[word] = true
	}
	return out, lines.Err()
}

// core is what is left of a password in small letters without the digits and
// marks around it.
func core(password string) string {
	return strings.TrimFunc(strings.ToLower(norm.NFKC.String(password)), func(r rune) bool { return !unicode.IsLetter(r) })
}

// checkPassword refuses a new password that is too short or easily guessed.
// Errors, all Invalid: "account.password-short", "account.password-long",
// "account.password-text" for bytes that are no text, "account.password-name"
// when it holds the person's name, "account.password-weak".
func (a *Accounts) checkPassword(p Person, password string) error {
	if len(password) > MaxPassword {
		return ierr.New(ierr.Invalid, "account.password-long", ierr.Args{"limit": MaxPassword})
	}
	if !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl) {
		return ierr.New(ierr.Invalid, "account.password-text", nil)
	}
	if utf8.RuneCountInString(password) < MinPassword {
		return ierr.New(ierr.Invalid, "account.password-short", ierr.Args{"limit": MinPassword})
	}
	small := strings.ToLower(norm.NFKC.String(password))
	for _, name := range []string{p.Login, strings.ToLower(p.Display)} {
		if utf8.RuneCountInString(name) >= 3 && strings.Contains(small, name) {
			return ierr.New(ierr.Invalid, "account.password-name", nil)
		}
	}
	distinct := map[rune]bool{}
	for _, r := range small {
		distinct[r] = true
	}
	if c := core(password); len(distinct) < minDistinct || c == "" || a.weak[c] || a.weak[unit(c)] {
		return ierr.New(ierr.Invalid, "account.password-weak", nil)
	}
	return nil
}

// unit is the text that s repeats: "abab" repeats "ab".
func unit(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n]
		}
	}
	return s
}
