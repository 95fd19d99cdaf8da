// Package sample invents a region's rights for people who want to try the
// program: firms, persons and patents that exist nowhere, every name marked as
// sample. The same seed gives the same documents.
package sample

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// Mark stands in the name of every invented body, so that none can be taken for
// a real one.
const Mark = "样例"

// Place is a unit of the region where invented holders live.
type Place struct {
	Code, CityCode         string // of the county and of its city
	Province, City, County string // names in Chinese; County may be empty
	Postcode               string
	Weight                 int // how often it is drawn
}

// Right is one invented right with its publications in the order of their dates.
type Right struct {
	Documents []*record.Document
	Of        Cell // where its first-named holder counts
}

// Cell is a field of a table: a place and a type of holders.
type Cell struct {
	Unit   string // code of a city
	Holder string // enterprise, university, research_institution, government_organisation, individual
}

type inventor struct {
	*vocabulary
	rng    *rand.Rand
	places []Place
	total  int
	lines  int
	serial [4]int // running numbers by kind digit
	first  Cell   // of the first-named holder of the document last made
}

// Rights returns n invented rights of the given places, the same for the same
// seed. It fails when there is no place with a weight.
func Rights(places []Place, n int, seed uint64) (iter.Seq[Right], error) {
	v, err := loadVocabulary()
	if err != nil {
		return nil, err
	}
	var total, lines int
	for _, p := range places {
		total += p.Weight
	}
	for _, l := range v.Lines {
		lines += l.Weight
	}
	if total <= 0 {
		return nil, fmt.Errorf("sample: no place has a weight")
	}
	return func(yield func(Right) bool) {
		in := &inventor{vocabulary: v, rng: rand.New(rand.NewPCG(seed, 2260)), places: places, total: total, lines: lines}
		for range n {
			if !yield(in.right()) {
				return
			}
		}
	}, nil
}

func pick[T any](r *rand.Rand, s []T) T { return s[r.IntN(len(s))] }

func (in *inventor) place() Place {
	k := in.rng.IntN(in.total)
	for _, p := range in.places {
		if k -= p.Weight; k < 0 {
			return p
		}
	}
	return in.places[len(in.places)-1]
}

// right invents one right: half of them utility models, a third inventions of
// which some are granted, the rest designs, as in a gazette.
func (in *inventor) right() Right {
	switch k := in.rng.IntN(100); {
	case k < 38:
		return in.invention()
	case k < 85:
		return in.single(record.UtilityModel, "U")
	default:
		return in.single(record.Design, "S")
	}
}

func (in *inventor) invention() Right {
	a := in.document(record.Invention, "A")
	out := Right{Documents: []*record.Document{a}, Of: in.first}
	if in.rng.IntN(100) < 40 {
		b := *a
		b.Code = "B"
		b.Published = a.Published.AddDays(400 + in.rng.IntN(500))
		b.Issued = b.Published
		b.Parties = roleChanged(a.Parties)
		out.Documents = append(out.Documents, &b)
	}
	return out
}

func (in *inventor) single(kind record.Kind, code string) Right {
	d := in.document(kind, code)
	d.Parties = roleChanged(d.Parties)
	return Right{Documents: []*record.Document{d}, Of: in.first}
}

// roleChanged returns the parties of a grant, where applicants have become holders.
func roleChanged(parties []record.Party) []record.Party {
	out := append([]record.Party(nil), parties...)
	for i := range out {
		if out[i].Role == record.Applicant {
			out[i].Role = record.Holder
		}
	}
	return out
}

func (in *inventor) document(kind record.Kind, code string) *record.Document {
	digit := map[record.Kind]int{record.Invention: 1, record.UtilityModel: 2, record.Design: 3}[kind]
	in.serial[digit]++
	filed := date.Of(2016, 1, 4).AddDays(in.rng.IntN(4 * 365))
	lag := 60 + in.rng.IntN(240)
	if kind == record.Invention {
		lag = 150 + in.rng.IntN(400)
	}
	body := fmt.Sprintf("%04d%d%07d", filed.Year(), digit, 9000000+in.serial[digit])
	d := &record.Document{
		Office: "CN", Kind: kind, Code: code,
		Number:      fmt.Sprintf("%d%08d", digit, 99000000+in.serial[digit]),
		Published:   filed.AddDays(lag),
		Application: record.Application{Number: body + "." + string(rune(record.CheckDigit(body))), Filed: filed},
	}
	d.Application.Raw = d.Application.Number
	d.Issued = d.Published
	if kind == record.Design {
		in.appearance(d)
	} else {
		in.technology(d)
	}
	in.people(d)
	return d
}

func (in *inventor) appearance(d *record.Document) {
	x := pick(in.rng, in.Designs)
	f := pick(in.rng, in.Features)
	d.Titles = []record.Text{{Lang: "zh", Text: x.Zh + "（" + f[0] + "）"}}
	d.Classes = []record.Class{{Scheme: record.Locarno, Symbol: x.Locarno, Version: "12"}}
}

func (in *inventor) technology(d *record.Document) {
	k := in.rng.IntN(in.lines)
	line := in.Lines[0]
	for _, l := range in.Lines {
		if k -= l.Weight; k < 0 {
			line = l
			break
		}
	}
	feature, form := pick(in.rng, in.Features), pick(in.rng, in.Forms)
	effect, second := pick(in.rng, in.Effects), pick(in.rng, in.Effects)
	p, q, r := pick(in.rng, in.Parts), pick(in.rng, in.Parts), pick(in.rng, in.Parts)
	zh := "一种" + feature[0] + line.Zh + form[0]
	en := strings.ReplaceAll(form[1], "{x}", feature[1]+" "+line.En)
	d.Titles = []record.Text{{Lang: "zh", Text: zh}, {Lang: "en", Text: strings.ToUpper(en[:1]) + en[1:]}}
	n := 5 + in.rng.IntN(90)
	d.Abstracts = []record.Text{
		{Lang: "zh", Text: fmt.Sprintf("本样例公开了%s，包括%s、%s和%s，所述%s与%s相连，间距为%d毫米。该%s%s，同时%s，适用于规模化应用。", zh, p[0], q[0], r[0], p[0], q[0], n, line.Zh, effect[0], second[0])},
		{Lang: "en", Text: fmt.Sprintf("Disclosed in this sample is a %s %s comprising %s, %s and %s spaced %d mm apart. The arrangement %s and %s, and suits use at scale.", feature[1], line.En, p[1], q[1], r[1], n, effect[1], second[1])},
	}
	for i, symbol := range line.IPC {
		if i > 0 && in.rng.IntN(2) == 0 {
			continue
		}
		value := "I"
		if i > 1 {
			value = "N"
		}
		d.Classes = append(d.Classes, record.Class{Scheme: record.IPC, Symbol: symbol, Version: "2006.01", Value: value})
	}
	d.Claims = 4 + in.rng.IntN(12)
}

func (in *inventor) people(d *record.Document) {
	home := in.place()
	n := 1
	if in.rng.IntN(9) == 0 {
		n = 2
	}
	for i := range n {
		p, sort := in.applicant(home)
		if d.Parties = append(d.Parties, p); i == 0 {
			in.first = Cell{home.CityCode, sort}
		}
		home = in.place()
	}
	for range 1 + in.rng.IntN(4) {
		d.Parties = append(d.Parties, record.Party{Role: record.Inventor, Names: zh(in.person())})
	}
	if in.rng.IntN(3) > 0 {
		d.Parties = append(d.Parties, record.Party{Role: record.Agency, Ident: fmt.Sprintf("99%03d", in.rng.IntN(40)),
			Names: zh(Mark + pick(in.rng, in.Brands) + "专利代理事务所")})
	}
}

func zh(s string) []record.Text { return []record.Text{{Lang: "zh", Text: s}} }

func (in *inventor) person() string {
	return pick(in.rng, in.Surnames) + "样" + pick(in.rng, in.Given)
}

// The types of holders, as they are classified.
const (
	enterprise = "enterprise"
	university = "university"
	research   = "research_institution"
	government = "government_organisation"
	individual = "individual"
)

// applicant invents a body or person living at home and says of which type of
// holders it is; the shares of the types are roughly those of a gazette.
func (in *inventor) applicant(home Place) (p record.Party, sort string) {
	city := strings.TrimSuffix(home.City, "市")
	var name string
	switch k := in.rng.IntN(100); {
	case k < 72:
		sort, name = enterprise, city+Mark+pick(in.rng, in.Brands)+pick(in.rng, in.Trades)+"有限公司"
	case k < 83:
		sort, name = university, city+Mark+pick(in.rng, in.Schools)
	case k < 88:
		sort, name = research, city+Mark+pick(in.rng, in.Institutes)
	case k < 91:
		sort, name = government, city+Mark+pick(in.rng, in.Bodies)
	default:
		sort, name = individual, in.person()
	}
	return record.Party{
		Role: record.Applicant, Names: zh(name), Country: "CN", Postcode: home.Postcode,
		Address: home.Province + home.City + home.County + pick(in.rng, in.Streets) + fmt.Sprint(1+in.rng.IntN(200)) + "号",
	}, sort
}
