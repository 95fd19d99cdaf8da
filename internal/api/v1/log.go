package v1

import (
	"encoding/json"
	"time"
)

// LogHead is what the log of all acts was at a moment, signed (C2SP tlog-checkpoint).
type LogHead struct {
	Origin string    `json:"origin" doc:"Name of the log."`
	Size   int64     `json:"size" doc:"Leaves."`
	Root   string    `json:"root" doc:"Root of the Merkle tree (RFC 6962), in base64."`
	At     time.Time `json:"at"`
	Signed string    `json:"signed" doc:"The signed note, to be kept as it is."`
}

// LogHeads are the signed heads of the log and the key that they verify with.
type LogHeads struct {
	Mark
	Public string    `json:"public" doc:"Verifier's key (C2SP signed-note)."`
	Heads  []LogHead `json:"heads" doc:"Newest first."`
}

// VerifyLog asks whether the log is as it was written.
type VerifyLog struct {
	Head   string `json:"head,omitempty" maxLength:"4096" doc:"A signed head that was kept elsewhere."`
	Public string `json:"public,omitempty" maxLength:"512" doc:"The key that was kept with it, the log's own where empty."`
}

// LogFault is something in the log that is not as it was written.
type LogFault struct {
	Code  string `json:"code" enum:"content,missing,rewritten,cut,emptied,signature"`
	From  int64  `json:"from"`
	To    int64  `json:"to"`
	Known bool   `json:"known" doc:"Found by the head that was kept elsewhere."`
	Text  string `json:"text"`
}

// LogReport says what a verification found.
type LogReport struct {
	Mark
	Sound   bool       `json:"sound"`
	Leaves  int64      `json:"leaves"`
	Erased  int64      `json:"erased" doc:"Leaves whose content was taken out by law."`
	Root    string     `json:"root"`
	Heads   int        `json:"heads" doc:"Signed heads that are kept here."`
	Signed  int64      `json:"signed" doc:"Leaves that the last of them counts."`
	Proven  int64      `json:"proven" doc:"Leaves that the head from elsewhere proves, 0 without one."`
	Verdict string     `json:"verdict"`
	Faults  []LogFault `json:"faults"`
	More    int64      `json:"more" doc:"Faults that are not listed."`
}

// LogLeaf is one act in the log.
type LogLeaf struct {
	Mark
	Seq     int64           `json:"seq"`
	Kind    string          `json:"kind"`
	After   int64           `json:"after" doc:"State of the register after the act."`
	Salt    string          `json:"salt,omitempty" doc:"In hexadecimal digits."`
	Payload json.RawMessage `json:"payload,omitempty"`
	Hash    string          `json:"hash"`
	Erased  bool            `json:"erased"`
	Head    *LogHead        `json:"head,omitempty" doc:"First signed head that counts it; none where nothing was signed since."`
	Path    []string        `json:"path,omitempty" doc:"Hashes that lead from the leaf to the head's root (RFC 6962, 2.1.1), in base64."`
}

// EraseLeaf is why the content of a leaf is taken out.
type EraseLeaf struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	Author string `json:"author,omitempty" maxLength:"200"`
}
