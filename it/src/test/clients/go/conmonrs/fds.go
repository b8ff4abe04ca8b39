package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

// mostAtOnce is how many descriptors the kernel lets pass in one message.
const mostAtOnce = 253

func checkFds(b *bed, r *report.Report) {
	r.Check("RemoteFDs: descriptors reach the container in order, held ones stay until its exit",
		func(ctx context.Context) (string, error) {
			return "", b.withoutLeaks(ctx, func() error { return passAndHold(ctx, b) })
		})

	r.Check("RemoteFDs: a creation that fails closes what it took", func(ctx context.Context) (string, error) {
		return "", b.withoutLeaks(ctx, func() error { return passInVain(ctx, b) })
	})

	r.Check("RemoteFDs: a slot is good once", func(ctx context.Context) (string, error) {
		return useTwice(ctx, b)
	})

	r.Check("RemoteFDs: too many are refused in words", func(ctx context.Context) (string, error) {
		var words string

		err := b.withoutLeaks(ctx, func() (err error) {
			words, err = sendTooMany(ctx, b)

			return err
		})

		return words, err
	})
}

// descriptors are those of the monitor's process and of its worker, the Java VM, which is among its children.
func (b *bed) descriptors() ([]os.DirEntry, error) {
	pid := fmt.Sprint(b.client.PID())

	children, err := childrenOf(pid)
	if err != nil {
		return nil, err
	}

	var all []os.DirEntry

	for _, process := range append(children, pid) {
		program, err := os.Readlink(filepath.Join("/proc", process, "exe"))
		if err != nil || (process != pid && filepath.Base(program) != "java") {
			continue
		}

		open, err := os.ReadDir(filepath.Join("/proc", process, "fd"))
		if err != nil {
			return nil, fmt.Errorf("descriptors of the monitor: %w", err)
		}

		all = append(all, open...)
	}

	return all, nil
}

// childrenOf lists them until nothing is another: the kernel leaves one out where another goes meanwhile.
func childrenOf(pid string) ([]string, error) {
	for before := ""; ; {
		listed, err := os.ReadFile(filepath.Join("/proc", pid, "task", pid, "children"))
		if err != nil {
			return nil, fmt.Errorf("children of the monitor: %w", err)
		}

		if string(listed) == before {
			return strings.Fields(before), nil
		}

		before = string(listed)
	}
}

// withoutLeaks runs a check after which the monitor must have as many descriptors as before.
func (b *bed) withoutLeaks(ctx context.Context, check func() error) error {
	// The first use starts the socket, which then stays.
	first, err := b.client.RemoteFDs(ctx)
	if err != nil {
		return err
	}

	if err := first.Close(); err != nil {
		return err
	}

	var before []os.DirEntry

	if err := await(ctx, "the connection's end", func() bool {
		// In this order: one that goes between the two must not be counted.
		if b.connectedToFdSocket() {
			return false
		}

		before, err = b.descriptors()

		return err == nil
	}); err != nil {
		return err
	}

	if err := check(); err != nil {
		return err
	}

	after := before

	if err := await(ctx, "as many descriptors as before", func() bool {
		after, err = b.descriptors()

		return err == nil && len(after) <= len(before)
	}); err != nil {
		return fmt.Errorf("%w: %d before, %d after", err, len(before), len(after))
	}

	return nil
}

// connectedToFdSocket tells whether the kernel lists a connection besides the listener; other monitors of the machine
// have theirs.
func (b *bed) connectedToFdSocket() bool {
	data, err := os.ReadFile("/proc/net/unix")

	return err != nil || strings.Count(string(data), " "+filepath.Join(b.runDir(), "conmon-fd.sock")+"\n") > 1
}

// passAndHold gives a container two pipes as 3 and 4, and has a third one held for it.
func passAndHold(ctx context.Context, b *bed) error {
	var pipes [3]struct{ r, w *os.File }

	for i := range pipes {
		var err error
		if pipes[i].r, pipes[i].w, err = os.Pipe(); err != nil {
			return err
		}

		defer pipes[i].r.Close()
	}

	fds, err := b.client.RemoteFDs(ctx)
	if err != nil {
		return err
	}

	slots, err := fds.Send(int(pipes[0].w.Fd()), int(pipes[1].w.Fd()), int(pipes[2].w.Fd()))
	if err != nil {
		return err
	}

	for i := range pipes {
		pipes[i].w.Close()
	}

	c, err := b.createWith(ctx, "fds", func(cfg *client.CreateContainerConfig) {
		cfg.CommandArgs = []string{"--preserve-fds=2"}
		cfg.AdditionalFDs = []client.RemoteFD{slots[1], slots[0]}
		cfg.LeakFDs = []client.RemoteFD{slots[2]}
	}, "sh", "-c", "echo three >&3; echo four >&4; exec 3>&- 4>&-; while [ ! -e /go ]; do sleep 0.05; done")
	if err != nil {
		return err
	}

	// What is taken does not depend on the connection any more.
	if err := fds.Close(); err != nil {
		return err
	}

	if err := b.runtimeCommand("start", c.id); err != nil {
		return err
	}

	for i, want := range []string{"four\n", "three\n"} {
		// The end is seen only when nobody has the other end open: not the monitor either.
		got, err := io.ReadAll(pipes[i].r)
		if err != nil || string(got) != want {
			return fmt.Errorf("pipe %d carried %q (%v), want %q", i, got, err, want)
		}
	}

	// Asked for once: whenever it is, the file becomes a blocking one.
	held := int(pipes[2].r.Fd())

	if err := syscall.SetNonblock(held, true); err != nil {
		return err
	}

	one := make([]byte, 1)
	if _, err := syscall.Read(held, one); !errors.Is(err, syscall.EAGAIN) {
		return fmt.Errorf("the pipe that is to be held gave %v", err)
	}

	if err := b.runtimeCommand("kill", c.id, "KILL"); err != nil {
		return err
	}

	if err := awaitExit(ctx, c, "137"); err != nil {
		return err
	}

	return await(ctx, "the end of the pipe that was held", func() bool {
		n, err := syscall.Read(held, one)

		return n == 0 && err == nil
	})
}

// passInVain names descriptors for a container whose command is missing.
func passInVain(ctx context.Context, b *bed) error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()

	fds, err := b.client.RemoteFDs(ctx)
	if err != nil {
		return err
	}
	defer fds.Close()

	slots, err := fds.Send(int(w.Fd()), int(w.Fd()))
	if err != nil {
		return err
	}

	w.Close()

	if _, err := b.createWith(ctx, "fds-vain", func(cfg *client.CreateContainerConfig) {
		cfg.CommandArgs = []string{"--preserve-fds=1"}
		cfg.AdditionalFDs = slots[:1]
		cfg.LeakFDs = slots[1:]
	}, "no-such-command"); err == nil {
		return errors.New("the container was created")
	}

	// The connection is still there, and so it is not its end that has closed them.
	_, err = io.ReadAll(r)

	return err
}

func useTwice(ctx context.Context, b *bed) (string, error) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		return "", err
	}
	defer null.Close()

	fds, err := b.client.RemoteFDs(ctx)
	if err != nil {
		return "", err
	}
	defer fds.Close()

	slots, err := fds.Send(int(null.Fd()))
	if err != nil {
		return "", err
	}

	use := func(cfg *client.CreateContainerConfig) { cfg.LeakFDs = slots }

	if _, err := b.createWith(ctx, "fds-once", use, "true"); err != nil {
		return "", err
	}

	_, err = b.createWith(ctx, "fds-twice", use, "true")
	if err == nil || !strings.Contains(err.Error(), "no file descriptor in slot") {
		return "", fmt.Errorf("the second container: %w", err)
	}

	return err.Error(), nil
}

func sendTooMany(ctx context.Context, b *bed) (string, error) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		return "", err
	}
	defer null.Close()

	fds, err := b.client.RemoteFDs(ctx)
	if err != nil {
		return "", err
	}
	defer fds.Close()

	many := make([]int, mostAtOnce)
	for i := range many {
		many[i] = int(null.Fd())
	}

	for {
		slots, err := fds.Send(many...)

		switch {
		case err != nil && strings.Contains(err.Error(), "server error: too many file descriptors"):
			return err.Error(), nil
		case err != nil:
			return "", err
		case slots[0] > 1<<20:
			return "", errors.New("there is no end of them")
		}
	}
}

// createWith creates a container with more in its request than the others have.
func (b *bed) createWith(
	ctx context.Context, id string, more func(*client.CreateContainerConfig), args ...string,
) (container, error) {
	c, err := b.bundle(id, false, args...)
	if err != nil {
		return c, err
	}

	b.containers = append(b.containers, id)
	cfg := &client.CreateContainerConfig{
		ID:         id,
		BundlePath: c.bundle,
		ExitPaths:  []string{filepath.Join(c.bundle, "exit")},
	}
	more(cfg)

	_, err = b.client.CreateContainer(ctx, cfg)

	return c, err
}
