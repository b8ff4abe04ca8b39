package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

// longDirectory is a runtime directory's length at which its sockets' paths exceed what an address holds.
const longDirectory = 200

// atOnce is how many monitors may be ending while the next ones start.
const atOnce = 4

// checkStarts starts that many monitors one after the other.
func checkStarts(b *bed, r *report.Report, count int) {
	r.Check(
		"with every processor busy each start is followed by a connection that succeeds, in long directories too",
		func(context.Context) (string, error) {
			for range runtime.NumCPU() {
				busy := exec.Command("sh", "-c", "while :; do :; done")
				if err := busy.Start(); err != nil {
					return "", err
				}

				defer func() {
					_ = busy.Process.Kill()
					_ = busy.Wait()
				}()
			}

			return startMany(b, count)
		})
}

func startMany(b *bed, count int) (string, error) {
	var ending sync.WaitGroup

	room := make(chan struct{}, atOnce)
	failures := make(chan error, count)

	for i := range count {
		dir := filepath.Join(b.dir, fmt.Sprintf("start-%d", i))
		if i%2 == 1 {
			dir += strings.Repeat("-", max(0, longDirectory-len(dir)))
		}

		c, err := b.startAndConnect(dir)
		if err != nil {
			return "", fmt.Errorf("start %d: %w", i, err)
		}

		room <- struct{}{}

		ending.Go(func() {
			if err := c.Shutdown(); err != nil {
				failures <- fmt.Errorf("end of start %d: %w", i, err)
			}
			<-room
		})
	}

	ending.Wait()
	close(failures)

	return fmt.Sprintf("%d starts", count), <-failures
}

// startAndConnect does once what the client library repeats until it works: connect after the launcher's end.
func (b *bed) startAndConnect(dir string) (*client.ConmonClient, error) {
	launcher := exec.Command(b.monitor,
		"--runtime", b.runtime, "--runtime-dir", dir, "--runtime-root", b.runtimeRoot(), "--log-driver", "none")

	if err := launcher.Run(); err != nil {
		return nil, fmt.Errorf("launcher: %w", err)
	}

	conn, err := client.DialLongSocket("unix", filepath.Join(dir, "conmon.sock"))
	if err != nil {
		return nil, fmt.Errorf("first connection: %w", err)
	}

	if err := conn.Close(); err != nil {
		return nil, fmt.Errorf("close: %w", err)
	}

	if err := os.Remove(filepath.Join(dir, "pidfile")); err != nil {
		return nil, fmt.Errorf("the monitor's pidfile: %w", err)
	}

	// It joins what is there.
	return b.connect(dir)
}
