package search

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"onewindow/internal/ierr"
)

// A block file is data, then the CRC-32C of each 64 KiB of it, then a footer that
// holds the data's length, the format's mark and a CRC-32C of the table and
// itself. Each block is checked once, when something in it is first read.
const (
	sumBlock   = 1 << 16
	footerLen  = 16
	blockMagic = 0x3158574f // "OWX1"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// fileInfo is how a manifest knows a block file.
type fileInfo struct {
	Name string `json:"name"`
	Size int64  `json:"size"` // with table and footer
	Sum  uint32 `json:"sum"`  // the footer's CRC-32C, which stands for every block
}

// damaged is the error for bytes that are not what was written.
func damaged(name, what string) *ierr.Error {
	return ierr.New(ierr.Corrupt, "search.damaged", ierr.Args{"file": name, "what": what})
}

// corruption carries a damaged block out of code that reads postings; caught by
// guard where a question enters.
type corruption struct{ err error }

// guard turns a corruption that ends f into its error.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			c, ok := r.(corruption)
			if !ok {
				panic(r)
			}
			err = c.err
		}
	}()
	return f()
}

// blockWriter writes a block file. Who writes much in small pieces appends to buf
// and calls spill after some of them.
type blockWriter struct {
	f    diskFile
	name string
	buf  []byte // data that the file has not got yet
	n    int64  // data that it has
	sums []byte
	err  error
}

const writeBuffer = 4 * sumBlock

func createBlockFile(d disk, dir, name string) (*blockWriter, error) {
	f, err := d.create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	return &blockWriter{f: f, name: name, buf: make([]byte, 0, writeBuffer+sumBlock)}, nil
}

// size returns how much data was written.
func (w *blockWriter) size() int64 { return w.n + int64(len(w.buf)) }

// Write appends to the data. An error is kept and reported by close as well.
func (w *blockWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		k := min(len(rest), writeBuffer)
		w.buf = append(w.buf, rest[:k]...)
		w.spill()
		rest = rest[k:]
	}
	if w.err != nil {
		return 0, w.err
	}
	return len(p), nil
}

// spill empties a buffer that has become long, but for the last block.
func (w *blockWriter) spill() {
	if len(w.buf) >= writeBuffer {
		w.flush(len(w.buf) / sumBlock * sumBlock)
	}
}

// flush writes the first n bytes of the buffer: whole blocks, or all.
func (w *blockWriter) flush(n int) {
	for o := 0; o < n; o += sumBlock {
		c := crc32.Checksum(w.buf[o:min(o+sumBlock, n)], castagnoli)
		w.sums = binary.LittleEndian.AppendUint32(w.sums, c)
	}
	if w.err == nil {
		_, w.err = w.f.Write(w.buf[:n])
	}
	w.n += int64(n)
	w.buf = w.buf[:copy(w.buf, w.buf[n:])]
}

// close ends the file; with sync it is durable afterwards.
func (w *blockWriter) close(sync bool) (fileInfo, error) {
	w.flush(len(w.buf))
	t := binary.LittleEndian.AppendUint64(w.sums, uint64(w.n))
	t = binary.LittleEndian.AppendUint32(t, blockMagic)
	sum := crc32.Checksum(t, castagnoli)
	t = binary.LittleEndian.AppendUint32(t, sum)
	if w.err == nil {
		_, w.err = w.f.Write(t)
	}
	if sync && w.err == nil {
		w.err = w.f.Sync()
	}
	if err := w.f.Close(); w.err == nil {
		w.err = err
	}
	return fileInfo{w.name, w.n + int64(len(t)), sum}, w.err
}

// blockFile reads a block file in place.
type blockFile struct {
	name   string
	raw    []byte // the whole file
	data   []byte // raw without table and footer
	sums   []byte
	seen   []atomic.Bool
	mapped bool
	mu     sync.Mutex
	f      *os.File // of a file that is not mapped
}

// openBlockFile opens the file that info describes. It reads the table of sums,
// not the data.
func openBlockFile(dir string, info fileInfo) (*blockFile, error) {
	return openBlockFileAs(dir, info, mapFile)
}

func openBlockFileAs(dir string, info fileInfo, mapper func(*os.File, int64) ([]byte, bool, error)) (*blockFile, error) {
	f, err := os.Open(filepath.Join(dir, info.Name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, damaged(info.Name, "missing")
	} else if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil || st.Size() != info.Size || info.Size < footerLen {
		f.Close()
		return nil, errors.Join(err, damaged(info.Name, "size"))
	}
	b := &blockFile{name: info.Name}
	b.raw, b.mapped, err = mapper(f, info.Size)
	if err != nil {
		f.Close()
		return nil, err
	}
	if b.mapped {
		f.Close()
	} else {
		b.f = f
	}
	if err := b.readTable(info); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// readTable checks footer and table against the manifest.
func (b *blockFile) readTable(info fileInfo) error {
	// n data bytes have ceil(n/64K) sums: the footer's place follows from the size.
	blocks := (info.Size - footerLen + sumBlock + 3) / (sumBlock + 4)
	n := info.Size - footerLen - 4*blocks
	if n < 0 {
		return damaged(b.name, "size")
	}
	tail := b.raw[n:]
	if !b.mapped {
		if _, err := b.f.ReadAt(tail, n); err != nil {
			return err
		}
	}
	foot := tail[4*blocks:]
	sum := crc32.Checksum(tail[:len(tail)-4], castagnoli)
	if binary.LittleEndian.Uint64(foot) != uint64(n) || binary.LittleEndian.Uint32(foot[8:]) != blockMagic ||
		binary.LittleEndian.Uint32(foot[12:]) != sum || sum != info.Sum {
		return damaged(b.name, "footer")
	}
	b.data, b.sums, b.seen = b.raw[:n], tail[:4*blocks], make([]atomic.Bool, blocks)
	return nil
}

// need makes sure that the bytes [off, end) are there and sound; it panics with a
// corruption otherwise.
func (b *blockFile) need(off, end int64) {
	if off < 0 || end > int64(len(b.data)) || off > end {
		panic(corruption{damaged(b.name, "range")})
	}
	if off == end {
		return
	}
	for k := off / sumBlock; k <= (end-1)/sumBlock; k++ {
		if !b.seen[k].Load() {
			b.check(k)
		}
	}
}

func (b *blockFile) check(k int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.seen[k].Load() {
		return
	}
	block := b.data[k*sumBlock : min((k+1)*sumBlock, int64(len(b.data)))]
	if !b.mapped {
		if _, err := b.f.ReadAt(block, k*sumBlock); err != nil {
			panic(corruption{ierr.Wrap(err, ierr.Corrupt, "search.damaged", ierr.Args{"file": b.name, "what": "read"})})
		}
	}
	if crc32.Checksum(block, castagnoli) != binary.LittleEndian.Uint32(b.sums[4*k:]) {
		panic(corruption{damaged(b.name, "block")})
	}
	b.seen[k].Store(true)
}

// view returns n sound bytes at off, with room for packPad more behind them: the
// footer, at least, follows all data.
func (b *blockFile) view(off, n int64) []byte {
	b.need(off, off+n)
	if pad := min(off+n+packPad, int64(len(b.data))); !b.mapped {
		b.need(off, pad)
	}
	return b.raw[off : off+n+packPad]
}

// letGo frees the memory that the file's data took, where the file is mapped.
func (b *blockFile) letGo() {
	if b.mapped {
		letGo(b.raw)
	}
}

func (b *blockFile) close() error {
	var err error
	if b.mapped {
		err = unmapFile(b.raw)
	}
	if b.f != nil {
		err = errors.Join(err, b.f.Close())
	}
	b.raw, b.data, b.sums = nil, nil, nil
	return err
}
