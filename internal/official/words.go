package official

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"onewindow/internal/classify"
	"onewindow/internal/definition"
	"onewindow/internal/i18n"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// wordsFile holds the words of tables among the definitions.
const wordsFile = "reconcile/words.yaml"

// Words knows what the heads and the first cells of tables mean.
type Words struct {
	pack    *region.Pack
	columns map[string]string
	kinds   map[string]record.Kind
	holders map[string]string
	total   map[string]bool
	other   map[string]bool
	blank   map[string]bool
}

// LoadWords reads the words of tables, and the names of kinds and holder types in
// every language.
func LoadWords(defs fs.FS, pack *region.Pack, texts *i18n.Catalogs) (*Words, error) {
	b, err := fs.ReadFile(defs, wordsFile)
	if err != nil {
		return nil, err
	}
	var file struct {
		Columns map[string][]string `yaml:"columns"`
		Total   []string            `yaml:"total"`
		Other   []string            `yaml:"other"`
		Kinds   map[string][]string `yaml:"kinds"`
		Holders map[string][]string `yaml:"holders"`
		Blank   []string            `yaml:"blank"`
	}
	if err := definition.Decode(b, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", wordsFile, err)
	}
	w := &Words{pack: pack, columns: map[string]string{}, kinds: map[string]record.Kind{}, holders: map[string]string{},
		total: set(file.Total), other: set(file.Other), blank: map[string]bool{}}
	for _, b := range file.Blank {
		w.blank[strings.ToLower(b)] = true
	}
	for name, words := range file.Columns {
		if !slices.Contains(columnNames, name) {
			return nil, fmt.Errorf("%s: there is no column %q", wordsFile, name)
		}
		for _, word := range words {
			w.columns[fold(word)] = name
		}
	}
	for name, words := range file.Kinds {
		if !slices.Contains(record.Kinds, record.Kind(name)) {
			return nil, fmt.Errorf("%s: there is no kind %q", wordsFile, name)
		}
		for _, word := range words {
			w.kinds[fold(word)] = record.Kind(name)
		}
	}
	for name, words := range file.Holders {
		if !slices.Contains(classify.HolderTypes, name) {
			return nil, fmt.Errorf("%s: there is no holder type %q", wordsFile, name)
		}
		for _, word := range words {
			w.holders[fold(word)] = name
		}
	}
	for _, lang := range texts.Langs() {
		say := texts.Printer(lang)
		for _, k := range record.Kinds {
			w.kinds[fold(say.T("kind."+string(k), nil))], w.kinds[fold(string(k))] = k, k
		}
		for _, h := range classify.HolderTypes {
			w.holders[fold(say.T("holder-type."+h, nil))], w.holders[fold(h)] = h, h
		}
	}
	return w, nil
}

// The columns of a long table.
const (
	colRegion = "region"
	colKind   = "kind"
	colHolder = "holder"
	colYear   = "year"
	colMonth  = "month"
	colValue  = "value"
)

var columnNames = []string{colRegion, colKind, colHolder, colYear, colMonth, colValue}

func set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[fold(w)] = true
	}
	return out
}

// fold makes spellings of one word equal: no case, blanks or punctuation, and
// nothing in brackets at the end, where units and notes stand.
func fold(s string) string {
	for _, open := range []string{"(", "（", "["} {
		if at := strings.Index(s, open); at > 0 {
			s = s[:at]
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// region returns the code that the first cell of a row means.
func (w *Words) region(s string) (code string, near []string, ok bool) {
	word := fold(s)
	switch {
	case word == "":
		return "", nil, false
	case w.other[word]:
		return w.pack.Other(), nil, true
	case w.total[word]:
		return w.pack.Code(), nil, true
	}
	for _, form := range []string{strings.TrimLeft(s, "*# \u3000"), word} {
		if codes, err := w.pack.Resolve(form); err == nil && len(codes) == 1 {
			return codes[0], nil, true
		} else if len(codes) > 1 {
			return "", codes, false
		}
	}
	return "", w.pack.Suggest(s), false
}

// head is what the head of a column means.
type head struct {
	column string // of a long table, "" for a column of figures
	cell   Cell   // the dimensions that it gives its figures
}

// head returns what the head of a column means.
func (w *Words) head(s string) (head, bool) {
	word := fold(s)
	if word == "" {
		return head{}, false
	}
	if k, ok := w.kinds[word]; ok {
		return head{cell: Cell{Kind: k}}, true
	}
	if h, ok := w.holders[word]; ok {
		return head{cell: Cell{Holder: h}}, true
	}
	if t, ok := timeOf(s); ok {
		return head{cell: Cell{Time: t}}, true
	}
	if w.total[word] {
		return head{}, true
	}
	c, ok := w.columns[word]
	return head{column: c}, ok
}

// timeOf reads a year or a month: 2019, 2019年, 2019-07, 2019年7月.
func timeOf(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '年' || r == '/' || r == '.':
			return '-'
		case r == '月' || unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
	year, month, _ := strings.Cut(strings.TrimSuffix(s, "-"), "-")
	if len(year) != 4 || strings.Trim(year, "0123456789") != "" || year < "1900" || year > "2100" {
		return "", false
	}
	if month == "" {
		return year, true
	}
	if len(month) == 1 {
		month = "0" + month
	}
	return year + "-" + month, len(month) == 2 && month >= "01" && month <= "12"
}
