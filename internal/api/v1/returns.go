package v1

import "time"

// MaxReturn is how many bytes a file with a return may have.
const MaxReturn = 3 << 20

// ReturnForms are the forms that member bodies report with.
type ReturnForms struct {
	Forms   []ReturnForm `json:"forms"`
	Waiting []ReturnInfo `json:"waiting" doc:"Returns of any period that wait for approval, the oldest first."`
}

// ReturnForm is one form.
type ReturnForm struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Body    string `json:"body" doc:"The body that reports."`
	DueDays int    `json:"due_days" doc:"A return is due so many days after its period."`
	Numbers int    `json:"numbers" doc:"How many numbers it asks for."`
	Period  string `json:"period" doc:"The latest period that has ended."`
	Due     string `json:"due" doc:"When the return of that period is due."`
	Late    int    `json:"late" doc:"Days that it is late; 0 where it is not, or where it counts."`
	Waiting int64  `json:"waiting,omitempty" doc:"The return that waits for approval."`
	Counts  bool   `json:"counts" doc:"Whether an approved return of that period is there."`
}

// FormPath names a form.
type FormPath struct {
	Form string `path:"form" minLength:"1" maxLength:"100"`
}

// TemplateParams ask for the file that is made for a form.
type TemplateParams struct {
	Form   string `path:"form" minLength:"1" maxLength:"100"`
	Period string `query:"period" maxLength:"10" doc:"2020, 2020-Q1; the latest ended one where none is given."`
	Format string `query:"format" enum:"xlsx,csv" default:"xlsx"`
}

// ReturnsParams choose returns.
type ReturnsParams struct {
	Form   string `query:"form" maxLength:"100"`
	Period string `query:"period" maxLength:"10"`
}

// Returns are what bodies reported, the newest first.
type Returns struct {
	Returns []ReturnInfo `json:"returns"`
}

// ReturnInfo describes one revision of a return.
type ReturnInfo struct {
	ID        int64       `json:"id"`
	Form      Class       `json:"form"`
	Period    string      `json:"period"`
	Revision  int         `json:"revision"`
	Status    Class       `json:"status"`
	CutOff    string      `json:"cut_off"`
	Reason    string      `json:"reason,omitempty" doc:"Of a revision after the first."`
	Source    string      `json:"source,omitempty" doc:"The edition that it was transcribed from."`
	Note      string      `json:"note,omitempty"`
	Numbers   int         `json:"numbers"`
	Prepared  Signature   `json:"prepared"`
	Approved  *Signature  `json:"approved,omitempty"`
	Approval  int64       `json:"approval,omitempty" doc:"Its place among all approvals."`
	Withdrawn *Withdrawal `json:"withdrawn,omitempty"`
}

// Withdrawal says who took a return back, when and why.
type Withdrawal struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Signature says who signed what, and when.
type Signature struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Hash string    `json:"hash" doc:"SHA-256 of what was signed."`
}

// ReturnPath names a return.
type ReturnPath struct {
	ID int64 `path:"id" minimum:"1"`
}

// ReturnDetail is a return with its numbers.
type ReturnDetail struct {
	ReturnInfo
	Values  []ReturnValue  `json:"values"`
	Against *ReturnInfo    `json:"against,omitempty" doc:"The revision that counted before it, which the changes are against."`
	Changes []ReturnChange `json:"changes,omitempty"`
}

// ReturnChange is a number that differs from the revision that counted before.
type ReturnChange struct {
	Figure     string `json:"figure"`
	Name       string `json:"name"`
	Unit       string `json:"unit"`
	Before     string `json:"before" doc:"Empty where it was not reported."`
	After      string `json:"after" doc:"Empty where it is reported no longer."`
	Difference string `json:"difference,omitempty"`

	BeforeMeant string `json:"before_meant,omitempty" doc:"more-than, nearly or about."`
	AfterMeant  string `json:"after_meant,omitempty"`
}

// ReturnValue is one number of a return.
type ReturnValue struct {
	Figure    string `json:"figure"`
	Name      string `json:"name"`
	Value     string `json:"value" doc:"As it was reported, without grouping."`
	Unit      string `json:"unit"`
	Qualifier string `json:"qualifier,omitempty"`
	Note      string `json:"note,omitempty"`
	Reason    string `json:"reason,omitempty"`
}

// SubmitReturn hands a return in, which signs it as prepared.
type SubmitReturn struct {
	Period string        `json:"period" maxLength:"10"`
	CutOff string        `json:"cut_off,omitempty" maxLength:"10" doc:"The end of the period where none is given."`
	Reason string        `json:"reason,omitempty" maxLength:"2000" doc:"Needed for a revision."`
	Note   string        `json:"note,omitempty" maxLength:"2000"`
	Format string        `json:"format" enum:"xlsx,csv,values"`
	File   []byte        `json:"file,omitempty" doc:"The filled-in file, in base64, where the format is one of files."`
	Values []TypedNumber `json:"values,omitempty" maxItems:"2000" doc:"The numbers, where the format is values."`
	By     string        `json:"by,omitempty" maxLength:"200" doc:"Who prepared it, where nobody is signed in."`
}

// TypedNumber is one number of a return as somebody typed it.
type TypedNumber struct {
	Figure    string `json:"figure" maxLength:"300" doc:"Without a period it is of the return's."`
	Value     string `json:"value" maxLength:"100" doc:"Digits, with a point before decimals; without any the number is left out."`
	Qualifier string `json:"qualifier,omitempty" maxLength:"20" doc:"more-than, nearly or about."`
	Note      string `json:"note,omitempty" maxLength:"2000"`
	Reason    string `json:"reason,omitempty" maxLength:"2000" doc:"Of a large change against the period before."`
}

// ReturnSheet is a form for one period, as it stands: what it asks for, what was reported
// before, and all revisions.
type ReturnSheet struct {
	Form      ReturnForm   `json:"form"`
	Period    string       `json:"period"`
	Due       string       `json:"due"`
	Bound     string       `json:"bound" doc:"Percent; a larger change against the year before needs a reason. Empty for none."`
	Cells     []ReturnCell `json:"cells"`
	Counting  *ReturnInfo  `json:"counting,omitempty" doc:"The revision that counts."`
	Waiting   *ReturnInfo  `json:"waiting,omitempty" doc:"The revision that waits for approval."`
	Revisions []ReturnInfo `json:"revisions" doc:"All, the newest first."`
	Periods   []string     `json:"periods" doc:"That can be reported, the latest ended one first."`
}

// ReturnCell is one number that a form asks for.
type ReturnCell struct {
	Figure   string      `json:"figure" doc:"Without its period."`
	Name     string      `json:"name"`
	Unit     string      `json:"unit"`
	Whole    bool        `json:"whole" doc:"Only whole numbers are possible."`
	Required bool        `json:"required"`
	Before   string      `json:"before,omitempty" doc:"What counts for the year before."`
	Counting ReturnValue `json:"counting" doc:"What counts now; no value where nothing does."`
}

// ReturnProblem is what is wrong with one number of a return that was refused, or with
// the whole where it names no figure.
type ReturnProblem struct {
	Figure  string `json:"figure,omitempty" doc:"Without its period."`
	Name    string `json:"name,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message" doc:"What is wrong, and what to do."`
	Row     int    `json:"row,omitempty" doc:"In the file."`
	Column  string `json:"column,omitempty"`
}

// SignReturn approves or withdraws a return.
type SignReturn struct {
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Needed to withdraw."`
	By     string `json:"by,omitempty" maxLength:"200" doc:"Who signs, where nobody is signed in."`
}
