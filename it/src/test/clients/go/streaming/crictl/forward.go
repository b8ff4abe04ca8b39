package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"conmonj/it/report"
	"conmonj/it/streaming/probe"
)

var forwardingFrom = regexp.MustCompile(`Forwarding from (127\.0\.0\.1:\d+) -> `)

func checkForward(t *target, r *report.Report) {
	r.Check("port-forward", func(ctx context.Context) (string, error) {
		f, err := t.forward(ctx, t.echoPort)
		if err != nil {
			return "", err
		}
		defer f.stop()

		return probe.Echoes(ctx, f.address)
	})

	r.Check("port-forward-refused", func(ctx context.Context) (string, error) {
		f, err := t.forward(ctx, t.closedPort)
		if err != nil {
			return "", err
		}
		defer f.stop()

		if err := probe.Refused(ctx, f.address); err != nil {
			return "", err
		}

		// It gives up the whole forwarding when a connection is refused, and says why.
		if err := f.cmd.Wait(); err != nil && ctx.Err() != nil {
			return "", err
		}

		if reason := "connection refused"; !strings.Contains(strings.ToLower(f.said.String()), reason) {
			return "", fmt.Errorf("it does not tell the reason: %q", f.said.String())
		}

		return "", nil
	})
}

// forwarding is one running "crictl port-forward".
type forwarding struct {
	cmd     *exec.Cmd
	said    probe.Output
	address string
}

func (f *forwarding) stop() {
	f.cmd.Process.Kill()
	f.cmd.Wait()
}

func (t *target) forward(ctx context.Context, port int) (*forwarding, error) {
	f := &forwarding{cmd: t.crictl(ctx, "port-forward", t.pod, ":"+strconv.Itoa(port))}
	f.cmd.Stdout, f.cmd.Stderr = &f.said, &f.said

	if err := f.cmd.Start(); err != nil {
		return nil, err
	}

	// Up to what follows the port: its first digits may come alone.
	said, err := f.said.AwaitMatch(ctx, forwardingFrom)
	if err != nil {
		f.stop()

		return nil, err
	}

	f.address = said[1]

	return f, nil
}
