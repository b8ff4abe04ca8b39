package main

import (
	"context"
	"fmt"
	"io"

	"conmonj/it/report"
	"conmonj/it/streaming/probe"
)

func checkAttach(t *target, r *report.Report) {
	r.Check("attach", func(ctx context.Context) (string, error) {
		var stdout, stderr probe.Output

		cmd := t.crictl(ctx, "attach", "--stdin", t.attachable)
		cmd.Stdout, cmd.Stderr = &stdout, &stderr

		typist, err := cmd.StdinPipe()
		if err != nil {
			return "", err
		}

		if err := cmd.Start(); err != nil {
			return "", err
		}

		// The answer to an empty line shows that the session stands; the next shows whole lines.
		enter := func() error {
			_, err := io.WriteString(typist, "\n")

			return err
		}
		if err := stdout.Await(ctx, "got \n", enter); err != nil {
			return "", fmt.Errorf("%w; it said %q", err, stderr.String())
		}

		if _, err := io.WriteString(typist, "hello\nquit\n"); err != nil {
			return "", err
		}

		if err := cmd.Wait(); err != nil {
			return "", fmt.Errorf("%w; it said %q", err, stderr.String())
		}

		return "", stdout.Await(ctx, "got hello\n", probe.Wait)
	})
}
