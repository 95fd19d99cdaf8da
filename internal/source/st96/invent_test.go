package st96

import (
	"fmt"
	"math/rand/v2"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/sourcetest"
)

// invent makes up n documents of every kind that ST.96 has an instance for.
// Nothing in them belongs to anybody.
func invent(seed uint64, n int) []*record.Document {
	r := &inventor{rand.New(rand.NewPCG(seed, 96))}
	out := sourcetest.Documents(seed, n/4)
	for i := len(out); i < n; i++ {
		switch i % 4 {
		case 0:
			out = append(out, r.patent(i))
		case 1:
			out = append(out, r.design(i))
		case 2:
			out = append(out, r.indication(i))
		default:
			out = append(out, r.trademark(i))
		}
	}
	return out
}

type inventor struct{ *rand.Rand }

func (r *inventor) one(list ...string) string { return list[r.IntN(len(list))] }

func (r *inventor) maybe() bool { return r.IntN(2) == 0 }

func (r *inventor) day() date.Date { return date.Of(2010+r.IntN(12), 1+r.IntN(12), 1+r.IntN(28)) }

func (r *inventor) words() string {
	return r.one("样例", "Invented", "虚构 & <词>", `"Quoted" thing`, "测试") + fmt.Sprint(r.IntN(1000))
}

func (r *inventor) texts() []record.Text {
	out := []record.Text{{Lang: r.one("zh", "en", "fr"), Text: r.words()}}
	if r.maybe() {
		out = append(out, record.Text{Lang: "de", Text: r.words()})
	}
	return out
}

func (r *inventor) party(role record.Role) record.Party {
	p := record.Party{Role: role, Names: r.texts()}
	if r.maybe() {
		p.Address, p.Country = r.one("样例市虚构路", "1 Invented Street, Nowhere ")+fmt.Sprint(r.IntN(100)), r.one("CN", "US")
	}
	if r.maybe() {
		p.Region, p.Country = r.one("江苏省", "Nowhere"), "CN"
	}
	if r.maybe() {
		p.Postcode = "210000"
	}
	if r.maybe() {
		p.Ident = fmt.Sprintf("9132000%d", r.IntN(1e6))
	}
	return p
}

func (r *inventor) add(d *record.Document, name string, day date.Date) {
	if r.maybe() {
		d.Days = append(d.Days, record.Day{Name: name, Date: day})
	}
}

func (r *inventor) base(office string, kind record.Kind, i int) *record.Document {
	d := &record.Document{Office: office, Kind: kind, Published: r.day(), Titles: r.texts()}
	d.Application = record.Application{Raw: fmt.Sprintf("%08d", 10000000+i), Filed: date.Of(2005, 1, 1+r.IntN(28))}
	d.Application.Number = d.Application.Raw
	if r.maybe() {
		d.Gazette = fmt.Sprintf("35-%02d", r.IntN(50))
	}
	for range r.IntN(3) {
		d.Filings = append(d.Filings, record.Filing{Relation: record.RelPriority, Office: "KR", Number: fmt.Sprint(r.IntN(1e6)), Date: r.day()})
	}
	d.Parties = append(d.Parties, r.party(record.Applicant))
	for range r.IntN(3) {
		d.Parties = append(d.Parties, r.party(record.Holder))
	}
	if r.maybe() {
		d.Parties = append(d.Parties, r.party(record.Agency), r.party(record.Agent))
	}
	return d
}

func (r *inventor) class(d *record.Document, scheme record.Scheme, symbol, version, value string) {
	d.Classes = append(d.Classes, record.Class{Scheme: scheme, Symbol: symbol, Version: version, Value: value})
}

func (r *inventor) patent(i int) *record.Document {
	d := r.base(r.one("US", "EP", "WO", "DE"), record.Invention, i)
	d.Number, d.Code, d.Issued = fmt.Sprint(7000000+i), "A1", r.day()
	if d.Office == "WO" {
		d.Kind, d.Number = record.PCT, fmt.Sprint(2020000000+i)
		d.Application.Raw = fmt.Sprintf("PCT/CN2019/%06d", i)
		d.Application.Number = d.Application.Raw
	}
	if d.Office == "DE" {
		d.Kind, d.Code = record.UtilityModel, "U1"
	}
	d.Abstracts = []record.Text{{Lang: "en", Text: "First " + r.words() + ".\nSecond."}}
	d.Parties = append(d.Parties, r.party(record.Inventor))
	r.class(d, record.IPC, "H01M10/0525", "2010.01", "I")
	r.class(d, record.IPC, "H01M", "2006.01", "N")
	r.class(d, record.IPC, "B03C3/09", "", "")
	r.class(d, record.IPC, "B03C3/10", "7", "")
	r.class(d, record.IPC, "B03C3/11", "7", "")
	r.class(d, record.CPC, "H01L2224/83099", "2013.01", "N")
	r.class(d, record.CPC, "Y02E60/10", "2013.01", "I")
	r.class(d, record.USPC, "705/14", "", "")
	r.class(d, record.USPC, "706/20", "", "")
	d.Claims = r.IntN(20)
	substitution := record.RelDomestic
	if d.Office == "US" {
		substitution = record.RelSubstitutes
	}
	for _, f := range []record.Filing{
		{Relation: record.RelAddition, Office: "US", Number: "1", Date: 20010101}, {Relation: record.RelDivisional, Office: "US", Number: "2"},
		{Relation: record.RelContinues, Number: "3"}, {Relation: record.RelReissue, Office: "US", Number: "4"}, {Relation: substitution, Office: "US", Number: "5"},
		{Relation: record.RelPart, Office: "US", Number: "9"}, {Relation: record.RelReexamined, Office: "US", Number: "10"}, {Relation: record.RelBasedOn, Office: "US", Number: "11"},
		{Relation: record.RelProvision, Office: "US", Number: "6"}, {Relation: record.RelEarlier, Office: "US", Number: "7", Code: "A1", Date: 20020202},
		{Relation: record.RelPCT, Office: "WO", Number: "PCT/CN2020/123456", Date: 20030303}, {Relation: record.RelNational, Date: 20030404},
		{Relation: record.RelPCTPub, Office: "WO", Number: "2004/044816", Date: 20040404}, {Relation: record.RelDivisional, Office: "US", Number: "8", Code: "B2"},
	} {
		if r.maybe() {
			d.Filings = append(d.Filings, f)
		}
	}
	d.Cited = []string{"US6054363A,2000.04, Sakaguchi et al.", "CN1719946A,2006.01.11", "样例, 虚构期刊", "EP-A- 0 529 854", "US2004/0226162A1"}
	d.Images = []record.Image{{Use: "drawing", Name: "a.tif", Format: "TIFF"}, {Use: "drawing", Name: "b.tif"}}
	r.add(d, record.DayNational, 20050505)
	if d.Office == "EP" || d.Office == "WO" {
		d.Facts = []record.Fact{{Name: record.FactDesignated, Text: "DE"}, {Name: record.FactDesignated, Text: "FR"}}
	}
	return d
}

func (r *inventor) trademark(i int) *record.Document {
	d := r.base(r.one("CN", "US", "WO"), record.Trademark, i)
	d.Titles, d.Number = nil, fmt.Sprint(40000000+i)
	if d.Office == "WO" {
		d.Kind, d.Facts = record.Madrid, []record.Fact{{Name: record.FactDesignated, Text: "CN"}, {Name: record.FactDesignated, Text: "EM"}}
	}
	if d.Office == "US" && r.maybe() {
		d.Number = ""
	}
	r.add(d, record.DayRegistered, r.day())
	r.add(d, record.DayExpires, 20310101)
	r.add(d, record.DayApproved, r.day())
	r.add(d, record.DayOpposable, r.day())
	r.add(d, record.DayRenewed, r.day())
	r.add(d, record.DayFirstUse, r.day())
	r.add(d, record.DayFirstCommerce, r.day())
	d.Status = []*record.Status{nil, {Code: "registered", Text: "In words.", Date: r.day()}, {Code: "opposed"}, {Text: "800: Renewed."}, {Text: "800"}, {Text: "注册公告排版完成", Date: 20200101}}[r.IntN(6)]
	if r.maybe() {
		d.Mark = &record.Mark{Form: r.one("word", "figurative", "combined", "three_dimensional", "colour", "sound", "other"), Words: r.texts()}
		if r.maybe() {
			d.Mark.Description, d.Mark.Disclaimer, d.Mark.Colours = r.texts(), r.texts(), r.words()
			d.Mark.Types = []string{record.MarkService, record.MarkCollective, record.MarkCertification, record.MarkWellKnown}[r.IntN(4):]
		}
	}
	if r.maybe() {
		r.class(d, record.Vienna, "27.5.1", "", "")
		r.class(d, record.Vienna, "1.3", "", "")
	}
	r.class(d, record.Nice, "45", "", "")
	for _, class := range []string{"09", "35"}[r.IntN(2):] {
		r.class(d, record.Nice, class, "", "")
		g := record.Goods{Class: class, Texts: r.texts(), Status: r.one("", "ACTIVE")}
		if d.Office == "CN" && r.maybe() {
			g.Groups = []string{class + "01", class + "02"}
		}
		if r.maybe() {
			g.Since = r.day()
		}
		d.Goods = append(d.Goods, g)
	}
	if r.maybe() {
		d.Images = []record.Image{{Use: "mark", Name: "mark.png", Format: "PNG"}, {Use: "mark", Name: "b.jpg"}}
	}
	if r.maybe() {
		d.Filings = append(d.Filings, record.Filing{Relation: record.RelDivisional, Office: "CN", Number: "123", Date: r.day()})
	}
	d.Parties = append(d.Parties, r.party(record.Former))
	d.Events = []record.Event{
		{Code: record.EventRenewed, Date: r.day(), Text: r.words()}, {Code: "A10", Date: r.day()},
		{Code: d.Office + ":PUBOA", Office: d.Office, Text: r.words(), Date: r.day(), Number: "N1"}, {Code: "EM:XY", Office: "EM", Date: r.day()},
		{Code: record.EventTransfer, Date: r.day(), Number: "T1", Text: r.words(), Parties: []record.Party{r.party(record.Former), r.party(record.Holder)}},
	}[r.IntN(4):]
	return d
}

func (r *inventor) design(i int) *record.Document {
	d := r.base(r.one("CN", "US", "EM"), record.Design, i)
	d.Titles, d.Number, d.Code = d.Titles[:1], fmt.Sprint(300000000+i), "S"
	if d.Office == "CN" {
		body := fmt.Sprintf("20183%07d", i)
		d.Application.Number = body + "." + string(record.CheckDigit(body))
		d.Application.Raw = d.Application.Number
	}
	if d.Office == "EM" {
		d.Code = ""
	}
	d.Abstracts = []record.Text{{Lang: "zh", Text: "设计要点。\n" + r.words()}, {Lang: "en", Text: "Points."}}
	d.Parties = append(d.Parties, r.party(record.Inventor))
	r.class(d, record.Locarno, "06-01", "12", "")
	r.class(d, record.Locarno, "06-05", "12", "")
	r.class(d, record.Locarno, "07-01", "11", "")
	if d.Office == "US" {
		r.class(d, record.USPC, "D6/373", "", "")
	}
	r.add(d, record.DayRegistered, r.day())
	r.add(d, record.DayExpires, 20300101)
	d.Status = []*record.Status{nil, {Code: "in_force", Text: "Registered", Date: r.day()}, {Code: "expired", Text: "Expired"}, {Text: "Undefined"}}[r.IntN(4)]
	d.Images = []record.Image{{Use: "drawing", Name: "1.jpg", Format: "JPEG", Text: "Front"}, {Use: "photograph", Name: "2.jpg"}}
	d.Cited = []string{"USD5584709S,2008.01, Priebe"}
	d.Events = []record.Event{{Code: "A10", Date: r.day(), Text: r.words()}, {Code: record.EventLicence, Date: r.day(), Text: r.words()},
		{Code: d.Office + ":Undefined", Office: d.Office, Text: r.words()}, {Code: "B21", Date: r.day()}, {Code: "EP:PGFP", Office: "EP", Date: r.day()},
		{Code: record.EventRegistered, Date: r.day()}, {Code: record.EventRefused, Date: r.day()}}[r.IntN(6):]
	return d
}

func (r *inventor) indication(i int) *record.Document {
	d := r.base(r.one("CN", "FR", "EM"), record.Indication, i)
	d.Number = fmt.Sprintf("AGI%05d", i)
	for j := range d.Parties {
		if d.Parties[j].Role == record.Holder {
			d.Parties[j].Role = record.Applicant
		}
	}
	for range 2 {
		p := r.party(record.Group)
		p.Ident = ""
		d.Parties = append(d.Parties, p)
	}
	r.class(d, record.Product, "1.6. Fruit", "", "")
	r.class(d, record.Nice, "31", "", "")
	if r.maybe() {
		d.Goods = []record.Goods{{Class: "31", Texts: r.texts()}}
	}
	r.add(d, record.DayRegistered, r.day())
	r.add(d, record.DayExpires, 20400101)
	d.Status = []*record.Status{nil, {Code: "registered", Text: "Registered"}, {Code: "published", Text: "Published"}}[r.IntN(3)]
	fact := func(name, lang, text string) {
		if r.maybe() {
			d.Facts = append(d.Facts, record.Fact{Name: name, Lang: lang, Text: text})
		}
	}
	fact(record.FactForeignName, "zh", r.words())
	fact(record.FactScheme, "", r.one("PDO", "PGI", "TSG"))
	fact(record.FactAnnouncement, "", "第1号")
	fact(record.FactDescription, "zh", r.words())
	fact(record.FactArea, "zh", r.words())
	fact(record.FactProtection, "en", r.words())
	return d
}
