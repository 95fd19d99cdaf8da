package cnipa

import (
	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// filings reads the other filings that a record names.
func (r *newReader) filings() {
	d := r.doc
	bySequence := map[string][]*xmlrec.Node{}
	var order []string
	for _, n := range r.bib.Child("business:PriorityDetails").All("business:Priority") {
		seq := n.Attr("sequence")
		if bySequence[seq] == nil {
			order = append(order, seq)
		}
		bySequence[seq] = append(bySequence[seq], n)
	}
	for _, seq := range order {
		n := original(bySequence[seq])
		office, number, _, day := r.documentID(n)
		d.Filings = append(d.Filings, filing(priority(n.Attr("kind")), office, number, r.day(day))...)
	}
	related := r.bib.Child("business:RelatedDocuments")
	for _, division := range related.All("business:Division") {
		for _, relation := range division.All("business:DocumentsRelation") {
			r.filing("divisional", relation.Child("business:ParentDocument"))
			r.zeros(relation.At("business:ChildDocument", "base:DocumentID"))
		}
	}
	r.filing("earlier_publication", related.Child("business:RelatedPublicationDoc"))
	r.filing("pct_application", r.bib.Child(pctFiling...))
	r.filing("pct_publication", r.bib.Child(pctPublishing...))
	r.filing("national_entry", r.bib.Child(pctEntry...))
}

// The names of the PCT data, which bulk files have been seen to spell in more
// than one way.
var (
	pctFiling     = []string{"business:PCTOrRegionalFilingData", "business:PctOrRegionalFilingData", "business:PCTFilingData"}
	pctPublishing = []string{"business:PCTOrRegionalPublishingData", "business:PctOrRegionalPublishingData", "business:PCTPublishingData"}
	pctEntry      = []string{"business:PCTNationalPhaseEntry", "business:PctNationalPhaseEntry", "business:DatePCTArticle2239Fulfilled"}
)

// filing adds the filing that n names; an earlier publication with its kind code.
func (r *newReader) filing(relation string, n *xmlrec.Node) {
	if n == nil {
		return
	}
	office, number, code, day := r.documentID(n)
	r.doc.Filings = append(r.doc.Filings, filing(relation, office, number+code, r.day(day))...)
}

// allParties reads everybody. In records of designs they stand without the
// element around them.
func (r *newReader) allParties() {
	around := r.bib.Child("business:Parties")
	each := func(details, element string, role record.Role) {
		for _, n := range [...]*xmlrec.Node{r.bib, around} {
			r.parties(n.Child(details).All(element), role)
		}
	}
	each("business:ApplicantDetails", "business:Applicant", record.Applicant)
	each("business:InventorDetails", "business:Inventor", record.Inventor)
	each("business:DesignerDetails", "business:Designer", record.Inventor)
	each("business:AssigneeDetails", "business:Assignee", record.Holder)
	for _, n := range [...]*xmlrec.Node{r.bib, around} {
		r.agents(n.Child("business:AgentDetails"))
	}
	r.correspondence()
}

// correspondence gives the first owner of a design without an address the one
// that the office writes to.
func (r *newReader) correspondence() {
	owner := r.doc.Principal()
	if owner == nil || owner.Address != "" {
		return
	}
	if text := r.value(r.bib.At("business:CorrespondenceAddress", "base:AddressBook", "base:Address", "base:Text")); text != "" {
		r.address(owner, text, "business:CorrespondenceAddress")
		r.Add("address.correspondence", "business:CorrespondenceAddress", "")
	}
}

// parties reads people of one role. Elements of the same sequence name the same
// one in several languages or data formats.
func (r *newReader) parties(list []*xmlrec.Node, role record.Role) {
	at := map[string]int{}
	for _, n := range list {
		p := record.Party{Role: role}
		book := n.Child("base:AddressBook")
		tag := n.Attr("lang")
		if own := book.Attr("lang"); own != "" {
			tag = own
		}
		n.Attr("dataFormat")
		name := r.value(book.Child("base:Name", "base:OrganizationName"))
		if name == "" {
			name = r.value(n.Child("base:Name"))
		}
		r.addressBook(&p, book.Child("base:Address"))
		p.Ident = r.value(n.Child("business:OrganizationCode", "business:AssigneeCode"))
		if code := n.Child("business:OrganizationCode", "business:AssigneeCode"); p.Ident == "" {
			code.Use()
		}
		seq := n.Attr("sequence")
		if i, ok := at[seq]; ok && seq != "" {
			r.doc.Parties[i].Names = addText(r.doc.Parties[i].Names, lang(tag), name)
			continue
		}
		if name == "" && p.Address == "" {
			continue
		}
		p.Names = addText(nil, lang(tag), name)
		at[seq] = len(r.doc.Parties)
		r.doc.Parties = append(r.doc.Parties, p)
	}
}

// addressBook reads an address: the text as printed, and the region that is
// stated apart from it.
func (r *newReader) addressBook(p *record.Party, n *xmlrec.Node) {
	if n == nil {
		return
	}
	p.Country = r.value(n.Child("base:WIPOST3Code"))
	last := ""
	for _, level := range [...]string{"base:Province", "base:City", "base:County"} {
		if v := r.value(n.Child(level)); v != last && v != "市辖区" {
			p.Region += v
			last = v
		}
	}
	r.address(p, r.value(n.Child("base:Text")), "base:Address")
	if code := r.value(n.Child("base:PostCode")); code != "" {
		if p.Postcode != "" && p.Postcode != code {
			r.Add("postcode.disagrees", "base:PostCode", code)
		} else {
			p.Postcode = code
		}
	}
	r.zeros(n)
}

// agents reads agents and their agencies, each agency once.
func (r *newReader) agents(details *xmlrec.Node) {
	customer := r.value(details.Child("business:CustomerNumber"))
	seen := map[string]bool{}
	for _, n := range details.All("business:Agent") {
		n.Attr("sequence")
		n.Attr("dataFormat")
		tag := lang(n.Attr("lang"))
		firm, code := agency(r.value(n.At("business:Agency", "base:AddressBook").Child("base:OrganizationName", "base:Name")))
		if firm != "" && !seen[firm] {
			seen[firm] = true
			if code == "" {
				code = customer
			}
			r.doc.Parties = append(r.doc.Parties, record.Party{Role: record.Agency, Ident: code, Names: []record.Text{{Lang: tag, Text: firm}}})
		}
		if name := r.value(n.Child("base:AddressBook").Child("base:Name")); name != "" {
			r.doc.Parties = append(r.doc.Parties, record.Party{Role: record.Agent, Names: []record.Text{{Lang: tag, Text: name}}})
		}
	}
}
