package web_test

import (
	"fmt"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/web"
)

// zone is the zone of the invented region.
var zone = time.FixedZone("CST", 8*3600)

var loaded = time.Date(2026, 11, 20, 9, 30, 0, 0, zone)

// origin is a place in an invented gazette.
func origin(doc string, row int64) []web.Origin {
	return []web.Origin{{Document: doc, File: "gazette-2019-07-09/inventions.csv", Row: row, Load: 3, Loaded: loaded}}
}

func stated(doc string, row int64) web.Stated { return web.Stated{Origins: origin(doc, row)} }

func text(lang, s string) record.Text { return record.Text{Lang: lang, Text: s} }

// invented are the rights of an invented province, Linhe, with its cities
// Donggang and Xishan. No person, body or right here exists.
func invented() []right {
	rights := []right{separator(), pump(), lamp()}
	materials := []string{"石墨", "铝壳", "陶瓷", "聚合物", "复合", "纳米", "梯度"}
	for i := range 40 {
		doc := fmt.Sprintf("CN10999%04dA", 1000+i)
		title := fmt.Sprintf("一种%s电池隔膜的制备方法", materials[i%len(materials)])
		rights = append(rights, right{
			Record: web.Record{
				ID: int64(100 + i), Kind: "invention",
				Titles:      []web.TextValue{{Text: text("zh", title), Stated: stated(doc, int64(50+i))}},
				Abstracts:   []web.TextValue{{Text: text("zh", "本发明公开了"+title+"，包括混料、涂布、干燥和热压步骤，提高了隔膜的耐热性。"), Stated: stated(doc, int64(50+i))}},
				Application: web.Application{Number: fmt.Sprintf("20171060%04d.X", 2000+i), Check: web.CheckSound, Filed: date.Of(2017, 1+i%12, 1+i%28)},
				Documents:   []web.Document{{Number: doc, Office: "CN", Code: "A", Published: date.Of(2018+i%3, 7, 1+i%28), Stated: stated(doc, int64(50+i))}},
				Parties: []web.Party{{
					Role: record.Applicant, Names: []record.Text{text("zh", "东港虚构新材料有限公司")},
					Stated: stated(doc, int64(50+i)),
				}},
			},
			region: []string{"donggang", "xishan"}[i%5/4], holder: "enterprise", fields: []string{"electrical", "materials"}[:1+i%2],
		})
	}
	return rights
}

// separator is a right with something of everything: two publications, a
// disputed title, a damaged number, a correction by hand.
func separator() right {
	a, b := "CN109990001A", "CN109990001B"
	other := []web.Origin{{Document: a, File: "delivery.zip", Member: "2019/27/CN109990001A.xml", Row: 1, Load: 4, Loaded: loaded.Add(26 * time.Hour)}}
	inventors := []web.Variant{
		{Text: text("zh", "甲某; 乙某"), Shown: true, Origins: origin(a, 17)},
		{Text: text("zh", "甲某"), Origins: origin(a, 18)},
	}
	return right{
		region: "donggang", holder: "university", fields: []string{"electrical", "materials"},
		Record: web.Record{
			ID: 1, Kind: "invention",
			Titles: []web.TextValue{
				{Text: text("zh", "一种耐高温锂离子电池隔膜及其制备方法"), Stated: web.Stated{
					Origins: origin(a, 17),
					Disputed: []web.Variant{
						{Text: text("zh", "一种耐高温锂离子电池隔膜及其制备方法"), Shown: true, Origins: origin(a, 17)},
						{Text: text("zh", "一种耐高温锂电池隔膜"), Origins: other},
					},
				}},
				{Text: text("en", "Heat-resistant lithium-ion battery separator and method for its preparation"), Stated: web.Stated{Origins: other}},
			},
			Abstracts: []web.TextValue{
				{Text: text("zh", "本发明涉及电池技术领域，公开了一种耐高温锂离子电池隔膜及其制备方法。该隔膜包括聚烯烃基膜和涂覆于基膜表面的陶瓷层，陶瓷层由勃姆石、粘结剂和分散剂组成。与现有技术相比，本发明的隔膜在 180 ℃ 下热收缩率小于 2 %，离子电导率高，适用于动力电池。"), Stated: stated(a, 17)},
				{Text: text("en", "The invention relates to the technical field of batteries and discloses a heat-resistant lithium-ion battery separator and a method for its preparation. The separator comprises a polyolefin base film and a ceramic layer coated on its surface."), Stated: web.Stated{Origins: other}},
			},
			Application: web.Application{Number: "201710601862.3", Raw: "CN2017106018623", Check: web.CheckSound, Filed: 20170721, Stated: stated(a, 17)},
			Documents: []web.Document{
				{Number: b, Office: "CN", Code: "B", Published: 20210316, Gazette: "37-1101", Stated: web.Stated{Origins: other}},
				{Number: a, Office: "CN", Code: "A", Published: 20190709, Gazette: "35-2802", Stated: stated(a, 17)},
			},
			Parties: []web.Party{
				{
					Role: record.Applicant, Names: []record.Text{text("zh", "临河虚构大学"), text("en", "Linhe Invented University")}, Address: "临河省东港市学院路0号", Postcode: "990001", Country: "CN",
					Query: `pa=="临河虚构大学"`, Stated: stated(a, 17),
				},
				{Role: record.Applicant, Names: []record.Text{text("zh", "东港虚构新材料有限公司")}, Address: "临河省东港市高新区00号", Postcode: "990012", Country: "CN", Ident: "91990000XXXXXXXXX0", Stated: stated(a, 17)},
				{Role: record.Inventor, Names: []record.Text{text("zh", "甲某")}, Stated: web.Stated{Origins: origin(a, 17), Disputed: inventors}},
				{Role: record.Inventor, Names: []record.Text{text("zh", "乙某")}, Stated: web.Stated{Origins: origin(a, 17), Disputed: inventors}},
				{Role: record.Holder, Names: []record.Text{text("zh", "临河虚构大学"), text("en", "Linhe Invented University")}, Address: "临河省东港市学院路0号", Postcode: "990001", Country: "CN", Stated: web.Stated{Origins: other}},
				{Role: record.Agency, Names: []record.Text{text("zh", "东港虚构专利代理事务所（普通合伙）")}, Ident: "99001", Stated: stated(a, 17)},
				{Role: record.Agent, Names: []record.Text{text("zh", "丙某")}, Stated: stated(a, 17)},
			},
			Classes: []web.Class{
				{Scheme: record.IPC, Symbol: "H01M2/16", Version: "2006.01", Text: text("en", "Separators, membranes, diaphragms, characterised by the material"), Query: "ipc=H01M2/16", Stated: stated(a, 17)},
				{Scheme: record.IPC, Symbol: "H01M10/0525", Version: "2010.01", Text: text("en", "Rocking-chair batteries, i.e. batteries with lithium insertion"), Query: "ipc=H01M10/0525", Stated: stated(a, 17)},
			},
			Filings: []web.Filing{
				{Relation: "priority", Office: "KR", Number: "10-2016-0099999", Date: 20160801, Stated: stated(a, 17)},
				{Relation: "pct_application", Office: "WO", Number: "PCT/CN2017/099999", Date: 20170721, Stated: stated(a, 17)},
			},
			Cited:  []web.TextValue{{Text: text("", "CN 101000001 A"), Stated: web.Stated{Origins: other}}},
			Claims: 9,
			Findings: []web.Finding{
				{Subject: "region", Label: "Donggang", Query: "region=donggang", Rule: "address.city", Reason: "The address of the first holder names the city.", Confidence: 0.99, Matched: "东港市"},
				{
					Subject: "holder-type", Label: "University", Query: "holder-type=university", Rule: "name.university", Reason: "The name ends like that of a university.", Confidence: 0.95, Matched: "大学",
					Override: &web.Override{Was: "Research institute", At: loaded.Add(50 * time.Hour), Reason: "charter of the body seen"},
				},
				{Subject: "field", Label: "Electrical machinery, apparatus, energy", Query: "field=electrical", Rule: "ipc.H01M", Reason: "The concordance of WIPO maps the class to the field.", Confidence: 1, Matched: "H01M2/16"},
			},
			Events: []web.Event{
				{Date: 20170721, Label: "Application filed", Stated: stated(a, 17)},
				{Date: 20190709, Label: "Application published", Code: "A", Stated: stated(a, 17)},
				{Date: 20190802, Label: "Request for examination took effect", Code: "D10", Stated: web.Stated{Origins: other}},
				{Date: 20210316, Label: "Patent granted", Code: "B", Stated: web.Stated{Origins: other}},
			},
			Versions: []web.Version{
				{State: 131, At: loaded.Add(50 * time.Hour), Act: "Corrected", Changes: []web.Change{{Field: "override", After: "holder-type=university"}}},
				{State: 120, At: loaded.Add(26 * time.Hour), Act: "Loaded", Load: 4, File: "delivery.zip", Document: b, Changes: []web.Change{{Field: "holder", After: "临河虚构大学"}, {Field: "abstract"}, {Field: "title", Before: "一种耐高温锂电池隔膜", After: "一种耐高温锂离子电池隔膜及其制备方法"}}},
				{State: 96, At: loaded, Act: "Loaded", Load: 3, File: "gazette-2019-07-09/inventions.csv", Document: a},
			},
			Flags: []web.Flag{{Code: "invented.code", Field: "application number", Raw: "2.02E+12", Origin: origin(a, 17)[0]}},
		},
	}
}

// pump is a right in English whose title tries to be a script.
func pump() right {
	doc := "CN209990002U"
	return right{
		region: "xishan", holder: "individual", fields: []string{"mechanical"},
		Record: web.Record{
			ID: 2, Kind: "utility_model",
			Titles:      []web.TextValue{{Text: text("en", `Pump <script>alert("1")</script> & valve`), Stated: stated(doc, 18)}},
			Abstracts:   []web.TextValue{{Text: text("en", `A pump with a "valve" <img src=x onerror=alert(1)> for the battery of a vehicle.`), Stated: stated(doc, 18)}},
			Application: web.Application{Raw: "2.02E+12", Check: web.CheckDamaged, Stated: stated(doc, 18)},
			Documents:   []web.Document{{Number: doc, Office: "CN", Code: "U", Published: 20190709, Stated: stated(doc, 18)}},
			Parties:     []web.Party{{Role: record.Holder, Names: []record.Text{text("zh", "丁某")}, Address: "javascript:alert(1)", Stated: stated(doc, 18)}},
			Flags:       []web.Flag{{Code: "invented.code", Field: `"><script>`, Raw: "<b>", Origin: origin(doc, 18)[0]}},
		},
	}
}

// lamp is a right of which next to nothing is known.
func lamp() right {
	return right{region: "xishan", holder: "enterprise", Record: web.Record{
		ID: 3, Kind: "design",
		Documents: []web.Document{{Number: "CN305990003S", Office: "CN", Code: "S", Published: 20190709, Stated: stated("CN305990003S", 19)}},
	}}
}

// deliveries are the loads of the invented register, the newest first.
func deliveries() []web.LoadDetail {
	files := []web.LoadFile{
		{Name: "gazette-2019-07-09/inventions.csv", Format: "gazettecsv", Size: 18_874_368, Read: 18_211, Rejected: 2, Flagged: 1_204},
		{Name: "gazette-2019-07-09/utility-models.csv", Format: "gazettecsv", Size: 9_437_184, Read: 12_004, Flagged: 880},
	}
	rejects := []web.Reject{
		{File: "gazette-2019-07-09/inventions.csv", Row: 4_711, Line: 4_712, Reason: "The row has 9 columns, 14 are needed.", Raw: `CN109990009A,"<script>",,,`},
		{File: "gazette-2019-07-09/inventions.csv", Row: 9_002, Line: 9_003, Reason: "The publication number cannot be read.", Raw: "发明专利,,0,0"},
	}
	unread := []web.Unread{{Format: "gazettecsv", Path: "收费项目", N: 18_211}, {Format: "cnipa", Path: "business:SearchField/business:IPCR", N: 9}}
	load := func(id int64, status web.Status, after time.Duration) web.Load {
		return web.Load{ID: id, State: 24 + 24*id, Status: status, Begun: loaded.Add(after), Ended: loaded.Add(after + 3*time.Minute), Files: 2, Read: 30_215, New: 28_004, Changed: 311, Repeated: 1_900, Rejected: 2, Flagged: 2_084}
	}
	running := load(5, web.Running, 60*time.Hour)
	running.Ended, running.Read, running.New = time.Time{}, 4_096, 4_000
	return []web.LoadDetail{
		{Load: running, FileList: files[:1], Unread: unread[:1]},
		{Load: load(4, web.Done, 26*time.Hour), FileList: files, Rejects: rejects, Unread: unread},
		{Load: load(3, web.Done, 0), FileList: files, Rejects: rejects, RejectsCut: 774_456, Unread: unread},
		{Load: load(2, web.Undone, -24*time.Hour), FileList: files, Rejects: rejects, Unread: unread},
		{Load: load(1, web.Stopped, -48*time.Hour)},
	}
}
