package main

import (
	"context"
	"errors"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
	"go.podman.io/common/pkg/resize"
)

func checkWindow(b *bed, r *report.Report) {
	size := &resize.TerminalSize{Width: 101, Height: 33}

	r.Check("SetWindowSizeContainer is seen in the container", func(ctx context.Context) (string, error) {
		c, err := b.run(ctx, "window", true, "sh", "-c", "while :; do stty size; sleep 0.05; done")
		if err != nil {
			return "", err
		}

		if err := b.client.SetWindowSizeContainer(ctx, &client.SetWindowSizeContainerConfig{ID: c.id, Size: size}); err != nil {
			return "", err
		}

		_, err = awaitLog(ctx, c, "33 101")

		return "", err
	})

	r.Check("SetWindowSizeContainer before the start", func(ctx context.Context) (string, error) {
		c, err := b.create(ctx, "window-early", true, "stty", "size")
		if err != nil {
			return "", err
		}

		if err := b.client.SetWindowSizeContainer(ctx, &client.SetWindowSizeContainerConfig{ID: c.id, Size: size}); err != nil {
			return "", err
		}

		if err := b.runtimeCommand("start", c.id); err != nil {
			return "", err
		}

		_, err = awaitLog(ctx, c, "33 101")

		return "", err
	})

	r.Check("SetWindowSizeContainer without a terminal is an error", func(ctx context.Context) (string, error) {
		c, err := b.create(ctx, "window-pipes", false, "true")
		if err != nil {
			return "", err
		}

		err = b.client.SetWindowSizeContainer(ctx, &client.SetWindowSizeContainerConfig{ID: c.id, Size: size})
		if err == nil {
			return "", errors.New("it succeeded")
		}

		return err.Error(), nil
	})
}
