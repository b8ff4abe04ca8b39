package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"conmonj/it/report"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
)

// pollInterval is how often a condition outside this process is looked at.
const pollInterval = 20 * time.Millisecond

func checkExec(t *target, r *report.Report) {
	r.Check("exec-exit-0", func(ctx context.Context) (string, error) {
		var stdout, stderr output

		s := session{stdout: &stdout, stderr: &stderr}
		if err := s.exec(ctx, t, "sh", "-c", "printf out; printf err >&2"); err != nil {
			return "", err
		}

		return "", same(stdout.String()+"|"+stderr.String(), "out|err")
	})

	r.Check("exec-exit-3", func(ctx context.Context) (string, error) {
		var stdout, stderr output

		s := session{stdout: &stdout, stderr: &stderr}
		err := s.exec(ctx, t, "sh", "-c", "printf out; exit 3")

		var code exec.CodeExitError
		if !errors.As(err, &code) || code.Code != 3 {
			return "", fmt.Errorf("ended with %v", err)
		}

		return err.Error(), same(stdout.String(), "out")
	})

	r.Check("exec-missing-command", func(ctx context.Context) (string, error) {
		var stdout, stderr output

		s := session{stdout: &stdout, stderr: &stderr}

		err := s.exec(ctx, t, "no-such-command")
		if err == nil {
			return "", errors.New("it looked like success")
		}

		return err.Error(), refused(err)
	})

	r.Check("exec-stdin-half-close", func(ctx context.Context) (string, error) {
		var stdout, stderr output

		s := session{stdin: strings.NewReader("before\n"), stdout: &stdout, stderr: &stderr}
		if err := s.exec(ctx, t, "sh", "-c", "cat; echo after"); err != nil {
			return "", err
		}

		return "", same(stdout.String(), "before\nafter\n")
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

func same(got, want string) error {
	if got != want {
		return fmt.Errorf("got %q, want %q", got, want)
	}

	return nil
}

// resize runs a command that tells its terminal's size at each line of input, and gives it two
// sizes. That is the same for every client, however fast or slow its sizes travel.
func resize(ctx context.Context, t *target) error {
	keyboard, typist := io.Pipe()
	sizes := make(sizes, 1)
	ended := make(chan error, 1)

	var screen output

	go func() {
		s := session{tty: true, stdin: keyboard, stdout: &screen, resize: sizes}
		err := s.exec(ctx, t, "sh", "-c", "while read -r x; do stty size; done")
		// Whoever types on after the end is told how it ended.
		keyboard.CloseWithError(err)
		ended <- err
	}()

	for _, size := range []remotecommand.TerminalSize{{Width: 101, Height: 33}, {Width: 132, Height: 44}} {
		sizes <- size

		if err := seen(ctx, typist, &screen, fmt.Sprintf("%d %d", size.Height, size.Width)); err != nil {
			return err
		}
	}

	// Ctrl-D at the start of a line: the end of a terminal's input.
	if _, err := typist.Write([]byte{4}); err != nil {
		return err
	}

	return <-ended
}

// seen types empty lines until the screen shows the text.
func seen(ctx context.Context, typist io.Writer, screen *output, text string) error {
	for !strings.Contains(screen.String(), text) {
		if _, err := typist.Write([]byte("\n")); err != nil {
			return fmt.Errorf("type: %w; the screen shows %q", err, screen.String())
		}

		select {
		case <-ctx.Done():
			return fmt.Errorf("the screen never showed %q but %.200q", text, screen.String())
		case <-time.After(pollInterval):
		}
	}

	return nil
}

type sizes chan remotecommand.TerminalSize

// Next waits for the next size; the executor gives it up when the session ends.
func (s sizes) Next() *remotecommand.TerminalSize {
	size := <-s

	return &size
}
