package gazettecsv

import (
	"strings"

	"golang.org/x/text/width"

	"onewindow/internal/source/cnfield"
)

// column is what a column of the table means.
type column int

const (
	colTitle     column = iota // (54)
	colNumber                  // (11) with the kind code
	colPublished               // (43) or (45)
	colFilingID                // (21)
	colFiled                   // (22)
	colOwner                   // (71) or (73)
	colPerson                  // (72)
	colAddress                 // of the first owner
	colClasses                 // (51)
	colAbstract                // (57)
	colAgency                  // (74), firm
	colAgent                   // (74), person
	columns
)

// columnNames are the names in the gazette's layout, by which flags speak of a
// column and which the writer puts in the header.
var columnNames = [columns]string{
	"name", "authorization_notice_id", "authorized_announcement_date", "filing_id", "filing_date",
	"patentee", "designer", "address", "Int.Cl.", "abstract", "agency", "agent",
}

// String returns the column's name in the gazette's layout.
func (c column) String() string { return columnNames[c] }

// headerNames are the spellings of headers that are understood, folded.
var headerNames = map[string]column{
	"name": colTitle, "title": colTitle, "名称": colTitle, "发明名称": colTitle, "专利名称": colTitle,
	"实用新型名称": colTitle, "外观设计名称": colTitle, "使用外观设计的产品名称": colTitle,

	"authorizationnoticeid": colNumber, "publicationnumber": colNumber, "公开号": colNumber, "公布号": colNumber,
	"申请公布号": colNumber, "授权公告号": colNumber, "公告号": colNumber, "公开(公告)号": colNumber,

	"authorizedannouncementdate": colPublished, "publicationdate": colPublished, "公开日": colPublished, "公布日": colPublished,
	"申请公布日": colPublished, "授权公告日": colPublished, "公告日": colPublished, "公开(公告)日": colPublished,

	"filingid": colFilingID, "applicationnumber": colFilingID, "申请号": colFilingID, "专利号": colFilingID, "申请(专利)号": colFilingID,

	"filingdate": colFiled, "applicationdate": colFiled, "申请日": colFiled, "申请日期": colFiled,

	"patentee": colOwner, "applicant": colOwner, "专利权人": colOwner, "申请人": colOwner, "申请(专利权)人": colOwner,

	"designer": colPerson, "inventor": colPerson, "发明人": colPerson, "设计人": colPerson, "发明(设计)人": colPerson,

	"address": colAddress, "地址": colAddress, "专利权人地址": colAddress, "申请人地址": colAddress,

	"int.cl.": colClasses, "int.cl": colClasses, "ipc": colClasses, "分类号": colClasses, "主分类号": colClasses,
	"ipc分类号": colClasses, "洛迦诺分类号": colClasses, "locarno": colClasses, "loc": colClasses,

	"abstract": colAbstract, "摘要": colAbstract, "简要说明": colAbstract,
	"agency": colAgency, "专利代理机构": colAgency, "代理机构": colAgency,
	"agent": colAgent, "代理人": colAgent, "专利代理师": colAgent,
}

// foldHeader makes the spellings of a header name alike: width, case, spaces
// and underscores do not count.
func foldHeader(s string) string {
	s = strings.ToLower(width.Fold.String(strings.TrimPrefix(s, "\uFEFF")))
	return strings.NewReplacer(" ", "", "_", "", "\u3000", "", "\t", "").Replace(s)
}

// header is the first row: which cell holds which column.
type header struct {
	names   []string
	at      [columns]int // index of the cell, -1 where the column is missing
	swapped bool         // address and designer hold each other's content
}

// readHeader maps the cells of a first row. ok is false unless it has the
// columns without which nothing can be read, number and title, and four that
// are known in all.
func readHeader(cells []string) (h header, ok bool) {
	for c := range h.at {
		h.at[c] = -1
	}
	known := 0
	for i, cell := range cells {
		h.names = append(h.names, strings.TrimSpace(strings.TrimPrefix(cell, "\uFEFF")))
		if c, is := headerNames[foldHeader(cell)]; is && h.at[c] < 0 {
			h.at[c] = i
			known++
		}
	}
	return h, h.at[colNumber] >= 0 && h.at[colTitle] >= 0 && known >= 4
}

// cell returns the trimmed content of a column, empty where a row has none.
func (h *header) cell(cells []string, c column) string {
	if i := h.at[c]; i >= 0 && i < len(cells) {
		return cnfield.Trim(cells[i])
	}
	return ""
}

// read tells whether any column that is read stands in cell i.
func (h *header) read(i int) bool {
	for _, at := range h.at {
		if at == i {
			return true
		}
	}
	return false
}
