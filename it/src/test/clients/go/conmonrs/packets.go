package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/containers/conmon-rs/pkg/client"
)

// packetSize is what the Go client reads at most, with the first byte.
const packetSize = 8192

// lockedBuffer is output that is looked at while it comes.
type lockedBuffer struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()

	return l.text.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()

	return l.text.String()
}

func (l *lockedBuffer) Close() error { return nil }

// seen is all that came over an attach socket.
type seen struct {
	stdout, stderr string
	dones          int
	doneLast       bool
}

// dial has the monitor make an attach socket and connects to it, without the client's own reader.
func (b *bed) dial(ctx context.Context, id string) (*net.UnixConn, error) {
	path := filepath.Join(b.dir, id+".sock")

	if err := b.client.AttachContainer(ctx, &client.AttachConfig{
		ID: id, SocketPath: path, Passthrough: true,
	}); err != nil {
		return nil, fmt.Errorf("AttachContainer: %w", err)
	}

	conn, err := client.DialLongSocket("unixpacket", path)
	if err != nil {
		return nil, fmt.Errorf("connect to attach socket: %w", err)
	}

	return conn, nil
}

// readAll reads to the end of the connection.
func readAll(conn *net.UnixConn) (seen, error) {
	var (
		all            seen
		stdout, stderr strings.Builder
	)

	buf := make([]byte, packetSize+1)

	for {
		n, err := conn.Read(buf)
		if n > packetSize {
			return all, errors.New("a packet is too long")
		}

		switch {
		case n == 1 && buf[0] == 0:
			all.dones++
		case n > 1 && buf[0] == 2:
			stdout.Write(buf[1:n])
		case n > 1 && buf[0] == 3:
			stderr.Write(buf[1:n])
		case n > 0:
			return all, fmt.Errorf("packet of kind %d with %d bytes", buf[0], n)
		}

		if n > 0 {
			all.doneLast = n == 1
		}

		if errors.Is(err, syscall.ECONNRESET) {
			continue
		}

		if errors.Is(err, io.EOF) || n == 0 {
			all.stdout, all.stderr = stdout.String(), stderr.String()

			return all, nil
		}

		if err != nil {
			return all, fmt.Errorf("read packet: %w", err)
		}
	}
}

func attachSeveral(ctx context.Context, b *bed) (string, error) {
	const lines = 200_000

	script := fmt.Sprintf("seq 1 %d; exec 1>&-; sleep 0.3; echo last >&2", lines)

	c, err := b.create(ctx, "attach-several", false, "sh", "-c", script)
	if err != nil {
		return "", err
	}

	type outcome struct {
		seen
		err error
	}

	const clients = 3

	outcomes := make(chan outcome, clients)

	for range clients {
		conn, err := b.dial(ctx, c.id)
		if err != nil {
			return "", err
		}
		defer conn.Close()

		go func() {
			all, err := readAll(conn)
			outcomes <- outcome{all, err}
		}()
	}

	if err := b.runtimeCommand("start", c.id); err != nil {
		return "", err
	}

	for range clients {
		o := <-outcomes
		if o.err != nil {
			return "", o.err
		}

		if got := strings.Count(o.stdout, "\n"); got != lines || o.stderr != "last\n" {
			return "", fmt.Errorf("%d lines and %q came", got, o.stderr)
		}

		if o.dones != 1 || !o.doneLast {
			return "", fmt.Errorf("%d marks of the end, the last packet being one: %t", o.dones, o.doneLast)
		}
	}

	return "", awaitExit(ctx, c, "0")
}

func attachDying(ctx context.Context, b *bed) error {
	c, err := b.run(ctx, "attach-dying", false, "sh", "-c", "read a; seq 1 100000; echo $a; exit 5")
	if err != nil {
		return err
	}

	dying, err := b.dial(ctx, c.id)
	if err != nil {
		return err
	}

	other, err := b.dial(ctx, c.id)
	if err != nil {
		return err
	}
	defer other.Close()

	if _, err := dying.Write([]byte("typed\n")); err != nil {
		return fmt.Errorf("type: %w", err)
	}

	if err := dying.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}

	all, err := readAll(other)
	if err != nil {
		return err
	}

	if !strings.HasSuffix(all.stdout, "\n100000\ntyped\n") || all.dones != 1 {
		return fmt.Errorf("the other got %d bytes and %d marks of the end", len(all.stdout), all.dones)
	}

	return awaitExit(ctx, c, "5")
}

func attachRefused(ctx context.Context, b *bed) (string, error) {
	_, err := b.dial(ctx, "no-such-container")
	if err == nil || !strings.Contains(err.Error(), "child not available") {
		return "", fmt.Errorf("an unknown container: %w", err)
	}

	// Ended by the check before.
	_, err = b.dial(ctx, "attach-dying")
	if err == nil || !strings.Contains(err.Error(), "container has ended with exit code 5") {
		return "", fmt.Errorf("a container that has ended: %w", err)
	}

	return err.Error(), nil
}
