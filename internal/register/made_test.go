package register_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
	"onewindow/internal/store/sqlite"
)

// made is a feed of invented files.
type made []madeFile

type madeFile struct {
	path    string
	sha     string
	rank    int
	entries []entry.Entry
	unread  map[string]int64
	broken  bool
}

func (m made) Inputs() []register.Input {
	var out []register.Input
	for _, f := range m {
		out = append(out, register.Input{Path: f.path, Size: int64(len(f.entries)), SHA256: f.sha})
	}
	return out
}

func (m made) Read(ctx context.Context, in register.Input, from int64, fn func(entry.Entry) error) (register.FeedSummary, error) {
	for _, f := range m {
		if f.path != in.Path {
			continue
		}
		for i, e := range f.entries {
			if e.Ordinal = int64(i) + 1; e.Ordinal <= from {
				continue
			}
			if ctx.Err() != nil {
				return register.FeedSummary{}, ctx.Err()
			}
			e.Row, e.Rank, e.Format, e.Read = e.Ordinal, f.rank, "made", e.Ordinal
			if e.Doc != nil {
				d := *e.Doc
				e.Doc = &d
			}
			if err := fn(e); err != nil {
				return register.FeedSummary{}, err
			}
		}
		return register.FeedSummary{Unread: f.unread, Broken: f.broken}, nil
	}
	return register.FeedSummary{}, fmt.Errorf("no file %s", in.Path)
}

// file makes a file of documents.
func file(name string, docs ...*record.Document) madeFile {
	f := madeFile{path: "/in/" + name, sha: name}
	for _, d := range docs {
		f.entries = append(f.entries, entry.Entry{Doc: d})
	}
	return f
}

// doc makes a document of an invention: "109000001A" with title, and the
// application number whose digits are given, if any.
func doc(number, application, title string) *record.Document {
	code := number[len(number)-1:]
	d := &record.Document{
		Office: "CN", Number: number[:len(number)-1], Code: code, Kind: record.Invention,
		Published: 20190709, Gazette: "35-2801",
		Titles: []record.Text{{Lang: "zh", Text: title}},
	}
	if code == "B" {
		d.Published = 20210302
	}
	if application != "" {
		d.Application = record.Application{Raw: application, Number: application + "." + string(record.CheckDigit(application)), Filed: 20170721}
	}
	return d
}

func openStore(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

var shanghai = time.FixedZone("CST", 8*3600)

// open opens an empty register on SQLite.
func open(t testing.TB) *register.Register {
	t.Helper()
	path := filepath.Join(t.TempDir(), "register.db")
	r := openOn(t, openStore(t, path))
	paths.Store(r, path)
	return r
}

func openOn(t testing.TB, store register.Store) *register.Register {
	t.Helper()
	r, err := register.Open(context.Background(), store, register.Options{Zone: shanghai})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func load(t testing.TB, r *register.Register, files ...madeFile) *register.LoadInfo {
	t.Helper()
	l, err := r.Load(context.Background(), register.LoadSpec{Feed: made(files), By: "clerk"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var englishWords = strings.Fields(`battery electrode separator lithium apparatus comprising method wherein plurality substrate
	layer connected bearing housing rotating shaft motor cooling pipe temperature sensor circuit signal control valve pressure`)

// bulkDocument is document i of many: about 1 KB of text, a quarter Chinese.
func bulkDocument(i int64) *record.Document {
	rng := rand.New(rand.NewPCG(uint64(i), 7))
	app := fmt.Sprintf("%04d1%07d", 2000+i%20, i)
	d := &record.Document{
		Office: "CN", Number: fmt.Sprintf("1%08d", i), Code: "A", Kind: record.Invention,
		Published: date.Of(2019, int(i%12)+1, int(i%28)+1), Gazette: "35-2801", Issued: 20190709,
		Application: record.Application{Number: app + "." + string(record.CheckDigit(app)), Filed: 20170721},
		Parties: []record.Party{
			{Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: "苏州样本电池有限公司"}}, Address: "江苏省苏州市工业园区样本路1号", Postcode: "215000"},
			{Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "张三"}}},
			{Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "李四"}}},
			{Role: record.Agency, Names: []record.Text{{Lang: "zh", Text: "南京样本专利代理有限公司"}}},
		},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H01M10/0525", Version: "2010.01", Value: "I"}, {Scheme: record.IPC, Symbol: "H01M4/36", Version: "2006.01", Value: "I"}},
	}
	var b strings.Builder
	if i%4 == 0 {
		for b.Len() < 800 {
			b.WriteRune(rune(0x4e00 + rng.IntN(3000)))
		}
		d.Titles = []record.Text{{Lang: "zh", Text: "一种样本电池及其制造方法"}}
		d.Abstracts = []record.Text{{Lang: "zh", Text: b.String()}}
		return d
	}
	for b.Len() < 1000 {
		b.WriteString(englishWords[rng.IntN(len(englishWords))])
		b.WriteByte(' ')
	}
	d.Titles = []record.Text{{Lang: "en", Text: "Sample battery and method of making it"}}
	d.Abstracts = []record.Text{{Lang: "en", Text: b.String()}}
	return d
}

// mustStore opens the store of a register once more, for reading.
func mustStore(t testing.TB, r *register.Register) register.Store {
	t.Helper()
	path, ok := paths.Load(r)
	if !ok {
		t.Fatal("the register was not opened by open")
	}
	db, err := sqlite.Open(path.(string), sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// paths holds the paths of open's registers.
var paths sync.Map
