package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"conmonj/it/report"
)

// payloadSize is large enough to pass every buffer and window on the way several times.
const payloadSize = 50 << 20

// outScript prints the payload: no two of its lines are the same, so whatever is lost, doubled or
// out of order changes the digest.
var outScript = fmt.Sprintf("seq 1 10000000 | head -c %d", payloadSize)

func checkBulk(t *target, r *report.Report) {
	r.Check("exec-50MiB-out", func(ctx context.Context) (string, error) {
		var stderr bytes.Buffer

		digest := sha256.New()

		s := session{stdout: digest, stderr: &stderr}
		if err := s.exec(ctx, t, "sh", "-c", outScript); err != nil {
			return "", err
		}

		return "", same(hex.EncodeToString(digest.Sum(nil)), t.sha256)
	})

	r.Check("exec-50MiB-in", func(ctx context.Context) (string, error) {
		var stdout, stderr output

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

		return "", same(digest, t.sha256)
	})
}
