package cube

import (
	"encoding/binary"
	"hash/crc32"
)

// seal writes right checksums into a file as far as its blocks can be followed, so
// that fuzzing gets past them to the values.
func seal(file []byte) []byte {
	out := append([]byte(nil), file...)
	at, sum := 0, uint32(0)
	block := func(n int) bool {
		if n < 0 || n > len(out)-at-4 {
			return false
		}
		sum = crc32.Update(sum, castagnoli, out[at:at+n])
		binary.LittleEndian.PutUint32(out[at+n:], sum)
		at += n + 4
		return true
	}
	fixed := len(magic) + 16
	if len(out) < fixed {
		return out
	}
	rows, count := int(binary.LittleEndian.Uint32(out[fixed-8:])), int(binary.LittleEndian.Uint32(out[fixed-4:]))
	end := fixed
	var columns []Column
	for range min(count, MaxColumns) {
		if end+3 > len(out) {
			return out
		}
		columns = append(columns, Column{Width: int(out[end]), Multi: out[end+1] == 1})
		end += 3 + int(out[end+2])
	}
	if rows > Window || !block(end) {
		return out
	}
	for _, c := range columns {
		n := rows * c.Width
		if c.Multi {
			if at+4 > len(out) {
				return out
			}
			n = 4 + 4*rows + int(binary.LittleEndian.Uint32(out[at:]))*c.Width
		}
		if !block(n) {
			return out
		}
	}
	return out
}
