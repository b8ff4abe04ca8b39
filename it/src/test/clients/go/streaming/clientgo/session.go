package main

import (
	"context"
	"fmt"
	"io"
	"net/url"

	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/streaming/pkg/httpstream"
)

// session is one exec or attach.
type session struct {
	tty            bool
	stdin          io.Reader
	stdout, stderr io.Writer
	resize         remotecommand.TerminalSizeQueue
}

func (s *session) exec(ctx context.Context, t *target, command ...string) error {
	return s.stream(ctx, t, t.url(t.pod, "exec", streamQuery(s.stdin != nil, s.tty, command...)))
}

func (s *session) attach(ctx context.Context, t *target) error {
	return s.stream(ctx, t, t.url(t.attachable, "attach", streamQuery(s.stdin != nil, s.tty)))
}

func (s *session) stream(ctx context.Context, t *target, u *url.URL) error {
	executor, err := t.executor(u)
	if err != nil {
		return fmt.Errorf("make executor: %w", err)
	}

	options := remotecommand.StreamOptions{
		Stdin: s.stdin, Stdout: s.stdout, Tty: s.tty, TerminalSizeQueue: s.resize,
	}
	if !s.tty {
		options.Stderr = s.stderr
	}

	return executor.StreamWithContext(ctx, options)
}

// executor makes the transport's executor; the fallback is made as kubectl makes it.
func (t *target) executor(u *url.URL) (remotecommand.Executor, error) {
	spdy, err := remotecommand.NewSPDYExecutor(t.config(), "POST", u)
	if err != nil || t.transport == "spdy" {
		return spdy, err
	}

	websocket, err := remotecommand.NewWebSocketExecutor(t.config(), "GET", u.String())
	if err != nil || t.transport == "websocket" {
		return websocket, err
	}

	return remotecommand.NewFallbackExecutor(websocket, spdy, httpstream.IsUpgradeFailure)
}
