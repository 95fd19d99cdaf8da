// Package definition reads definitions that people write in YAML.
package definition

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// Decode reads YAML, or JSON, into a value. A key that the value has no place for is
// an error. Errors of the text carry its place, as yaml.Error; a text that the
// library cannot digest, such as a tag that contradicts its value, is an error as well.
func Decode(text []byte, into any, options ...yaml.DecodeOption) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("not readable as YAML: %v", p)
		}
	}()
	return yaml.UnmarshalWithOptions(text, into, append([]yaml.DecodeOption{yaml.Strict()}, options...)...)
}
