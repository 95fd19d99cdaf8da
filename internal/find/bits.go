package find

import "math/bits"

// eachBit calls do with every set bit in ascending order.
func eachBit(words []uint64, do func(uint32)) {
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			do(uint32(w*64 + bits.TrailingZeros64(word)))
		}
	}
}
