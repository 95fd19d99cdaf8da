package register_test

import (
	"fmt"
	"slices"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// said makes a statement of a document in a file.
func said(sha string, ordinal int64, issued date.Date, rank int, d *record.Document) register.Statement {
	return register.Statement{
		ID: register.StatementID(1, ordinal), Hash: register.HashOf(register.Encode(nil, d)), File: &register.File{SHA256: sha, Path: "/in/" + sha},
		Position: register.Position{Row: ordinal, Ordinal: ordinal}, Issued: issued, Rank: rank, Doc: d,
	}
}

func title(s string) *record.Document { return doc("109000001A", "", s) }

func TestWhoIsBelieved(t *testing.T) {
	english := title("中文")
	english.Titles = append(english.Titles, record.Text{Lang: "en", Text: "English"})
	undated := title("无日期")
	undated.Published = 0
	for _, c := range []struct {
		name     string
		st       []register.Statement
		titles   string
		disputed int
	}{
		{"the newer document", []register.Statement{said("a", 1, 20250101, 9, title("旧")), said("b", 1, 0, 0, doc("109000001B", "", "新"))}, "[新]", 0},
		{"the newer source", []register.Statement{said("a", 1, 20190101, 9, title("旧")), said("b", 1, 20200101, 0, title("新"))}, "[新]", 0},
		{"the better format", []register.Statement{said("a", 1, 20190101, 1, title("低")), said("b", 1, 20190101, 2, title("高"))}, "[高]", 0},
		{"nobody among equals", []register.Statement{said("a", 1, 0, 0, title("甲")), said("a", 2, 0, 0, title("乙")), said("a", 3, 0, 0, title("甲"))}, "", 1},
		{"each language for itself", []register.Statement{said("a", 1, 20200101, 0, title("新")), said("b", 1, 20190101, 0, english)}, "[新 English]", 0},
		{"a document's day whichever row has it", []register.Statement{said("a", 1, 20200101, 0, undated), said("b", 1, 20190101, 0, title("有日期")), said("c", 1, 0, 0, doc("108999999A", "", "更早"))}, "[无日期]", 0},
	} {
		v := register.Merge(1, c.st, 0)
		var got []string
		for _, x := range v.Titles {
			got = append(got, x.Text.Text)
		}
		if c.titles != "" && fmt.Sprint(got) != c.titles || len(v.Disputed) != c.disputed {
			t.Errorf("%s: titles %v, disputes %v; want %s and %d", c.name, got, v.Disputed, c.titles, c.disputed)
		}
	}
}

func TestADisputeKeepsEveryVariant(t *testing.T) {
	other := title("甲")
	other.Parties = []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: "样本公司"}}, Address: "一号"}}
	another := title("甲")
	another.Parties = []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: "样本公司"}}, Address: "二号"}}
	v := register.Merge(1, []register.Statement{said("a", 1, 0, 0, other), said("a", 2, 0, 0, another), said("a", 3, 0, 0, title("甲"))}, 0)
	if len(v.Disputed) != 1 || v.Disputed[0].Field != register.FieldHolder || v.Disputed[0].Part != "CN109000001A" {
		t.Fatalf("disputes: %+v", v.Disputed)
	}
	var texts []string
	for _, x := range v.Disputed[0].Variants {
		texts = append(texts, x.Text)
	}
	if shown := v.Principal(); texts[0] != "样本公司, "+shown.Address {
		t.Errorf("the first variant is not the one shown: %q, %s", texts, shown.Address)
	}
	if slices.Sort(texts); !slices.Equal(texts, []string{"样本公司, 一号", "样本公司, 二号"}) {
		t.Errorf("variants: %q", texts)
	}
}

func TestRolesComeFromTheirNewestDocument(t *testing.T) {
	a, b := title("甲"), doc("109000001B", "", "甲")
	a.Parties = []record.Party{{Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: "申请人"}}}, {Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "张三"}}}}
	b.Parties = []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: "专利权人"}}}, {Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "李四"}}}}
	v := register.Merge(1, []register.Statement{said("a", 1, 0, 0, a), said("b", 1, 0, 0, b)}, 0)
	var got []string
	for _, p := range v.Parties {
		got = append(got, string(p.Role)+" "+p.Name()+" "+v.Source(p.From).Doc.Code)
	}
	if want := []string{"applicant 申请人 A", "holder 专利权人 B", "inventor 李四 B"}; !slices.Equal(got, want) {
		t.Errorf("parties: %q", got)
	}
	if v.Principal().Name() != "专利权人" {
		t.Errorf("the principal is %s", v.Principal().Name())
	}
}

func TestATransliterationDoesNotReplaceAChineseName(t *testing.T) {
	named := func(number, tag, name string) *record.Document {
		d := doc(number, "", "名")
		d.Parties = []record.Party{{Role: record.Applicant, Names: []record.Text{{Lang: tag, Text: name}}}}
		return d
	}
	gazette, copied := named("109000001A", "zh", "示例大学"), named("109000001B", "en", "EXAMPLE UNIV")
	for _, c := range []struct {
		st   []register.Statement
		want string
	}{
		{[]register.Statement{said("a", 1, 20190101, 9, gazette), said("b", 1, 20250101, 1, copied)}, "示例大学"},
		{[]register.Statement{said("b", 1, 20250101, 1, copied), said("c", 1, 20180101, 1, named("108000001A", "en", "EXAMPLE"))}, "EXAMPLE UNIV"},
		{[]register.Statement{said("a", 1, 20190101, 9, gazette), said("b", 1, 20250101, 1, copied), said("c", 1, 20200101, 9, named("109000001B", "zh", "新示例大学"))}, "新示例大学"},
	} {
		v := register.Merge(1, c.st, 0)
		if len(v.Parties) != 1 || v.Parties[0].Name() != c.want {
			t.Errorf("the applicant is %+v, want %s", v.Parties, c.want)
		}
	}
}

func TestTheTimeline(t *testing.T) {
	a, b := doc("109000001A", "201710601862", "甲"), doc("109000001B", "201710601862", "甲")
	b.Events = []record.Event{{Date: 20200601, Code: "D10", Text: "实质审查"}}
	v := register.Merge(1, []register.Statement{said("b", 1, 0, 0, b), said("a", 1, 0, 0, a)}, 0)
	var got []string
	for _, e := range v.Events {
		got = append(got, fmt.Sprintf("%v %s %s", e.Date, e.Code, e.Document))
	}
	want := []string{"2017-07-21 filed CN109000001B", "2019-07-09 published CN109000001A", "2020-06-01 D10 CN109000001B", "2021-03-02 published CN109000001B"}
	if !slices.Equal(got, want) {
		t.Errorf("the timeline is %q", got)
	}
	if before := register.Merge(1, v.Statements, 20200601); len(before.Documents) != 1 || len(before.Events) != 2 {
		t.Errorf("in 2020 there were %d documents and the events %v", len(before.Documents), before.Events)
	}
	if register.Merge(1, v.Statements, 20190708) != nil {
		t.Error("there was something before the first publication")
	}
}

func TestTheKeyIsTheSoundApplicationNumber(t *testing.T) {
	broken := title("甲")
	broken.Application = record.Application{Raw: "2.02E+12"}
	if v := register.Merge(1, []register.Statement{said("a", 1, 0, 0, broken)}, 0); v.Key != "pub:CN109000001" || v.Application.Raw != "2.02E+12" {
		t.Errorf("a damaged number gives the key %s, %+v", v.Key, v.Application)
	}
	sound := doc("109000001A", "201710601862", "甲")
	v := register.Merge(1, []register.Statement{said("a", 1, 20200101, 5, broken), said("b", 1, 0, 0, sound)}, 0)
	if v.Key != "app:CN201710601862.3" || v.Application.Number != "201710601862.3" || v.Origin(register.FieldApplication).File.SHA256 != "b" {
		t.Errorf("a sound number elsewhere gives %s, %+v", v.Key, v.Application)
	}
	wrong := doc("109000001A", "201710601862", "甲")
	wrong.Application.Number = "201710601862.4"
	if v := register.Merge(1, []register.Statement{said("a", 1, 0, 0, wrong)}, 0); v.Key != "pub:CN109000001" || v.Application.Number != "201710601862.4" {
		t.Errorf("a wrong check digit gives the key %s, %+v", v.Key, v.Application)
	}
}
