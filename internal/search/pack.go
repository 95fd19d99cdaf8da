package search

import (
	"encoding/binary"
	"math/bits"
)

// blockLen is the number of postings that are packed together.
const blockLen = 128

// packPad is how many bytes past a packed block unpack may look at.
const packPad = 8

// pack appends 128 values of w bits each, lowest bits first: 16 w bytes.
func pack(dst []byte, v *[blockLen]uint32, w uint) []byte {
	var acc uint64
	var n uint
	for _, x := range v {
		acc |= uint64(x) << n
		n += w
		if n >= 32 {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(acc))
			acc >>= 32
			n -= 32
		}
	}
	return dst
}

// unpack reads what pack wrote; src reaches packPad bytes beyond it.
func unpack(src []byte, v *[blockLen]uint32, w uint) {
	switch {
	case w == 0:
		clear(v[:])
	case w <= 8:
		mask := uint64(1)<<w - 1
		for g := range blockLen / 8 {
			x := binary.LittleEndian.Uint64(src[uint(g)*w:])
			o := v[g*8 : g*8+8 : g*8+8]
			o[0] = uint32(x & mask)
			o[1] = uint32(x >> (w & 63) & mask)
			o[2] = uint32(x >> (2 * w & 63) & mask)
			o[3] = uint32(x >> (3 * w & 63) & mask)
			o[4] = uint32(x >> (4 * w & 63) & mask)
			o[5] = uint32(x >> (5 * w & 63) & mask)
			o[6] = uint32(x >> (6 * w & 63) & mask)
			o[7] = uint32(x >> (7 * w & 63) & mask)
		}
	case w <= 16:
		mask := uint64(1)<<w - 1
		for g := range blockLen / 4 {
			bit := uint(g) * 4 * w
			x := binary.LittleEndian.Uint64(src[bit>>3:]) >> (bit & 7)
			o := v[g*4 : g*4+4 : g*4+4]
			o[0] = uint32(x & mask)
			o[1] = uint32(x >> (w & 63) & mask)
			o[2] = uint32(x >> (2 * w & 63) & mask)
			o[3] = uint32(x >> (3 * w & 63) & mask)
		}
	default:
		for i := range v {
			v[i] = packedAt(src, i, w)
		}
	}
}

// packedAt reads the i-th value alone.
func packedAt(src []byte, i int, w uint) uint32 {
	bit := uint(i) * w
	return uint32(binary.LittleEndian.Uint64(src[bit>>3:]) >> (bit & 7) & (1<<w - 1))
}

const highBits = 0x8080808080808080

// skipVarints returns the length of the first n varints of b; n is at least 1.
func skipVarints(b []byte, n int) int {
	if len(b) >= 8 {
		ends := ^binary.LittleEndian.Uint64(b) & highBits
		for k := n; k > 1 && ends != 0; k-- {
			ends &= ends - 1
		}
		if ends != 0 {
			return bits.TrailingZeros64(ends)/8 + 1
		}
	}
	o := 0
	for o+8 <= len(b) {
		k := bits.OnesCount64(^binary.LittleEndian.Uint64(b[o:]) & highBits)
		if k >= n {
			break
		}
		n -= k
		o += 8
	}
	for n > 0 {
		if b[o] < 0x80 {
			n--
		}
		o++
	}
	return o
}

// shortVarint returns the first varint of w, if it is of up to four bytes, and how
// many bits it takes; more than 32 if it is longer.
func shortVarint(w uint64) (v uint64, n int) {
	n = bits.TrailingZeros64(^w&highBits) + 1
	w &= 1<<(n&63) - 1
	return w&0x7f | w>>1&(0x7f<<7) | w>>2&(0x7f<<14) | w>>3&(0x7f<<21), n
}

// longPosting reads the posting at o, of a gap and, if it has one, a value. It
// returns them and where the next one begins, beyond the end of b if it is cut.
func longPosting(b []byte, o int, valued bool) (gap, v uint64, next int) {
	r := varints{b: b, o: o}
	gap, v = r.next(), inBoth
	if valued {
		v = r.next()
	}
	if r.bad {
		return 0, 0, len(b) + 1
	}
	return gap, v, r.o
}

// unlike returns the places among 128 packed values of w bits, at most 8, of those
// whose low bits of parts are not the given ones. For w below 2 the higher bits are
// 0.
func unlike(src []byte, w uint, parts uint64, dst *[blockLen]uint8) int {
	ones := uint64(0) // the lowest bit of each of eight values
	for i := range 8 {
		ones |= 1 << (uint(i) * w)
	}
	n := 0
	for g := range blockLen / 8 {
		x := binary.LittleEndian.Uint64(src[uint(g)*w:]) ^ ones*parts
		if w >= partsBits {
			x |= x >> 1
		}
		for x &= ones; x != 0; x &= x - 1 {
			dst[n%blockLen] = uint8(g*8 + bits.TrailingZeros64(x)/int(w))
			n++
		}
	}
	return n
}

// Lengths of documents are kept in one byte, exact up to 31 and within 1/16 above.

func lengthCode(n uint32) byte {
	if n < 32 {
		return byte(n)
	}
	e := uint(bits.Len32(n)) - 5
	c := 16 + uint32(e)*16 + (n>>e - 16)
	return byte(min(c, 255))
}

func lengthOf(c byte) uint32 {
	if c < 32 {
		return uint32(c)
	}
	e := uint(c)/16 - 1
	return (16 + uint32(c)%16) << e
}
