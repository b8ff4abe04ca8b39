package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
	"go.podman.io/storage/pkg/idtools"
)

// pinnedTypes are what a reply lists, in its order.
var pinnedTypes = []struct {
	ns   client.Namespace
	name string
}{
	{client.NamespaceIPC, "ipc"},
	{client.NamespacePID, "pid"},
	{client.NamespaceNet, "net"},
	{client.NamespaceUser, "user"},
	{client.NamespaceUTS, "uts"},
}

func checkNamespaces(b *bed, r *report.Report) {
	base := filepath.Join(b.dir, "namespaces")

	r.Check("CreateNamespaces without a pod id is an error", func(ctx context.Context) (string, error) {
		_, err := b.client.CreateNamespaces(ctx, &client.CreateNamespacesConfig{BasePath: base})
		if err == nil || !strings.Contains(err.Error(), "no pod ID provided") {
			return "", fmt.Errorf("it did not fail so: %w", err)
		}

		return err.Error(), nil
	})

	r.Check("CreateNamespaces of no type pins the monitor's own", func(ctx context.Context) (string, error) {
		return "", b.pin(ctx, &client.CreateNamespacesConfig{PodID: "none", BasePath: base})
	})

	r.Check("CreateNamespaces without users", func(ctx context.Context) (string, error) {
		return "", b.pin(ctx, &client.CreateNamespacesConfig{
			PodID: "four", BasePath: base,
			Namespaces: []client.Namespace{
				client.NamespaceIPC, client.NamespaceNet, client.NamespacePID, client.NamespaceUTS,
			},
		})
	})

	all := &client.CreateNamespacesConfig{
		PodID: "all.five", BasePath: base,
		Namespaces: []client.Namespace{
			client.NamespaceIPC, client.NamespaceNet, client.NamespacePID, client.NamespaceUser, client.NamespaceUTS,
		},
		IDMappings: idtools.NewIDMappingsFromMaps(
			[]idtools.IDMap{{ContainerID: 0, HostID: 100000, Size: 65536}},
			[]idtools.IDMap{{ContainerID: 0, HostID: 200000, Size: 65536}},
		),
	}

	r.Check("a container runs in the namespaces that were made", func(ctx context.Context) (string, error) {
		return "", b.runInside(ctx, base, "four")
	})

	r.Check("CreateNamespaces of all types, with users mapped", func(ctx context.Context) (string, error) {
		return "", b.pin(ctx, all)
	})

	r.Check("CreateNamespaces once more answers the same", func(ctx context.Context) (string, error) {
		before, err := os.ReadFile(filepath.Join(base, "conmonrs", "all.five.pid"))
		if err != nil {
			return "", err
		}

		if err := b.pin(ctx, all); err != nil {
			return "", err
		}

		after, err := os.ReadFile(filepath.Join(base, "conmonrs", "all.five.pid"))
		if err == nil && string(before) != string(after) {
			err = fmt.Errorf("process %s stays in them, was %s", after, before)
		}

		return string(after), err
	})
}

// pin calls CreateNamespaces and looks at what the reply names.
func (b *bed) pin(ctx context.Context, cfg *client.CreateNamespacesConfig) error {
	resp, err := b.client.CreateNamespaces(ctx, cfg)
	if err != nil {
		return err
	}

	if len(resp.Namespaces) != len(pinnedTypes) {
		return fmt.Errorf("%d namespaces", len(resp.Namespaces))
	}

	for i, want := range pinnedTypes {
		got := resp.Namespaces[i]
		if got.Type != want.ns || got.Path != filepath.Join(cfg.BasePath, want.name+"ns", cfg.PodID) {
			return fmt.Errorf("number %d is of type %v at %s", i, got.Type, got.Path)
		}

		if err := b.lookAtPin(got.Path, want.name, has(cfg.Namespaces, want.ns)); err != nil {
			return err
		}
	}

	return nil
}

// lookAtPin tells whether a pinned namespace is a new one, as it must be.
func (b *bed) lookAtPin(path, name string, fresh bool) error {
	pinned, err := os.Stat(path)
	if err != nil {
		return err
	}

	if pinned.Size() != 0 || pinned.Mode() != 0o444 {
		return fmt.Errorf("%s has %d bytes and the mode %v", path, pinned.Size(), pinned.Mode())
	}

	own, err := os.Stat(fmt.Sprintf("/proc/%d/ns/%s", b.client.PID(), name))
	if err != nil {
		return err
	}

	if os.SameFile(pinned, own) == fresh {
		return fmt.Errorf("%s is the monitor's own: %t", path, fresh)
	}

	return nil
}

// runInside runs a container in a pod's namespaces, as a container runtime asks for it in a bundle.
func (b *bed) runInside(ctx context.Context, base, pod string) error {
	c, err := b.bundle("inside", false, "sleep", "1000")
	if err != nil {
		return err
	}

	path := filepath.Join(c.bundle, "config.json")

	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}

	var config map[string]any
	if err := json.Unmarshal(data, &config); err != nil {
		return err
	}

	// By the names of the OCI runtime specification.
	shared := map[string]string{"ipc": "ipc", "network": "net", "pid": "pid", "uts": "uts"}
	list := []map[string]string{{"type": "mount"}}

	for kind, name := range shared {
		list = append(list, map[string]string{"type": kind, "path": filepath.Join(base, name+"ns", pod)})
	}

	config["linux"].(map[string]any)["namespaces"] = list

	if data, err = json.Marshal(config); err != nil {
		return err
	}

	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}

	b.containers = append(b.containers, c.id)

	resp, err := b.client.CreateContainer(ctx, &client.CreateContainerConfig{
		ID: c.id, BundlePath: c.bundle, ExitPaths: []string{c.exit()},
	})
	if err != nil {
		return err
	}

	if err := b.runtimeCommand("start", c.id); err != nil {
		return err
	}

	for _, name := range shared {
		pinned, err := os.Stat(filepath.Join(base, name+"ns", pod))
		if err != nil {
			return err
		}

		own, err := os.Stat(fmt.Sprintf("/proc/%d/ns/%s", resp.PID, name))
		if err != nil {
			return err
		}

		if !os.SameFile(pinned, own) {
			return fmt.Errorf("the container has another %s namespace", name)
		}
	}

	return nil
}

func has(list []client.Namespace, wanted client.Namespace) bool {
	for _, each := range list {
		if each == wanted {
			return true
		}
	}

	return false
}

// checkNothingPinned tells, after the monitor's end, whether it has left namespaces behind.
func checkNothingPinned(b *bed, r *report.Report) {
	r.Check("after Shutdown no namespace is pinned", func(context.Context) (string, error) {
		mounts, err := os.ReadFile("/proc/self/mountinfo")
		if err != nil {
			return "", err
		}

		base := filepath.Join(b.dir, "namespaces")
		if strings.Contains(string(mounts), base) {
			return "", errors.New("there are mounts left")
		}

		left, err := filepath.Glob(filepath.Join(base, "*", "*"))
		if err == nil && len(left) > 0 {
			err = fmt.Errorf("%v are left: %w", left, syscall.ENOTEMPTY)
		}

		return "", err
	})
}
