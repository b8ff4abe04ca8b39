package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"strings"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

// attachInput is how much is typed; it holds all byte values, and its end fits no packet.
const attachInput = 100_000_003

func checkAttach(b *bed, r *report.Report) {
	for _, terminal := range []bool{false, true} {
		kind := kindOf(terminal)

		r.Check("AttachContainer on a "+kind, func(ctx context.Context) (string, error) {
			return "", attachShell(ctx, b, "attach-"+kind, terminal)
		})
	}

	r.Check("AttachContainer: a hundred megabytes of stdin", func(ctx context.Context) (string, error) {
		return attachMuch(ctx, b)
	})

	r.Check("AttachContainer: done once, after both streams, for each of several clients", func(ctx context.Context) (string, error) {
		return attachSeveral(ctx, b)
	})

	r.Check("AttachContainer: a client that dies leaves the others and the container alone", func(ctx context.Context) (string, error) {
		return "", attachDying(ctx, b)
	})

	r.Check("AttachContainer: without a stdin of the container, from what was written before to the end of the client's", func(ctx context.Context) (string, error) {
		return attachNoStdin(ctx, b)
	})

	r.Check("AttachContainer: who has no such container is told", func(ctx context.Context) (string, error) {
		return attachRefused(ctx, b)
	})
}

// attachShell is what a person does: types into a shell, twice, and leaves it.
func attachShell(ctx context.Context, b *bed, id string, terminal bool) error {
	c, err := b.create(ctx, id, terminal, "sh")
	if err != nil {
		return err
	}

	stdinRead, stdinWrite := io.Pipe()
	stdoutRead, stdoutWrite := io.Pipe()
	stderr := &lockedBuffer{}
	path := filepath.Join(b.dir, strings.Repeat("long-", 25), id)
	done := make(chan error, 1)

	go func() {
		done <- b.client.AttachContainer(ctx, &client.AttachConfig{
			ID:                id,
			SocketPath:        path,
			Tty:               terminal,
			StopAfterStdinEOF: true,
			ContainerStdin:    true,
			PreAttachFunc: func() error {
				return errors.Join(ownersOnly(path), b.runtimeCommand("start", id))
			},
			Streams: client.AttachStreams{
				Stdin:  &client.In{ReadCloser: stdinRead},
				Stdout: &client.Out{WriteCloser: stdoutWrite},
				Stderr: &client.Out{WriteCloser: stderr},
			},
		})
	}()

	stdout := &lockedBuffer{}
	go func() { _, _ = io.Copy(stdout, stdoutRead) }()

	// Its echo on a terminal does not contain what it writes.
	for _, word := range []string{"first", "second"} {
		if _, err := fmt.Fprintf(stdinWrite, "echo %s' answer'; echo %s' error' >&2\n", word, word); err != nil {
			return fmt.Errorf("type: %w", err)
		}

		errorOutput := stderr
		if terminal {
			errorOutput = stdout
		}

		if err := await(ctx, "the answer", func() bool {
			return strings.Contains(stdout.String(), word+" answer") && strings.Contains(errorOutput.String(), word+" error")
		}); err != nil {
			return fmt.Errorf("%w; it said %q and %q", err, stdout, stderr)
		}
	}

	if _, err := io.WriteString(stdinWrite, "exit 4\n"); err != nil {
		return fmt.Errorf("type: %w", err)
	}

	if err := <-done; err != nil {
		return fmt.Errorf("AttachContainer: %w", err)
	}

	if terminal && stderr.String() != "" {
		return fmt.Errorf("a terminal has no error output, but %q came", stderr)
	}

	if err := awaitExit(ctx, c, "4"); err != nil {
		return err
	}

	return await(ctx, "the socket's end", func() bool {
		_, err := os.Lstat(path)

		return os.IsNotExist(err)
	})
}

func ownersOnly(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("look at socket: %w", err)
	}

	if info.Mode() != os.ModeSocket|0o600 {
		return fmt.Errorf("the socket has mode %s", info.Mode())
	}

	return nil
}

// attachMuch sends more than fits anywhere and leaves at once.
func attachMuch(ctx context.Context, b *bed) (string, error) {
	script := fmt.Sprintf("head -c %d | sha256sum; echo read all", attachInput)

	c, err := b.run(ctx, "attach-much", false, "sh", "-c", script)
	if err != nil {
		return "", err
	}

	input := make([]byte, attachInput)
	_, _ = rand.New(rand.NewSource(1)).Read(input)
	sum := sha256.Sum256(input)

	if err := b.client.AttachContainer(ctx, &client.AttachConfig{
		ID:                c.id,
		SocketPath:        filepath.Join(b.dir, "much"),
		StopAfterStdinEOF: true,
		ContainerStdin:    true,
		Streams:           client.AttachStreams{Stdin: &client.In{ReadCloser: io.NopCloser(bytes.NewReader(input))}},
	}); err != nil {
		return "", fmt.Errorf("AttachContainer: %w", err)
	}

	if err := awaitExit(ctx, c, "0"); err != nil {
		return "", err
	}

	return awaitLog(ctx, c, hex.EncodeToString(sum[:]))
}

// attachNoStdin looks at a container as crictl attach -i does whose own stdin is empty.
func attachNoStdin(ctx context.Context, b *bed) (string, error) {
	c, err := b.createWith(ctx, "attach-no-stdin", func(cfg *client.CreateContainerConfig) {
		cfg.LogDrivers = []client.ContainerLogDriver{{
			Type: client.LogDriverTypeContainerRuntimeInterface,
			Path: filepath.Join(cfg.BundlePath, "log"),
		}}
	}, "sh", "-c", "echo early; exec sleep 1000")
	if err != nil {
		return "", err
	}

	if err := b.runtimeCommand("start", c.id); err != nil {
		return "", err
	}

	if _, err := awaitLog(ctx, c, "early"); err != nil {
		return "", err
	}

	stdout := &lockedBuffer{}

	if err := b.client.AttachContainer(ctx, &client.AttachConfig{
		ID:         c.id,
		SocketPath: filepath.Join(b.dir, "no-stdin"),
		Streams: client.AttachStreams{
			Stdin:  &client.In{ReadCloser: io.NopCloser(strings.NewReader(""))},
			Stdout: &client.Out{WriteCloser: stdout},
		},
	}); err != nil {
		return "", fmt.Errorf("AttachContainer: %w", err)
	}

	if stdout.String() != "early\n" {
		return "", fmt.Errorf("it saw %q", stdout)
	}

	return stdout.String(), nil
}
