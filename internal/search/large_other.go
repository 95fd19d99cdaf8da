//go:build !linux

package search

func mapLarge(int) []byte { return nil }

func onPage(b []byte) []byte { return b }

func unmapLarge([]byte) {}
