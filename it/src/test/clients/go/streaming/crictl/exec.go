package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"conmonj/it/report"
	"conmonj/it/streaming/probe"
	"github.com/creack/pty"
)

func checkExec(t *target, r *report.Report) {
	r.Check("exec-exit-0", func(ctx context.Context) (string, error) {
		stdout, stderr, err := t.exec(ctx, nil, "sh", "-c", "printf out; printf err >&2")
		if err != nil {
			return "", fmt.Errorf("%w: %s", err, stderr)
		}

		return "", probe.Same(stdout+"|"+stderr, "out|err")
	})

	r.Check("exec-exit-3", func(ctx context.Context) (string, error) {
		stdout, stderr, err := t.exec(ctx, nil, "sh", "-c", "printf out; exit 3")
		// Crictl itself always exits with 1; the command's code is in what it says.
		if err == nil || !strings.Contains(stderr, "exit code 3") {
			return "", fmt.Errorf("ended with %v and said %q", err, stderr)
		}

		return "", probe.Same(stdout, "out")
	})

	r.Check("exec-missing-command", func(ctx context.Context) (string, error) {
		_, stderr, err := t.exec(ctx, nil, "no-such-command")
		if err == nil {
			return "", errors.New("it looked like success")
		}

		if !strings.Contains(stderr, "no-such-command") {
			return "", fmt.Errorf("it does not tell the reason: %q", stderr)
		}

		return "", nil
	})

	r.Check("exec-stdin-half-close", func(ctx context.Context) (string, error) {
		stdout, stderr, err := t.exec(ctx, strings.NewReader("before\n"), "sh", "-c", "cat; echo after")
		if err != nil {
			return "", fmt.Errorf("%w: %s", err, stderr)
		}

		return "", probe.Same(stdout, "before\nafter\n")
	})

	r.Check("exec-resize", func(ctx context.Context) (string, error) { return "", resize(ctx, t) })
}

func checkBulk(t *target, r *report.Report) {
	r.Check("exec-50MiB-out", func(ctx context.Context) (string, error) {
		digest := sha256.New()

		cmd := t.crictl(ctx, "exec", t.pod, "sh", "-c", probe.OutScript)
		cmd.Stdout = digest

		var stderr bytes.Buffer
		cmd.Stderr = &stderr

		if err := cmd.Run(); err != nil {
			return "", fmt.Errorf("%w: %s", err, stderr.String())
		}

		return "", probe.Same(hex.EncodeToString(digest.Sum(nil)), t.sha256)
	})

	r.Check("exec-50MiB-in", func(ctx context.Context) (string, error) {
		file, err := os.Open(t.payload)
		if err != nil {
			return "", err
		}
		defer file.Close()

		stdout, stderr, err := t.exec(ctx, file, "sha256sum")
		if err != nil {
			return "", fmt.Errorf("%w: %s", err, stderr)
		}

		digest, _, _ := strings.Cut(stdout, " ")

		return "", probe.Same(digest, t.sha256)
	})
}

// exec runs "crictl exec" to its end.
func (t *target) exec(ctx context.Context, stdin io.Reader, command ...string) (string, string, error) {
	args := append([]string{t.pod}, command...)
	if stdin != nil {
		args = append([]string{"--interactive"}, args...)
	}

	var stdout, stderr bytes.Buffer

	cmd := t.crictl(ctx, "exec", args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &stdout, &stderr
	err := cmd.Run()

	return stdout.String(), stderr.String(), err
}

// resize runs a command that tells its terminal's size at each line of input, and gives it two
// sizes.
func resize(ctx context.Context, t *target) error {
	cmd := t.crictl(ctx, "exec", "--interactive", "--tty", t.pod, "sh", "-c",
		"while read -r x; do stty size; done")

	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 33, Cols: 101})
	if err != nil {
		return err
	}
	defer terminal.Close()

	var screen probe.Output

	go io.Copy(&screen, terminal)

	enter := func() error {
		_, err := io.WriteString(terminal, "\r")

		return err
	}

	if err := screen.Await(ctx, "33 101", enter); err != nil {
		return err
	}

	if err := pty.Setsize(terminal, &pty.Winsize{Rows: 44, Cols: 132}); err != nil {
		return err
	}

	if err := screen.Await(ctx, "44 132", enter); err != nil {
		return err
	}

	// Ctrl-D at the start of a line: the end of a terminal's input.
	if _, err := terminal.Write([]byte{4}); err != nil {
		return err
	}

	return cmd.Wait()
}
