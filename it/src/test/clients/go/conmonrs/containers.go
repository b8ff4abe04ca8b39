package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

func checkContainers(b *bed, r *report.Report) {
	for _, terminal := range []bool{false, true} {
		kind := kindOf(terminal)

		r.Check("CreateContainer on a "+kind, func(ctx context.Context) (string, error) {
			c, err := b.run(ctx, "simple-"+kind, terminal, "sh", "-c", "echo from the container; exit 7")
			if err != nil {
				return "", err
			}

			if err := awaitExit(ctx, c, "7"); err != nil {
				return "", err
			}

			return awaitLog(ctx, c, "stdout F from the container")
		})

		r.Check("CreateContainer of a missing command on a "+kind, func(ctx context.Context) (string, error) {
			_, err := b.create(ctx, "missing-"+kind, terminal, "no-such-command")
			if err == nil {
				return "", errors.New("the container was created")
			}

			// What the client library's own test looks for; the text is the runtime's.
			if !strings.Contains(err.Error(), "not found in $PATH") {
				return "", err
			}

			return err.Error(), nil
		})
	}

	r.Check("the cleanup command runs after the exit file is there", func(ctx context.Context) (string, error) {
		return cleanup(ctx, b)
	})
}

func cleanup(ctx context.Context, b *bed) (string, error) {
	c, err := b.bundle("cleanup", false, "true")
	if err != nil {
		return "", err
	}

	b.containers = append(b.containers, c.id)
	seen := filepath.Join(c.bundle, "seen")

	if _, err = b.client.CreateContainer(ctx, &client.CreateContainerConfig{
		ID:         c.id,
		BundlePath: c.bundle,
		ExitPaths:  []string{c.exit()},
		CleanupCmd: []string{"/bin/cp", c.exit(), seen},
	}); err != nil {
		return "", fmt.Errorf("CreateContainer: %w", err)
	}

	if err := b.runtimeCommand("start", c.id); err != nil {
		return "", err
	}

	return "", awaitWritten(ctx, seen, "0")
}

func kindOf(terminal bool) string {
	if terminal {
		return "terminal"
	}

	return "pipe"
}

// awaitExit waits for the exit file, which must be complete the moment it is there.
func awaitExit(ctx context.Context, c container, code string) error {
	return awaitWhole(ctx, c.exit(), code)
}

// awaitWhole waits for a file that the monitor puts there in one piece: what the first look finds in it must be all.
func awaitWhole(ctx context.Context, path, content string) error {
	var data []byte

	err := await(ctx, path, func() bool {
		var err error
		data, err = os.ReadFile(path)

		return err == nil
	})
	if err != nil {
		return err
	}

	if string(data) != content {
		return fmt.Errorf("%s holds %q, want %q", path, data, content)
	}

	return nil
}

// awaitWritten waits for what any other program writes into a file: a shell or cp makes the file first, and then writes.
func awaitWritten(ctx context.Context, path, content string) error {
	var (
		data   []byte
		missed error
	)

	if err := await(ctx, path, func() bool {
		data, missed = os.ReadFile(path)

		return missed == nil && string(data) == content
	}); err != nil {
		return errors.Join(fmt.Errorf("%w; it last held %q, want %q", err, data, content), missed)
	}

	return nil
}

// awaitLog waits for a text in the container's log and returns the log.
func awaitLog(ctx context.Context, c container, text string) (string, error) {
	var log string

	err := await(ctx, text+" in the log", func() bool {
		data, err := os.ReadFile(c.log())
		log = string(data)

		return err == nil && strings.Contains(log, text)
	})
	if err != nil {
		return "", fmt.Errorf("%w; the log holds %q", err, log)
	}

	return log, nil
}
