package bench

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// day draws a day of registration, later ones oftener.
func (c *Corpus) day(rng *rand.Rand) date.Date {
	return date.Of(2000+25-c.yearRank.draw(rng), 1+rng.IntN(12), 1+rng.IntN(28))
}

// registered makes the entry of a right that registers of no patents keep: filed
// some time before it was registered, protected for years from then on, 0 for no
// stated end.
func (c *Corpus) registered(rng *rand.Rand, kind record.Kind, number string, years int) *record.Document {
	day := c.day(rng)
	d := &record.Document{Office: "CN", Kind: kind, Number: number, Published: day, Issued: day}
	d.Application.Filed = day.AddDays(-30 - rng.IntN(400))
	d.Days = []record.Day{{Name: record.DayRegistered, Date: day}}
	if years > 0 {
		d.Days = append(d.Days, record.Day{Name: record.DayExpires, Date: date.Of(day.Year()+years, day.Month(), min(day.Day(), 28))})
	}
	d.Status = &record.Status{Code: "registered", Text: "注册", Date: day}
	return d
}

// title writes a title of a few Chinese words.
func (c *Corpus) title(rng *rand.Rand, n int) string {
	s := ""
	for range n {
		s += c.han[c.hanRank.draw(rng)]
	}
	return s
}

// mark makes a trademark, national or international: two thirds in Chinese,
// a third in Latin letters, mostly in one class of goods.
func (c *Corpus) mark(rng *rand.Rand, i int, form form) *record.Document {
	number, kind := strconv.Itoa(30_000_000+i), record.Trademark
	if form == formMadrid {
		number, kind = strconv.Itoa(1_000_000+i), record.Madrid
	}
	d := c.registered(rng, kind, number, 10)
	word := record.Text{Lang: "zh", Text: c.title(rng, 1+rng.IntN(2))}
	if form == formMadrid || rng.IntN(3) == 0 {
		word = record.Text{Lang: "en", Text: c.latin[c.latinRank.draw(rng)]}
	}
	d.Titles = []record.Text{word}
	d.Mark = &record.Mark{Form: "word", Words: []record.Text{word}}
	if rng.IntN(4) == 0 {
		d.Mark.Form = "combined"
	}
	for k := 0; k == 0 || k < 3 && rng.IntN(8) == 0; k++ {
		class := fmt.Sprintf("%02d", 1+(c.kinds.nice.draw(rng)*7+34)%45)
		d.Classes = append(d.Classes, record.Class{Scheme: record.Nice, Symbol: class})
		goods := record.Goods{Class: class, Groups: []string{class + "01", class + fmt.Sprintf("%02d", 2+rng.IntN(12))}}
		for range 2 + rng.IntN(4) {
			goods.Texts = append(goods.Texts, record.Text{Lang: "zh", Text: c.title(rng, 2)})
		}
		d.Goods = append(d.Goods, goods)
	}
	if form == formMadrid {
		d.Office = "WO"
		d.Days[0].Name = record.DayInternational
		for _, at := range []string{"US", "JP", "DE"}[:1+rng.IntN(3)] {
			d.Facts = append(d.Facts, record.Fact{Name: record.FactDesignated, Text: at})
		}
	} else {
		d.Days = append(d.Days, record.Day{Name: record.DayApproved, Date: d.Published.AddDays(-90)})
		if rng.IntN(200) == 0 {
			d.Mark.Types = []string{record.MarkCollective}
		}
	}
	c.held(rng, d, i, record.Holder, form == formMadrid)
	d.Parties = append(d.Parties, record.Party{Role: record.Agency, Names: []record.Text{{Lang: "zh", Text: "商标事务所" + strconv.Itoa(rng.IntN(2000))}}})
	return d
}

// workTypes are the classes of the copyright register in use here.
var workTypes = []struct{ letter, name string }{{"F", "美术作品"}, {"F", "美术作品"}, {"A", "文字作品"}, {"G", "摄影作品"}, {"I", "视听作品"}, {"L", "其他作品"}}

// work makes a registered work, software, or a contract about them.
func (c *Corpus) work(rng *rand.Rand, i int, form form) *record.Document {
	n := strconv.Itoa(10_000_000 + i)[1:]
	var d *record.Document
	switch form {
	case formSoftware:
		d = c.registered(rng, record.Software, "", 0)
		d.Number = strconv.Itoa(d.Published.Year()) + "SR" + n
		d.Titles = []record.Text{{Lang: "zh", Text: c.title(rng, 2+rng.IntN(3)) + "系统软件"}}
		d.Facts = []record.Fact{{Name: record.FactVersion, Text: "V" + strconv.Itoa(1+rng.IntN(5)) + ".0"}, {Name: record.FactAnnouncement, Text: "软著登字第" + n + "号"}}
	case formAgreement:
		d = c.registered(rng, record.Agreement, "苏合登字-"+n, 0)
		d.Titles = []record.Text{{Lang: "zh", Text: c.title(rng, 2) + "许可合同"}}
	default:
		kind := workTypes[rng.IntN(len(workTypes))]
		d = c.registered(rng, record.Work, "", 0)
		d.Number = "苏作登字-" + strconv.Itoa(d.Published.Year()) + "-" + kind.letter + "-" + n
		d.Classes = []record.Class{{Scheme: record.Works, Symbol: kind.letter}}
		d.Titles = []record.Text{{Lang: "zh", Text: c.title(rng, 1+rng.IntN(4))}}
		d.Facts = []record.Fact{{Name: record.FactWorkType, Text: kind.name}}
		d.Parties = []record.Party{{Role: record.Author, Names: []record.Text{{Lang: "zh", Text: c.people[c.inventorRank.draw(rng)]}}}}
	}
	d.Days = append(d.Days, record.Day{Name: record.DayCreated, Date: d.Application.Filed.AddDays(-rng.IntN(300))})
	c.held(rng, d, i, record.Holder, false)
	return d
}

var genera = []string{"水稻", "普通小麦", "玉米", "大豆", "甘蓝型油菜", "葡萄属", "茶组", "蔷薇属"}

// rare makes a plant variety, a layout design, a geographical indication or a
// recordal with customs.
func (c *Corpus) rare(rng *rand.Rand, i int, form form) *record.Document {
	n := strconv.Itoa(10_000_000 + i)[1:]
	name := c.title(rng, 2)
	var d *record.Document
	role := record.Holder
	switch form {
	case formVariety:
		d = c.registered(rng, record.PlantVariety, "CNA"+n, 15)
		name += strconv.Itoa(1+rng.IntN(99)) + "号"
		d.Facts = []record.Fact{{Name: record.FactDenomination, Text: name}, {Name: record.FactGenus, Text: genera[rng.IntN(len(genera))]}}
		d.Parties = []record.Party{{Role: record.Breeder, Names: []record.Text{{Lang: "zh", Text: c.people[c.inventorRank.draw(rng)]}}}}
	case formLayout:
		d = c.registered(rng, record.Layout, "BS"+n, 10)
		d.Facts = []record.Fact{{Name: record.FactLayoutType, Text: "CMOS"}}
	case formIndication:
		d, role = c.registered(rng, record.Indication, "", 0), record.Group
		at := c.place(rng)
		d.Number = at.County + name + n
		d.Facts = []record.Fact{{Name: record.FactScheme, Text: "product"}, {Name: record.FactArea, Text: at.Province + at.City + at.County + "现辖行政区域"}}
	default:
		d = c.registered(rng, record.Customs, "T"+n, 10)
		d.Facts = []record.Fact{{Name: record.FactRights, Text: "商标权"}}
		d.Filings = []record.Filing{{Relation: record.RelRecorded, Office: "CN", Number: strconv.Itoa(30_000_000 + i/2)}}
	}
	d.Titles = []record.Text{{Lang: "zh", Text: name}}
	c.held(rng, d, i, role, false)
	return d
}
