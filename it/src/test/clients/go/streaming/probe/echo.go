package probe

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"

	"golang.org/x/sync/errgroup"
)

const (
	forwardedConnections = 4
	forwardedBytes       = 1 << 20
)

// Echoes sends bytes over several connections at once to a forwarded echo server, half-closes each,
// and wants the same bytes back, then the end.
func Echoes(ctx context.Context, address string) (string, error) {
	var group errgroup.Group
	for i := range forwardedConnections {
		group.Go(func() error { return echo(ctx, address, byte(i)) })
	}

	return fmt.Sprintf("%d connections", forwardedConnections), group.Wait()
}

// Refused connects to a forwarded port on which nothing listens, and wants the end and no data.
func Refused(ctx context.Context, address string) error {
	conn, err := dial(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close()

	if data, err := io.ReadAll(conn); len(data) > 0 {
		return fmt.Errorf("read %q, %v", data, err)
	}

	return nil
}

func dial(ctx context.Context, address string) (*net.TCPConn, error) {
	var d net.Dialer

	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}

	deadline, _ := ctx.Deadline()

	return conn.(*net.TCPConn), conn.SetDeadline(deadline)
}

func echo(ctx context.Context, address string, fill byte) error {
	conn, err := dial(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close()

	sent := bytes.Repeat([]byte{fill, fill + 1, fill + 2}, forwardedBytes/3)

	var sending errgroup.Group

	sending.Go(func() error {
		if _, err := conn.Write(sent); err != nil {
			return fmt.Errorf("send: %w", err)
		}

		return conn.CloseWrite()
	})

	got, err := io.ReadAll(conn)
	if err := errors.Join(err, sending.Wait()); err != nil {
		return fmt.Errorf("after %d bytes: %w", len(got), err)
	}

	if !bytes.Equal(got, sent) {
		return fmt.Errorf("%d bytes came back of %d, or others", len(got), len(sent))
	}

	return nil
}
