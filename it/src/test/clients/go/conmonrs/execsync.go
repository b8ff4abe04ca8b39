package main

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

// timeoutCode is the exit code of a command that was killed because its time was up.
const timeoutCode = -3

// parallelExecs is the number the client library's own stress test uses.
const parallelExecs = 10

type execCase struct {
	name, script        string
	terminal            bool
	timeout             uint64
	code                int32
	stdout, stderr      string
	timedOut, anyOutput bool
	env                 map[string]string
}

var execCases = []execCase{
	{name: "streams apart", script: "printf out; printf err >&2", stdout: "out", stderr: "err"},
	{name: "exit code 3", script: "exit 3", code: 3},
	{name: "exit code 127", script: "no-such-command", code: 127, anyOutput: true},
	{name: "environment", script: "printf %s \"$A\"", env: map[string]string{"A": "x y=z"}, stdout: "x y=z"},
	{name: "environment with a terminal", script: "printf %s \"$A\"", terminal: true, env: map[string]string{"A": "x"}, stdout: "x"},
	{name: "with a terminal", script: "echo hello; exit 4", terminal: true, stdout: "hello\r\n", code: 4},
	{name: "within its timeout", script: "echo done", timeout: 10, stdout: "done\n"},
	{name: "past its timeout", script: "echo begun; sleep 100", timeout: 1, code: timeoutCode, timedOut: true, anyOutput: true},
	{name: "one MiB of output", script: "head -c 1048576 /dev/zero | tr '\\0' x", stdout: strings.Repeat("x", 1<<20)},
}

func checkExecSync(b *bed, r *report.Report) {
	const id = "execsync"

	r.Check("a container to exec in", func(ctx context.Context) (string, error) {
		_, err := b.run(ctx, id, false, "sleep", "1000")

		return "", err
	})

	for _, c := range execCases {
		r.Check("ExecSyncContainer: "+c.name, func(ctx context.Context) (string, error) {
			return c.run(ctx, b, id)
		})
	}

	r.Check("ExecSyncContainer: output beyond 16 MiB is cut, and stderr says so", func(ctx context.Context) (string, error) {
		return execCut(ctx, b, id)
	})

	r.Check("ExecSyncContainer: the command ends with the context of its call", func(ctx context.Context) (string, error) {
		return "", execCancelled(ctx, b, id)
	})

	r.Check("ExecSyncContainer: many at once", func(ctx context.Context) (string, error) {
		return "", execMany(ctx, b, id)
	})

	r.Check("ExecSyncContainer: an unknown container is an error", func(ctx context.Context) (string, error) {
		_, err := b.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{ID: "wrong", Command: []string{"true"}})
		if err == nil {
			return "", fmt.Errorf("it succeeded")
		}

		return err.Error(), nil
	})
}

func (c execCase) run(ctx context.Context, b *bed, id string) (string, error) {
	res, err := b.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{
		ID:       id,
		Command:  []string{"sh", "-c", c.script},
		Timeout:  c.timeout,
		Terminal: c.terminal,
		EnvVars:  c.env,
	})
	if err != nil {
		return "", err
	}

	if res.ExitCode != c.code || res.TimedOut != c.timedOut {
		return "", fmt.Errorf("exit code %d, timed out %t; want %d, %t", res.ExitCode, res.TimedOut, c.code, c.timedOut)
	}

	if !c.anyOutput && (string(res.Stdout) != c.stdout || string(res.Stderr) != c.stderr) {
		return "", fmt.Errorf("stdout %.100q (%d bytes), stderr %.100q", res.Stdout, len(res.Stdout), res.Stderr)
	}

	return fmt.Sprintf("%d bytes", len(res.Stdout)+len(res.Stderr)), nil
}

func execCut(ctx context.Context, b *bed, id string) (string, error) {
	const most = 16<<20 - 64<<10

	res, err := b.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{
		ID:      id,
		Command: []string{"sh", "-c", "head -c 12582912 /dev/zero; head -c 17825792 /dev/zero >&2"},
	})
	if err != nil {
		return "", err
	}

	last := string(res.Stderr[max(0, len(res.Stderr)-200):])

	if len(res.Stdout) != 12<<20 || len(res.Stderr) < most-12<<20 || len(res.Stderr) > most-11<<20 ||
		res.ExitCode != 0 || !strings.Contains(last, "\nthe output was cut: ") {
		return "", fmt.Errorf("%d bytes of stdout, %d of stderr, which ends with %q, exit code %d",
			len(res.Stdout), len(res.Stderr), last, res.ExitCode)
	}

	return strings.Trim(last, "\x00\n"), nil
}

func execCancelled(ctx context.Context, b *bed, id string) error {
	const words = "sleep 43333"

	call, cancel := context.WithCancel(ctx)
	defer cancel()

	done := make(chan error, 1)

	go func() {
		_, err := b.client.ExecSyncContainer(call, &client.ExecSyncConfig{
			ID:      id,
			Command: []string{"sh", "-c", words + " & wait"},
		})
		done <- err
	}()

	running := func() (int, error) {
		res, err := b.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{
			ID:      id,
			Command: []string{"busybox", "ps", "-o", "args"},
		})

		// A list that could not be had says nothing, and must not look like an empty one.
		if err != nil {
			return 0, err
		}

		return strings.Count(string(res.Stdout), words), nil
	}

	// The shell has the words in its arguments too, and is there before what it starts.
	if err := await(ctx, "the command", func() bool {
		count, err := running()

		return err == nil && count == 2
	}); err != nil {
		return err
	}

	cancel()

	if err := <-done; err == nil {
		return fmt.Errorf("the cancelled call succeeded")
	}

	return await(ctx, "the command's end", func() bool {
		count, err := running()

		return err == nil && count == 0
	})
}

func execMany(ctx context.Context, b *bed, id string) error {
	var wg sync.WaitGroup

	errs := make(chan error, parallelExecs)

	for i := range parallelExecs {
		wg.Go(func() {
			want := fmt.Sprintf("hello %d", i)
			res, err := b.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{
				ID:      id,
				Command: []string{"echo", "-n", want},
			})

			switch {
			case err != nil:
				errs <- err
			case string(res.Stdout) != want:
				errs <- fmt.Errorf("stdout %q, want %q", res.Stdout, want)
			}
		})
	}

	wg.Wait()
	close(errs)

	return <-errs
}
