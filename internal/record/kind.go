package record

// Kind is the sort of right, or of what stands beside rights in a register. The
// ST.16 kind code of a publication is another thing: see Document.Code.
type Kind string

// The kinds that the register knows.
const (
	Invention    Kind = "invention"               // 发明专利, Patent Law Art. 2
	UtilityModel Kind = "utility_model"           // 实用新型
	Design       Kind = "design"                  // 外观设计
	PCT          Kind = "pct"                     // international application, PCT Art. 3
	Trademark    Kind = "trademark"               // 商标, collective and certification marks included
	Madrid       Kind = "madrid"                  // international registration of a mark, Madrid Protocol Art. 2
	Indication   Kind = "geographical_indication" // 地理标志产品 and 农产品地理标志; as a mark it is a trademark
	Work         Kind = "work"                    // 作品登记
	Software     Kind = "software"                // 计算机软件著作权登记
	Agreement    Kind = "agreement"               // 著作权合同登记
	PlantVariety Kind = "plant_variety"           // 植物新品种权
	Layout       Kind = "layout_design"           // 集成电路布图设计
	Customs      Kind = "customs_recordal"        // 知识产权海关备案
	AgencyFirm   Kind = "agency"                  // licence of a patent or trademark agency
	AgentPerson  Kind = "agent"                   // qualification of a patent agent
)

// Kinds lists every kind in the order in which tables show them.
var Kinds = []Kind{
	Invention, UtilityModel, Design, PCT, Trademark, Madrid, Indication, Work, Software, Agreement,
	PlantVariety, Layout, Customs, AgencyFirm, AgentPerson,
}

// IsPatent tells whether documents of the kind are patent documents, whose
// numbers carry an ST.16 kind code.
func (k Kind) IsPatent() bool {
	return k == Invention || k == UtilityModel || k == Design || k == PCT
}

// prefixes name the number space of each kind that is no patent: numbers are
// unique within one, for one office.
var prefixes = map[Kind]string{
	Trademark: "tm", Madrid: "ir", Indication: "gi", Work: "work", Software: "sw", Agreement: "agr",
	PlantVariety: "pv", Layout: "ld", Customs: "cus", AgencyFirm: "agency", AgentPerson: "agent",
}

// Prefix is the short name of the kind's number space, "tm" for trademarks, ""
// for patents.
func (k Kind) Prefix() string { return prefixes[k] }

// KindOf returns the kind whose number space has a short name, "" if none has.
func KindOf(prefix string) Kind {
	for k, p := range prefixes {
		if p == prefix {
			return k
		}
	}
	return ""
}
