// Command reader checks a published log with the code of Go's checksum database alone: golang.org/x/mod/sumdb.
//
//	reader FOLDER VERIFIER-KEY
//
// It opens the note of the checkpoint, hashes every entry, computes the root, reads every tile that a proof of an entry
// or of an earlier size needs, and checks all proofs. It exits with 1 and a line that begins with what is wrong.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
	most   = 1 << 24 // bytes of a file
)

func fail(what string, err error) {
	fmt.Printf("%s: %v\n", what, err)
	os.Exit(1)
}

// number writes the number of a tile as C2SP's tlog-tiles does: three digits a folder, all but the last after an x.
func number(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

func name(level string, n int64, w int) string {
	text := "tile/" + level + "/" + number(n)
	if w < width {
		text += fmt.Sprintf(".p/%d", w)
	}
	return text
}

// folder reads tiles from a published folder.
type folder string

// read returns the bytes of a file; a pipe would never end, and a sparse file hardly ever.
func (f folder) read(name string) ([]byte, error) {
	path := filepath.Join(string(f), name)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, fmt.Errorf("%s is no file, or too large", name)
	}
	return os.ReadFile(path)
}

func (f folder) Height() int                         { return height }
func (f folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.read(name(strconv.Itoa(tile.L), tile.N, tile.W))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile of %d bytes", len(data))
		}
		all = append(all, data)
	}
	return all, nil
}

// entries returns the bytes of all entries.
func (f folder) entries(size int64) ([][]byte, error) {
	var all [][]byte
	for first := int64(0); first < size; first += width {
		w := int(min(size-first, width))
		data, err := f.read(name("entries", first/width, w))
		if err != nil {
			return nil, err
		}
		for i := 0; i < w; i++ {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("the bundle at entry %d ends early", first)
			}
			length := int(binary.BigEndian.Uint16(data))
			all, data = append(all, data[2:2+length]), data[2+length:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("the bundle at entry %d goes on", first)
		}
	}
	return all, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// hashes keeps the hashes of a tree in the order of package tlog.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	all := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		all[i] = h[index]
	}
	return all, nil
}

func checkpoint(text string) (origin string, tree tlog.Tree, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return "", tree, fmt.Errorf("%d lines", len(lines))
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil || tree.N < 0 {
		return "", tree, fmt.Errorf("size %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return "", tree, fmt.Errorf("root %q", lines[2])
	}
	copy(tree.Hash[:], root)
	return lines[0], tree, nil
}

func main() {
	site := folder(os.Args[1])
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		fail("key", err)
	}
	data, err := site.read("checkpoint")
	if err != nil {
		fail("checkpoint", err)
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		fail("note", err)
	}
	origin, tree, err := checkpoint(opened.Text)
	if err != nil {
		fail("checkpoint", err)
	}
	if origin != verifier.Name() {
		fail("origin", fmt.Errorf("%q", origin))
	}
	entries, err := site.entries(tree.N)
	if err != nil {
		fail("entries", err)
	}
	var stored hashes
	for i, entry := range entries {
		more, err := tlog.StoredHashes(int64(i), entry, stored)
		if err != nil {
			fail("tree", err)
		}
		stored = append(stored, more...)
	}
	root, err := tlog.TreeHash(tree.N, stored)
	if err != nil {
		fail("tree", err)
	}
	if !bytes.Equal(root[:], tree.Hash[:]) {
		fail("root", fmt.Errorf("the entries give %s", root))
	}
	prove(site, tree, entries, stored)
	fmt.Printf("%s %d %s\n", origin, tree.N, root)
}

// prove checks proofs that are read from the tiles: of every entry, and of how the log began at every size.
func prove(site folder, tree tlog.Tree, entries [][]byte, stored hashes) {
	tiles := tlog.TileHashReader(tree, site)
	for i, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(i), tiles)
		if err != nil {
			fail("tiles", err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)); err != nil {
			fail("inclusion", err)
		}
		size := int64(i + 1)
		earlier, err := tlog.TreeHash(size, stored)
		if err != nil {
			fail("tree", err)
		}
		growth, err := tlog.ProveTree(tree.N, size, tiles)
		if err != nil {
			fail("tiles", err)
		}
		if err := tlog.CheckTree(growth, tree.N, tree.Hash, size, earlier); err != nil {
			fail("growth", err)
		}
	}
}
