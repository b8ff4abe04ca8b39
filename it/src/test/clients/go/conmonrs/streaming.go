package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
)

// session is one exec over the URL of ServeExecContainer.
type session struct {
	script string
	// Where there is a choice, by its id.
	container string
	terminal  bool
	stdin     io.Reader
	resize    remotecommand.TerminalSizeQueue
	stdout    bytes.Buffer
	stderr    bytes.Buffer
}

const streamed = "streamed"

func checkStreaming(b *bed, r *report.Report) {
	r.Check("a container to stream from", func(ctx context.Context) (string, error) {
		_, err := b.run(ctx, streamed, false, "sleep", "1000")

		return "", err
	})

	r.Check("ServeExecContainer: streams apart", func(ctx context.Context) (string, error) {
		s := &session{script: "printf out; printf err >&2"}
		if err := s.run(ctx, b); err != nil {
			return "", err
		}

		return "", s.want("out", "err")
	})

	r.Check("ServeExecContainer: with a terminal", func(ctx context.Context) (string, error) {
		s := &session{script: "printf out; printf err >&2", terminal: true}
		if err := s.run(ctx, b); err != nil {
			return "", err
		}

		return "", s.want("outerr", "")
	})

	r.Check("ServeExecContainer: exit code 3", func(ctx context.Context) (string, error) {
		var code exec.CodeExitError

		s := &session{script: "exit 3"}
		if err := s.run(ctx, b); !errors.As(err, &code) || code.Code != 3 {
			return "", fmt.Errorf("ended with %v", err)
		}

		return "", nil
	})

	r.Check("ServeExecContainer: the end of stdin is not the end of output", func(ctx context.Context) (string, error) {
		s := &session{script: "cat; echo after", stdin: strings.NewReader("before\n")}
		if err := s.run(ctx, b); err != nil {
			return "", err
		}

		return "", s.want("before\nafter\n", "")
	})

	r.Check("ServeExecContainer: ten MiB", func(ctx context.Context) (string, error) {
		const size = 10 << 20

		s := &session{script: fmt.Sprintf("yes | head -c %d", size)}
		if err := s.run(ctx, b); err != nil {
			return "", err
		}

		if got := s.stdout.String(); got != strings.Repeat("y\n", size/2) {
			return "", fmt.Errorf("%d bytes came, or others than were sent", len(got))
		}

		return "", nil
	})

	r.Check("ServeExecContainer: resize", func(ctx context.Context) (string, error) {
		s := &session{
			script:   "until [ \"$(stty size 2>/dev/null)\" = '33 101' ]; do sleep 0.05; done; echo resized",
			terminal: true,
			resize:   &sizes{{Width: 80, Height: 24}, {Width: 101, Height: 33}},
		}
		if err := s.run(ctx, b); err != nil {
			return "", err
		}

		return "", s.want("resized\r\n", "")
	})

	r.Check("ServeExecContainer: a missing command is a failure", func(ctx context.Context) (string, error) {
		s := &session{}

		err := s.execute(ctx, b, []string{"no-such-command"})
		if err == nil {
			return "", errors.New("it looked like success")
		}

		// The person at the client gets the runtime's words and no names of the server's classes.
		if text := err.Error(); !strings.Contains(text, "no-such-command") || strings.Contains(text, "Exception") {
			return "", err
		}

		return err.Error(), nil
	})

	r.Check("ServeExecContainer: an unknown container is an error", func(ctx context.Context) (string, error) {
		_, err := b.client.ServeExecContainer(ctx, &client.ServeExecContainerConfig{
			ID: "wrong", Command: []string{"true"}, Stdout: true,
		})
		if err == nil {
			return "", errors.New("it succeeded")
		}

		return err.Error(), nil
	})
}

func (s *session) run(ctx context.Context, b *bed) error {
	return s.execute(ctx, b, []string{"sh", "-c", s.script})
}

func (s *session) execute(ctx context.Context, b *bed, command []string) error {
	if s.container == "" {
		s.container = streamed
	}

	res, err := b.client.ServeExecContainer(ctx, &client.ServeExecContainerConfig{
		ID:      s.container,
		Command: command,
		Tty:     s.terminal,
		Stdin:   s.stdin != nil,
		Stdout:  true,
		// As the client library's own test does, with a terminal too.
		Stderr: true,
	})
	if err != nil {
		return fmt.Errorf("ServeExecContainer: %w", err)
	}

	executor, err := remotecommand.NewWebSocketExecutor(&rest.Config{}, "GET", res.URL)
	if err != nil {
		return fmt.Errorf("make executor: %w", err)
	}

	return executor.StreamWithContext(ctx, remotecommand.StreamOptions{
		Stdin:             s.stdin,
		Stdout:            &s.stdout,
		Stderr:            &s.stderr,
		Tty:               s.terminal,
		TerminalSizeQueue: s.resize,
	})
}

func (s *session) want(stdout, stderr string) error {
	if s.stdout.String() != stdout || s.stderr.String() != stderr {
		return fmt.Errorf("stdout %q, stderr %q", s.stdout.String(), s.stderr.String())
	}

	return nil
}

// sizes are the terminal sizes a client sends, one after the other.
type sizes []remotecommand.TerminalSize

// Next gives the next size, nil after the last.
func (s *sizes) Next() *remotecommand.TerminalSize {
	if len(*s) == 0 {
		return nil
	}

	next := (*s)[0]
	*s = (*s)[1:]

	return &next
}
