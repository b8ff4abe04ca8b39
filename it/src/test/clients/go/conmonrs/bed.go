package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/containers/conmon-rs/pkg/client"
)

// pollInterval is how often a condition outside this process is looked at.
const pollInterval = 10 * time.Millisecond

var errDeadline = errors.New("deadline passed")

// bed is what the checks stand on: one monitor, its client, and the containers made through it.
type bed struct {
	monitor, runtime, rootfs, dir string

	// tracing is how the monitor and its client trace; nil for not at all.
	tracing *client.Tracing

	client     *client.ConmonClient
	containers []string
}

func (b *bed) runtimeRoot() string { return filepath.Join(b.dir, "root") }

func (b *bed) runDir() string { return filepath.Join(b.dir, "run") }

// connect starts a monitor in runDir, or joins the one that is there.
func (b *bed) connect(runDir string) (*client.ConmonClient, error) {
	cfg := client.NewConmonServerConfig(b.runtime, b.runtimeRoot(), runDir)
	cfg.ConmonServerPath = b.monitor
	cfg.LogDriver = client.LogDriverNone
	cfg.CgroupManager = client.CgroupManagerCgroupfs
	cfg.Tracing = b.tracing

	c, err := client.New(cfg)
	if err != nil {
		return nil, fmt.Errorf("client.New: %w", err)
	}

	return c, nil
}

func (b *bed) start() error {
	c, err := b.connect(b.runDir())
	if err != nil {
		return err
	}

	b.client = c

	return nil
}

// container is one container's files on disk.
type container struct {
	id, bundle string
}

func (c container) log() string { return filepath.Join(c.bundle, "log") }

func (c container) exit() string { return filepath.Join(c.bundle, "exit") }

// bundle writes a bundle that runs the shell script.
func (b *bed) bundle(id string, terminal bool, args ...string) (container, error) {
	c := container{id: id, bundle: filepath.Join(b.dir, "bundle-"+id)}

	if err := os.MkdirAll(c.bundle, 0o755); err != nil {
		return c, fmt.Errorf("create bundle: %w", err)
	}

	spec := exec.Command(b.runtime, "spec")
	spec.Dir = c.bundle

	if out, err := spec.CombinedOutput(); err != nil {
		return c, fmt.Errorf("write OCI config: %s: %w", out, err)
	}

	path := filepath.Join(c.bundle, "config.json")

	data, err := os.ReadFile(path)
	if err != nil {
		return c, fmt.Errorf("read OCI config: %w", err)
	}

	var config map[string]any
	if err := json.Unmarshal(data, &config); err != nil {
		return c, fmt.Errorf("parse OCI config: %w", err)
	}

	process := config["process"].(map[string]any)
	process["args"] = args
	process["terminal"] = terminal
	config["root"] = map[string]any{"path": b.rootfs, "readonly": true}
	config["hostname"] = "conmonj"

	if data, err = json.Marshal(config); err != nil {
		return c, fmt.Errorf("write OCI config: %w", err)
	}

	return c, os.WriteFile(path, data, 0o644)
}

// create makes a bundle and the container in it, without starting it.
func (b *bed) create(ctx context.Context, id string, terminal bool, args ...string) (container, error) {
	c, err := b.bundle(id, terminal, args...)
	if err != nil {
		return c, err
	}

	b.containers = append(b.containers, id)

	resp, err := b.client.CreateContainer(ctx, &client.CreateContainerConfig{
		ID:         id,
		BundlePath: c.bundle,
		Terminal:   terminal,
		Stdin:      true,
		ExitPaths:  []string{c.exit()},
		LogDrivers: []client.ContainerLogDriver{{
			Type: client.LogDriverTypeContainerRuntimeInterface,
			Path: c.log(),
		}},
	})
	if err != nil {
		return c, fmt.Errorf("CreateContainer: %w", err)
	}

	if resp.PID == 0 {
		return c, errors.New("CreateContainer: the container's PID is 0")
	}

	return c, nil
}

// run creates and starts a container.
func (b *bed) run(ctx context.Context, id string, terminal bool, args ...string) (container, error) {
	c, err := b.create(ctx, id, terminal, args...)
	if err != nil {
		return c, err
	}

	return c, b.runtimeCommand("start", id)
}

func (b *bed) runtimeCommand(args ...string) error {
	cmd := exec.Command(b.runtime, append([]string{"--root", b.runtimeRoot()}, args...)...)

	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("runtime %s: %s: %w", args[0], out, err)
	}

	return nil
}

// removeContainers leaves nothing behind, whatever the checks did.
func (b *bed) removeContainers() {
	for _, id := range b.containers {
		// A container that was never created has nothing to delete: its error says nothing new.
		_ = b.runtimeCommand("delete", "--force", id)
	}
}

// pidOf reads what the runtime wrote, as the monitor did.
func (b *bed) pidOf(c container) (int, error) {
	data, err := os.ReadFile(filepath.Join(c.bundle, "pidfile"))
	if err != nil {
		return 0, fmt.Errorf("read pidfile: %w", err)
	}

	return strconv.Atoi(strings.TrimSpace(string(data)))
}

// await looks at a condition until it holds or the check's deadline passes.
func await(ctx context.Context, what string, holds func() bool) error {
	for !holds() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", what, errDeadline)
		case <-time.After(pollInterval):
		}
	}

	return nil
}
