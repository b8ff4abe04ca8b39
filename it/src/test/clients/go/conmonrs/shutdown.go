package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

// checkShutdown comes last: it ends the monitor, while each kind of client waits for something.
func checkShutdown(b *bed, r *report.Report) {
	r.Check("Shutdown ends the monitor, its containers, and what clients wait for", func(ctx context.Context) (string, error) {
		pipes, err := b.run(ctx, "outlived", false, "sh", "-c", "while :; do echo line; sleep 0.01; done")
		if err != nil {
			return "", err
		}

		// Who attaches now is told of a line, however soon the end comes.
		if _, err := awaitLog(ctx, pipes, "line"); err != nil {
			return "", err
		}

		terminal, err := b.run(ctx, "outlived-terminal", true, "sleep", "1000")
		if err != nil {
			return "", err
		}

		created, err := b.create(ctx, "outlived-created", false, "sleep", "1000")
		if err != nil {
			return "", err
		}

		waiting, err := waitForAll(ctx, b, pipes)
		if err != nil {
			return "", err
		}

		// SIGINT, and it waits for ten seconds at most.
		if err := b.client.Shutdown(); err != nil {
			return "", err
		}

		if err := syscall.Kill(int(b.client.PID()), 0); !errors.Is(err, syscall.ESRCH) {
			return "", fmt.Errorf("the monitor is still there: %v", err)
		}

		for _, c := range []container{pipes, terminal, created} {
			if err := endedByKill(c); err != nil {
				return "", err
			}
		}

		for what, ended := range waiting {
			select {
			case err := <-ended:
				if err != nil {
					return "", fmt.Errorf("%s: %w", what, err)
				}
			case <-ctx.Done():
				return "", fmt.Errorf("%s: %w", what, errDeadline)
			}
		}

		left, err := filepath.Glob(filepath.Join(b.runDir(), "*.sock"))
		if err != nil || len(left) > 0 {
			return "", fmt.Errorf("sockets are still there: %v: %w", left, err)
		}

		return "", nil
	})
}

// waitForAll begins one wait of each kind. Each channel gets nil if the wait ended as it should.
func waitForAll(ctx context.Context, b *bed, c container) (map[string]chan error, error) {
	attached, err := b.dial(ctx, c.id)
	if err != nil {
		return nil, err
	}

	waiting := map[string]chan error{}
	begin := func(what string, wait func() error) {
		ended := make(chan error, 1)
		waiting[what] = ended

		go func() { ended <- wait() }()
	}

	begin("the attach socket", func() error {
		defer attached.Close()

		all, err := readAll(attached)
		if err == nil && (all.dones != 1 || !all.doneLast || !strings.Contains(all.stdout, "line")) {
			err = fmt.Errorf("%d marks of the end, %d bytes", all.dones, len(all.stdout))
		}

		return err
	})

	begin("ExecSyncContainer", func() error {
		res, err := b.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{
			ID: c.id, Command: []string{"sh", "-c", "echo >/dev/shm/sync; exec sleep 1000"},
		})
		if err == nil && res.ExitCode == 0 {
			return errors.New("the command that was killed ended well")
		}

		return nil
	})

	begin("an exec session", func() error {
		s := &session{script: "echo >/dev/shm/session; exec sleep 1000", container: c.id}
		if err := s.run(ctx, b); err == nil {
			return errors.New("the command that was killed ended well")
		}

		return nil
	})

	pid, err := b.pidOf(c)
	if err != nil {
		return nil, err
	}

	for _, file := range []string{"sync", "session"} {
		path := filepath.Join("/proc", strconv.Itoa(pid), "root/dev/shm", file)
		if err := awaitWritten(ctx, path, "\n"); err != nil {
			return nil, err
		}
	}

	return waiting, nil
}

// endedByKill tells whether a container has ended so, with its exit file there already.
func endedByKill(c container) error {
	code, err := os.ReadFile(c.exit())
	if err != nil {
		return fmt.Errorf("read exit file: %w", err)
	}

	if string(code) != "137" {
		return fmt.Errorf("exit file of %s says %q, want 137", c.id, code)
	}

	return nil
}
