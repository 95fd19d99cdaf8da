package main

import (
	"os"
	"runtime/debug"
)

// Memory that the program's own data may take before garbage is collected more
// often than otherwise. The program is meant to stay below 2 GiB with all else
// that it maps and caches.
const softLimit = 1 << 30

// collectLess lets garbage grow to one and a half times what is in use, up to the
// soft limit: loads and questions leave much of it behind and keep little. GOGC and
// GOMEMLIMIT in the environment say otherwise.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(150)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softLimit)
	}
}
