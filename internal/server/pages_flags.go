package server

import "onewindow/internal/register"

// repairs are the flags of what a reader of files puts right without doubt.
// Whatever is not among them leaves something lost or in doubt.
var repairs = map[string]bool{
	"columns.swapped":     true,
	"encoding.undeclared": true,
	"placeholder.zero":    true,
	"postcode.glued":      true,
	"separator.damaged":   true,
	"separator.trailing":  true,
}

// identity are the flags that cast doubt on which right is spoken of.
var identity = map[string]bool{
	"application_number.check_digit": true,
	"application_number.kind":        true,
	"kind.disagrees":                 true,
	"kind.not_of_file":               true,
	"number.disagrees":               true,
}

// doubtful tells whether it is in doubt which right a record is of.
func doubtful(v *register.View) bool {
	for _, f := range v.Flags {
		if identity[f.Code] {
			return true
		}
	}
	return false
}
