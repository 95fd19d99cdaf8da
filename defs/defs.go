// Package defs embeds what an office may edit: texts, regions, classes. A
// folder of the same shape can take its place.
package defs

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
)

// FS holds the definitions as they were when the program was built.
//
//go:embed classes editions i18n indicators lifecycles maps mappings numbers papers reconcile regions returns sources workdays
var FS embed.FS

// Open returns the definitions in the folder dir, or the embedded ones when
// dir is empty. It fails when dir is no folder.
func Open(dir string) (fs.FS, error) {
	if dir == "" {
		return FS, nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("defs: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("defs: %s is not a folder", dir)
	}
	return os.DirFS(dir), nil
}
