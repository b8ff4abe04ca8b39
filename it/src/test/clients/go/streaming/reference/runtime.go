package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"

	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
)

// processes is the runtime behind the streaming library: what it runs are local processes.
type processes struct {
	mu   sync.Mutex
	byID map[string]*process
}

// Exec runs a command and ends with it, after all of its output.
func (ps *processes) Exec(
	_ context.Context, _ string, cmd []string, in io.Reader, out, errOut io.WriteCloser, tty bool,
	resize <-chan remotecommand.TerminalSize,
) error {
	p, err := startProcess(cmd, tty)
	if err != nil {
		return err
	}

	go p.follow(resize)

	if in != nil {
		go p.feed(in)
	} else if !tty {
		_ = p.stdin.Close()
	}

	var copies sync.WaitGroup

	copies.Go(func() { copyOutput(out, p.stdout) })

	if p.stderr != nil {
		copies.Go(func() { copyOutput(errOut, p.stderr) })
	}

	copies.Wait()

	return p.wait()
}

func copyOutput(w io.WriteCloser, r io.Reader) {
	if w == nil {
		w = nopCloser{io.Discard}
	}

	// The end of a terminal is the error EIO; a client that is gone ends the copy too, and then
	// the process must not be stopped by a full pipe.
	_, _ = io.Copy(w, r)
	_, _ = io.Copy(io.Discard, r)
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// PortForward connects a stream with a local port, each direction ending on its own.
func (ps *processes) PortForward(_ context.Context, _ string, port int32, stream io.ReadWriteCloser) error {
	conn, err := net.Dial("tcp", net.JoinHostPort("localhost", strconv.Itoa(int(port))))
	if err != nil {
		return err
	}
	defer conn.Close()

	go func() {
		_, _ = io.Copy(conn, stream)
		_ = conn.(*net.TCPConn).CloseWrite()
	}()

	_, err = io.Copy(stream, conn)

	return err
}

func (ps *processes) start(id string, command []string, tty bool) error {
	p, err := startProcess(command, tty)
	if err != nil {
		return err
	}

	ps.mu.Lock()
	ps.byID[id] = p
	ps.mu.Unlock()

	go p.broadcast()

	return nil
}

// Attach joins a process made by start, until it ends or the client is gone.
func (ps *processes) Attach(
	ctx context.Context, id string, in io.Reader, out, errOut io.WriteCloser, _ bool,
	resize <-chan remotecommand.TerminalSize,
) error {
	ps.mu.Lock()
	p := ps.byID[id]
	ps.mu.Unlock()

	if p == nil {
		return fmt.Errorf("no container %q", id)
	}

	go p.follow(resize)

	p.attach(out, errOut)

	if in != nil {
		go func() { _, _ = io.Copy(p.stdin, in) }()
	}

	select {
	case <-p.ended:
		return nil
	case <-ctx.Done():
		return errors.New("the client is gone")
	}
}

func (ps *processes) kill() {
	ps.mu.Lock()
	defer ps.mu.Unlock()

	for _, p := range ps.byID {
		_ = p.cmd.Process.Kill()
	}
}
