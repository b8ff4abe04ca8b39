package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/transport/spdy"
)

// forwardedPort is listened on in the network of a container, which nobody shares.
const forwardedPort = 8080

func checkServed(b *bed, r *report.Report) {
	for _, terminal := range []bool{false, true} {
		kind := kindOf(terminal)

		r.Check("ServeAttachContainer on a "+kind, func(ctx context.Context) (string, error) {
			return "", attachServed(ctx, b, "served-"+kind, terminal)
		})
	}

	r.Check("ServeAttachContainer: an unknown container is an error", func(ctx context.Context) (string, error) {
		_, err := b.client.ServeAttachContainer(ctx, &client.ServeAttachContainerConfig{ID: "wrong", Stdout: true})
		if err == nil {
			return "", errors.New("it succeeded")
		}

		return err.Error(), nil
	})

	r.Check("ServePortForwardContainer reaches a port of the container's network", func(ctx context.Context) (string, error) {
		return "", forwardServed(ctx, b)
	})
}

// attachServed types a line, sees the answer, and stays to the container's end.
func attachServed(ctx context.Context, b *bed, id string, terminal bool) error {
	c, err := b.create(ctx, id, terminal, "sh", "-c", "read line; echo got $line' back'; echo error >&2; exit 6")
	if err != nil {
		return err
	}

	res, err := b.client.ServeAttachContainer(ctx, &client.ServeAttachContainerConfig{
		ID: id, Stdin: true, Stdout: true, Stderr: true,
	})
	if err != nil {
		return fmt.Errorf("ServeAttachContainer: %w", err)
	}

	executor, err := remotecommand.NewWebSocketExecutor(&rest.Config{}, "GET", res.URL)
	if err != nil {
		return fmt.Errorf("make executor: %w", err)
	}

	stdin, typist := io.Pipe()
	stdout, stderr := &lockedBuffer{}, &lockedBuffer{}
	done := make(chan error, 1)

	go func() {
		done <- executor.StreamWithContext(ctx, remotecommand.StreamOptions{
			Stdin: stdin, Stdout: stdout, Stderr: stderr, Tty: terminal,
		})
	}()

	if err := b.runtimeCommand("start", id); err != nil {
		return err
	}

	// The pipe takes it once the session is there to read it.
	if _, err := io.WriteString(typist, "typed\n"); err != nil {
		return fmt.Errorf("type: %w", err)
	}

	if err := <-done; err != nil {
		return fmt.Errorf("attach: %w", err)
	}

	errorOutput := stderr.String()
	if terminal {
		errorOutput = stdout.String()
	}

	if !strings.Contains(stdout.String(), "got typed back") || !strings.Contains(errorOutput, "error") {
		return fmt.Errorf("stdout %q, stderr %q", stdout, stderr)
	}

	return awaitExit(ctx, c, "6")
}

// forwardServed sends a line to a server in a container and gets it back.
func forwardServed(ctx context.Context, b *bed) error {
	c, err := b.run(ctx, "forwarded", false, "nc", "-ll", "-p", fmt.Sprint(forwardedPort), "-e", "cat")
	if err != nil {
		return err
	}

	pid, err := b.pidOf(c)
	if err != nil {
		return err
	}

	if err := b.listening(ctx, pid); err != nil {
		return err
	}

	res, err := b.client.ServePortForwardContainer(ctx, &client.ServePortForwardContainerConfig{
		NetNsPath: fmt.Sprintf("/proc/%d/ns/net", pid),
	})
	if err != nil {
		return fmt.Errorf("ServePortForwardContainer: %w", err)
	}

	target, err := url.Parse(res.URL)
	if err != nil {
		return fmt.Errorf("parse %s: %w", res.URL, err)
	}

	transport, upgrader, err := spdy.RoundTripperFor(&rest.Config{})
	if err != nil {
		return fmt.Errorf("make transport: %w", err)
	}

	stop, ready := make(chan struct{}), make(chan struct{})
	defer close(stop)

	forwarder, err := portforward.NewOnAddresses(
		spdy.NewDialer(upgrader, &http.Client{Transport: transport}, "POST", target),
		[]string{"127.0.0.1"}, []string{fmt.Sprintf(":%d", forwardedPort)}, stop, ready, io.Discard, io.Discard)
	if err != nil {
		return fmt.Errorf("make forwarder: %w", err)
	}

	ended := make(chan error, 1)

	go func() { ended <- forwarder.ForwardPorts() }()

	select {
	case err := <-ended:
		return fmt.Errorf("forward: %w", err)
	case <-ready:
	}

	ports, err := forwarder.GetPorts()
	if err != nil {
		return fmt.Errorf("get ports: %w", err)
	}

	return echo(ctx, fmt.Sprintf("127.0.0.1:%d", ports[0].Local))
}

// listening brings up the loopback of the process's network and waits for somebody to listen there.
func (b *bed) listening(ctx context.Context, pid int) error {
	up := exec.CommandContext(ctx, "nsenter", "--net=/proc/"+fmt.Sprint(pid)+"/ns/net",
		filepath.Join(b.rootfs, "bin/busybox"), "ip", "link", "set", "lo", "up")
	if out, err := up.CombinedOutput(); err != nil {
		return fmt.Errorf("bring up loopback: %s: %w", out, err)
	}

	return await(ctx, "a server in the container", func() bool {
		four, _ := os.ReadFile(fmt.Sprintf("/proc/%d/net/tcp", pid))
		six, _ := os.ReadFile(fmt.Sprintf("/proc/%d/net/tcp6", pid))

		return strings.Contains(string(four)+string(six), fmt.Sprintf(":%04X ", forwardedPort))
	})
}

func echo(ctx context.Context, address string) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()

	const line = "there and back\n"

	if _, err := io.WriteString(conn, line); err != nil {
		return fmt.Errorf("send: %w", err)
	}

	got := make([]byte, len(line))
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != line {
		return fmt.Errorf("%q came back: %w", got, err)
	}

	return nil
}
