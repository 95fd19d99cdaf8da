package v1

import "time"

// OfficialTable is an official table as it was added.
type OfficialTable struct {
	ID        string    `json:"id"`
	Revision  int64     `json:"revision"`
	Name      string    `json:"name"`
	Publisher string    `json:"publisher"`
	Measure   Class     `json:"measure" doc:"granted, published, filed, registered or in_force."`
	From      string    `json:"from,omitempty" doc:"First day of the period; none for a stock."`
	To        string    `json:"to" doc:"Last day of the period, or the day of a stock."`
	AsOf      string    `json:"as_of,omitempty" doc:"The day on which it was drawn up."`
	Source    string    `json:"source,omitempty" doc:"Instrument or address."`
	Unit      string    `json:"unit,omitempty"`
	Notes     string    `json:"notes,omitempty"`
	Titles    []string  `json:"titles,omitempty" doc:"Rows of the file that are no figures."`
	Omitted   []string  `json:"omitted,omitempty" doc:"Columns of the file that no figures were read from."`
	File      string    `json:"file"`
	SHA256    string    `json:"sha256"`
	Added     time.Time `json:"added"`
	Author    string    `json:"author,omitempty" doc:"Told to insiders alone."`
	Invented  bool      `json:"invented,omitempty" doc:"The table itself is invented."`
}

// OfficialTables are all official tables.
type OfficialTables struct {
	Mark
	Tables []OfficialTable `json:"tables"`
}

// AddOfficialTable asks for a table to be added.
type AddOfficialTable struct {
	Name   string `json:"name" minLength:"1" maxLength:"255" doc:"Name of the file."`
	File   []byte `json:"file" doc:"CSV or XLSX, at most 2 MiB, in base64."`
	About  string `json:"about" minLength:"1" maxLength:"65536" doc:"YAML or JSON: id, names, publisher, measure, from, to, as_of, source, unit, notes, kind, holder, rules."`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// ReconcileParams choose a revision of a table and the time of the own count.
type ReconcileParams struct {
	AsOf
	Revision int `query:"revision" minimum:"0" maximum:"1000000" doc:"0 for the latest."`
}

// ReconcileRecordsParams choose the records behind a figure.
type ReconcileRecordsParams struct {
	ReconcileParams
	Cell   string `query:"cell" maxLength:"100" doc:"Key of the cell; empty for all cells that are no totals."`
	Rule   string `query:"rule" maxLength:"64" doc:"Id of a rule; empty for the records that the own count holds in the cell."`
	Alone  bool   `query:"alone" doc:"What the rule alone would move, whether it holds or not."`
	Offset int    `query:"offset" minimum:"0" maximum:"100000000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

// Reconciliation is a table beside the own count. In every cell, own and what is
// explained and the rest are the official figure.
type Reconciliation struct {
	Mark
	Table  OfficialTable   `json:"table"`
	On     string          `json:"on,omitempty"`
	Known  int64           `json:"known" doc:"The state of the register that was counted."`
	Looked int64           `json:"looked" doc:"Rights that were looked at."`
	Rules  []ReconcileRule `json:"rules"`
	Cells  []ReconcileCell `json:"cells"`
	Sum    ReconcileSum    `json:"sum" doc:"Over the cells that are no totals."`
	Checks []OfficialCheck `json:"checks" doc:"Totals of the table beside the sum of their parts."`
	Gaps   []ReconcileGap  `json:"gaps" doc:"What of the period the register has not, as far as numbers tell."`
}

// ReconcileRule is one way in which an office may count otherwise.
type ReconcileRule struct {
	Rule     Class  `json:"rule"`
	Why      string `json:"why" doc:"How the rule counts."`
	Family   Class  `json:"family"`
	Holds    bool   `json:"holds" doc:"Its effect is counted."`
	Declared bool   `json:"declared,omitempty" doc:"The publisher says that it counts so."`
	Moved    int64  `json:"moved" doc:"How much it alone moves in cells that are no totals."`
	Gain     int64  `json:"gain" doc:"How much it lessens what is unexplained."`
	Counted  int64  `json:"counted" doc:"What of the whole difference it explains."`
}

// ReconcileCell is one figure beside the own count.
type ReconcileCell struct {
	Key        string            `json:"key"`
	Region     Class             `json:"region"`
	Kind       *Class            `json:"kind,omitempty"`
	HolderType *Class            `json:"holder_type,omitempty"`
	Time       string            `json:"time,omitempty"`
	Total      bool              `json:"total,omitempty"`
	Row        int               `json:"row" doc:"In the file."`
	Column     int               `json:"column"`
	Own        int64             `json:"own"`
	Official   int64             `json:"official"`
	Difference int64             `json:"difference"`
	Explained  int64             `json:"explained"`
	Rest       int64             `json:"rest" doc:"What no rule explains."`
	Query      string            `json:"query" doc:"What the own count means."`
	Exact      bool              `json:"exact" doc:"The query finds just what is counted, else that and more."`
	Effects    []ReconcileEffect `json:"effects" doc:"In the order of the rules."`
}

// ReconcileEffect is what a rule does to a cell.
type ReconcileEffect struct {
	Rule       string `json:"rule"`
	Plus       int64  `json:"plus" doc:"Counted: what comes in."`
	Minus      int64  `json:"minus" doc:"Counted: what goes out."`
	AlonePlus  int64  `json:"alone_plus" doc:"What would come in by the rule alone."`
	AloneMinus int64  `json:"alone_minus" doc:"What would go out by the rule alone."`
}

// ReconcileSum sums up cells.
type ReconcileSum struct {
	Own         int64 `json:"own"`
	Official    int64 `json:"official"`
	Difference  int64 `json:"difference"`
	Explained   int64 `json:"explained"`
	Rest        int64 `json:"rest"`
	Apart       int64 `json:"apart" doc:"The differences of single cells, all of one sign."`
	Unexplained int64 `json:"unexplained" doc:"The rests of single cells, all of one sign."`
}

// OfficialCheck compares a total of a table with the sum of its parts.
type OfficialCheck struct {
	Cell  string `json:"cell"`
	Label string `json:"label"`
	Total int64  `json:"total"`
	Sum   int64  `json:"sum"`
	Parts int    `json:"parts"`
}

// ReconcileGap tells what of a kind's publications the register has in the period.
type ReconcileGap struct {
	Kind    Class         `json:"kind"`
	Code    string        `json:"code" doc:"First letter of the kind code, ST.16."`
	Days    int64         `json:"days" doc:"Days of the period with publications."`
	First   string        `json:"first,omitempty"`
	Last    string        `json:"last,omitempty"`
	Have    int64         `json:"have"`
	Missing int64         `json:"missing" doc:"Numbers between the least and the greatest that it has not."`
	Ranges  []NumberRange `json:"ranges,omitempty" doc:"The longest runs of them."`
}

// NumberRange is a run of numbers.
type NumberRange struct {
	From   uint64 `json:"from"`
	To     uint64 `json:"to"`
	After  string `json:"after" doc:"Day of the publication before it."`
	Before string `json:"before" doc:"Day of the one behind it."`
}

// ReconcileRecords are the records behind a figure.
type ReconcileRecords struct {
	Mark
	Cell    string            `json:"cell"`
	Rule    *Class            `json:"rule,omitempty"`
	Total   int64             `json:"total"`
	Sum     int64             `json:"sum" doc:"What all of them make together."`
	Query   string            `json:"query,omitempty" doc:"Finds the records of this page."`
	Records []ReconcileRecord `json:"records"`
}

// ReconcileRecord is a record that a rule moves.
type ReconcileRecord struct {
	Record int64            `json:"record"`
	Number string           `json:"number"`
	Title  string           `json:"title"`
	Holder string           `json:"holder,omitempty"`
	Cell   string           `json:"cell"`
	N      int64            `json:"n"`
	Before []ReconcilePlace `json:"before,omitempty" doc:"Where it counted; empty: nowhere."`
	After  []ReconcilePlace `json:"after,omitempty" doc:"Where it counts."`
	Gone   bool             `json:"gone,omitempty" doc:"It stands in no file that is loaded now."`
}

// ReconcilePlace is where and when a record counts.
type ReconcilePlace struct {
	Region Class  `json:"region"`
	Kind   Class  `json:"kind"`
	Day    string `json:"day"`
	N      int64  `json:"n"`
}
