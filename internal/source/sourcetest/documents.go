// Package sourcetest invents documents and packs files for the tests of readers.
package sourcetest

import (
	"fmt"
	"math/rand/v2"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// Documents invents n documents of all kinds, the same ones for the same seed.
// No name, number or address in them belongs to anybody.
func Documents(seed uint64, n int) []*record.Document {
	r := &inventor{rand.New(rand.NewPCG(seed, 7))}
	out := make([]*record.Document, n)
	for i := range out {
		out[i] = r.document(i)
	}
	return out
}

type inventor struct{ *rand.Rand }

func pick[T any](r *inventor, list ...T) T { return list[r.IntN(len(list))] }

func (r *inventor) document(i int) *record.Document {
	kind := pick(r, record.Invention, record.Invention, record.UtilityModel, record.Design)
	d := &record.Document{Office: "CN", Kind: kind, Issued: 20190801}
	first, code := 1, pick(r, "A", "B")
	switch kind {
	case record.UtilityModel:
		first, code = 2, "U"
	case record.Design:
		first, code = 3, "S"
	}
	d.Number, d.Code = fmt.Sprintf("%d%08d", first, 9000000+i), code
	d.Application.Filed = date.Of(2015+r.IntN(3), 1+r.IntN(12), 1+r.IntN(28))
	d.Published = date.Of(2019, 1+r.IntN(12), 1+r.IntN(28))
	d.Gazette = fmt.Sprintf("35-%02d0%d", 1+r.IntN(52), 1+r.IntN(2))
	body := fmt.Sprintf("%d%d%07d", d.Application.Filed.Year(), first, 9000000+i)
	d.Application.Number = body + "." + string(record.CheckDigit(body))
	d.Application.Raw = d.Application.Number
	d.Titles = []record.Text{{Lang: "zh", Text: r.title()}}
	if r.IntN(4) > 0 {
		d.Abstracts = []record.Text{{Lang: "zh", Text: "本样例公开了" + r.title() + "，其特征在于\"引号\"与<标签>&符号。"}}
	}
	r.parties(d)
	r.classes(d)
	d.Claims = r.IntN(12)
	r.filings(d)
	return d
}

func (r *inventor) title() string {
	return pick(r, "样例电池", "示范夹具", "虚构, 带逗号的装置", "某种\"引号\"结构", "测试用LED灯") +
		pick(r, "的制造方法", "及其系统", "", "（一）") + fmt.Sprint(r.IntN(1000))
}

func name(tag, s string) []record.Text { return []record.Text{{Lang: tag, Text: s}} }

func (r *inventor) owner(role record.Role) record.Party {
	p := record.Party{Role: role, Names: name("zh", pick(r, "样例", "虚构", "示范")+pick(r, "电池", "机械", "软件")+
		pick(r, "有限公司", "大学", "研究院（试验）", "股份公司")+fmt.Sprint(r.IntN(100)))}
	if r.IntN(5) == 0 {
		p.Address, p.Country = pick(r, "美国样例州", "日本国虚构县", "德国样例市"), "US"
		return p
	}
	p.Address = pick(r, "江苏省苏州市昆山市样例路", "江苏省南京市玄武区虚构街", "浙江省杭州市示范大道") + fmt.Sprintf("%d号%d室", r.IntN(900), r.IntN(99))
	p.Postcode, p.Country = fmt.Sprintf("2%05d", r.IntN(100000)), "CN"
	return p
}

func (r *inventor) parties(d *record.Document) {
	role := record.Holder
	if d.Code == "A" {
		role = record.Applicant
	}
	for i := range 1 + r.IntN(3) {
		p := r.owner(role)
		if i > 0 {
			p = record.Party{Role: role, Names: p.Names}
		}
		d.Parties = append(d.Parties, p)
	}
	for range 1 + r.IntN(3) {
		d.Parties = append(d.Parties, record.Party{Role: record.Inventor,
			Names: name("zh", pick(r, "甲", "乙", "丙", "A·", "让-")+pick(r, "样例", "虚构", "某某")+fmt.Sprint(r.IntN(100)))})
	}
	if r.IntN(3) == 0 {
		return
	}
	d.Parties = append(d.Parties, record.Party{Role: record.Agency, Names: name("zh", "样例专利事务所"), Ident: fmt.Sprintf("%05d", 10000+r.IntN(90000))})
	for range 1 + r.IntN(2) {
		d.Parties = append(d.Parties, record.Party{Role: record.Agent, Names: name("zh", fmt.Sprintf("代理%d", r.IntN(1000)))})
	}
}

func (r *inventor) classes(d *record.Document) {
	for range 1 + r.IntN(3) {
		c := record.Class{Scheme: record.IPC, Version: pick(r, "2006.01", "2019.01"), Value: pick(r, "I", "I", "N"),
			Symbol: fmt.Sprintf("%c%02d%c%d/%02d", 'A'+r.IntN(8), 1+r.IntN(98), 'A'+r.IntN(26), 1+r.IntN(999), r.IntN(99))}
		if d.Kind == record.Design {
			c = record.Class{Scheme: record.Locarno, Version: "12", Symbol: fmt.Sprintf("%02d-%02d", 1+r.IntN(32), 1+r.IntN(99))}
		}
		d.Classes = append(d.Classes, c)
	}
}

func (r *inventor) filings(d *record.Document) {
	add := func(relation, office, number string, day date.Date) {
		d.Filings = append(d.Filings, record.Filing{Relation: relation, Office: office, Number: number, Date: day})
	}
	for i := range r.IntN(3) {
		add(pick(r, "priority", "domestic_priority"), pick(r, "KR", "US", "CN"), fmt.Sprintf("10-2016-%07d", i), 20160523)
	}
	if r.IntN(4) == 0 {
		add("divisional", "CN", "201410000001.X", 20140101)
	}
	if d.Code == "B" {
		add("earlier_publication", "CN", d.Number+"A", 20180101)
		d.Cited = []string{"CN1719946A,2006.01.11", "样例, 虚构期刊"}
	}
	if r.IntN(4) == 0 {
		add("pct_application", "JP", "PCT/JP2014/059529", 20140331)
		add("pct_publication", "WO", "2014/157990", 20141002)
		add("national_entry", "", "", 20140828)
	}
}
