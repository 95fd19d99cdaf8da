// Package defs embeds what an office may edit: texts, regions, classes. A
// folder of the same shape can take its place.
package defs

import "embed"

// FS holds the definitions as they were when the program was built.
//
//go:embed i18n
var FS embed.FS
