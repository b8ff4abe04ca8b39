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
		keyboard, typist := io.Pipe()
		ended := make(chan error, 1)

		var stdout, stderr probe.Output

		go func() {
			s := session{stdin: keyboard, stdout: &stdout, stderr: &stderr}
			err := s.attach(ctx, t)
			// Whoever types on after the end is told how it ended.
			keyboard.CloseWithError(err)
			ended <- err
		}()

		enter := func() error {
			_, err := io.WriteString(typist, "\n")

			return err
		}

		// The answer to an empty line shows that the session stands; the next shows whole lines.
		if err := stdout.Await(ctx, "got \n", enter); err != nil {
			return "", err
		}

		if _, err := fmt.Fprint(typist, "hello\nquit\n"); err != nil {
			return "", err
		}

		if err := <-ended; err != nil {
			return "", err
		}

		if err := stdout.Await(ctx, "got hello\n", probe.Wait); err != nil {
			return "", err
		}

		return "", nil
	})
}
