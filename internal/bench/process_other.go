//go:build !linux

package bench

import "time"

// Other systems than Linux do not tell in a common way: 0 means not known.

func peakMemory() int64 { return 0 }

func resetPeak() {}

func processorTime() time.Duration { return 0 }
