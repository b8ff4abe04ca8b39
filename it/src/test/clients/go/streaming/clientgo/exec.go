package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"conmonj/it/report"
	"conmonj/it/streaming/probe"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
)

func checkExec(t *target, r *report.Report) {
	r.Check("exec-exit-0", func(ctx context.Context) (string, error) {
		var stdout, stderr probe.Output

		s := session{stdout: &stdout, stderr: &stderr}
		if err := s.exec(ctx, t, "sh", "-c", "printf out; printf err >&2"); err != nil {
			return "", err
		}

		return "", probe.Same(stdout.String()+"|"+stderr.String(), "out|err")
	})

	r.Check("exec-exit-3", func(ctx context.Context) (string, error) {
		var stdout, stderr probe.Output

		s := session{stdout: &stdout, stderr: &stderr}
		err := s.exec(ctx, t, "sh", "-c", "printf out; exit 3")

		var code exec.CodeExitError
		if !errors.As(err, &code) || code.Code != 3 {
			return "", fmt.Errorf("ended with %v", err)
		}

		return err.Error(), probe.Same(stdout.String(), "out")
	})

	r.Check("exec-missing-command", func(ctx context.Context) (string, error) {
		var stdout, stderr probe.Output

		s := session{stdout: &stdout, stderr: &stderr}

		err := s.exec(ctx, t, "no-such-command")
		if err == nil {
			return "", errors.New("it looked like success")
		}

		return err.Error(), refused(err)
	})

	r.Check("exec-stdin-half-close", func(ctx context.Context) (string, error) {
		var stdout, stderr probe.Output

		s := session{stdin: strings.NewReader("before\n"), stdout: &stdout, stderr: &stderr}
		if err := s.exec(ctx, t, "sh", "-c", "cat; echo after"); err != nil {
			return "", err
		}

		return "", probe.Same(stdout.String(), "before\nafter\n")
	})

	r.Check("exec-resize", func(ctx context.Context) (string, error) { return "", resize(ctx, t) })
}

// refused tells a failure before the session from the session's own failure.
func refused(err error) error {
	if strings.Contains(err.Error(), "unable to upgrade") || strings.Contains(err.Error(), "bad handshake") {
		return err
	}

	return nil
}

// resize runs a command that tells its terminal's size at each line of input, and gives it two
// sizes. That is the same for every client, however fast or slow its sizes travel.
func resize(ctx context.Context, t *target) error {
	keyboard, typist := io.Pipe()
	sizes := make(sizes, 1)
	ended := make(chan error, 1)

	var screen probe.Output

	go func() {
		s := session{tty: true, stdin: keyboard, stdout: &screen, resize: sizes}
		err := s.exec(ctx, t, "sh", "-c", "while read -r x; do stty size; done")
		// Whoever types on after the end is told how it ended.
		keyboard.CloseWithError(err)
		ended <- err
	}()

	enter := func() error {
		_, err := io.WriteString(typist, "\n")

		return err
	}

	for _, size := range []remotecommand.TerminalSize{{Width: 101, Height: 33}, {Width: 132, Height: 44}} {
		sizes <- size

		if err := screen.Await(ctx, fmt.Sprintf("%d %d", size.Height, size.Width), enter); err != nil {
			return err
		}
	}

	// Ctrl-D at the start of a line: the end of a terminal's input.
	if _, err := typist.Write([]byte{4}); err != nil {
		return err
	}

	return <-ended
}

type sizes chan remotecommand.TerminalSize

// Next waits for the next size; the executor gives it up when the session ends.
func (s sizes) Next() *remotecommand.TerminalSize {
	size := <-s

	return &size
}
