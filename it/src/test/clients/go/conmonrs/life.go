package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

func checkStart(b *bed, r *report.Report) {
	r.Check("client.New starts a monitor", func(context.Context) (string, error) {
		if err := b.start(); err != nil {
			return "", err
		}

		return fmt.Sprintf("pid %d", b.client.PID()), nil
	})
}

func checkLife(b *bed, r *report.Report) {
	r.Check("client.New joins the running monitor", func(context.Context) (string, error) {
		again, err := b.connect(b.runDir())
		if err != nil {
			return "", err
		}

		if again.PID() != b.client.PID() {
			return "", fmt.Errorf("another monitor: pid %d, was %d", again.PID(), b.client.PID())
		}

		return "", nil
	})

	r.Check("the binary tells its version without a server", func(context.Context) (string, error) {
		v, err := client.Version(b.monitor)
		if err != nil {
			return "", err
		}

		return v.Version, allSet(v.Version, v.Commit, v.BuildDate, v.Target, v.RustVersion, v.CargoVersion)
	})

	for _, verbose := range []bool{false, true} {
		r.Check(fmt.Sprintf("Version with verbose %t", verbose), func(ctx context.Context) (string, error) {
			v, err := b.client.Version(ctx, &client.VersionConfig{Verbose: verbose})
			if err != nil {
				return "", err
			}

			if v.ProcessID != b.client.PID() {
				return "", fmt.Errorf("process id %d, started %d", v.ProcessID, b.client.PID())
			}

			if (v.CargoTree != "") != verbose {
				return "", fmt.Errorf("dependency tree %q with verbose %t", v.CargoTree, verbose)
			}

			return v.Version, allSet(v.Version, v.Commit, v.BuildDate, v.Target, v.RustVersion, v.CargoVersion)
		})
	}

	r.Check("a runtime directory too long for a socket address", func(ctx context.Context) (string, error) {
		dir := filepath.Join(b.dir, strings.Repeat("long-", 25))

		c, err := b.connect(dir)
		if err != nil {
			return "", err
		}

		return fmt.Sprintf("%d bytes", len(dir)), c.Shutdown()
	})
}

func allSet(values ...string) error {
	for i, v := range values {
		if v == "" {
			return fmt.Errorf("version field %d is empty", i)
		}
	}

	return nil
}
