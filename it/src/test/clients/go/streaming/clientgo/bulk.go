package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"

	"conmonj/it/report"
	"conmonj/it/streaming/probe"
)

func checkBulk(t *target, r *report.Report) {
	r.Check("exec-50MiB-out", func(ctx context.Context) (string, error) {
		var stderr bytes.Buffer

		digest := sha256.New()

		s := session{stdout: digest, stderr: &stderr}
		if err := s.exec(ctx, t, "sh", "-c", probe.OutScript); err != nil {
			return "", err
		}

		return "", probe.Same(hex.EncodeToString(digest.Sum(nil)), t.sha256)
	})

	r.Check("exec-50MiB-in", func(ctx context.Context) (string, error) {
		var stdout, stderr probe.Output

		file, err := os.Open(t.payload)
		if err != nil {
			return "", err
		}
		defer file.Close()

		s := session{stdin: file, stdout: &stdout, stderr: &stderr}
		if err := s.exec(ctx, t, "sha256sum"); err != nil {
			return "", err
		}

		digest, _, _ := strings.Cut(stdout.String(), " ")

		return "", probe.Same(digest, t.sha256)
	})
}
