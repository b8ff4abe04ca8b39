package main

import (
	"context"
	"os"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
)

func checkLogs(b *bed, r *report.Report) {
	for _, terminal := range []bool{false, true} {
		kind := kindOf(terminal)

		r.Check("ReopenLogContainer on a "+kind+" goes on in a new file", func(ctx context.Context) (string, error) {
			return "", reopen(ctx, b, "reopen-"+kind, terminal)
		})
	}
}

func reopen(ctx context.Context, b *bed, id string, terminal bool) error {
	c, err := b.run(ctx, id, terminal, "sh", "-c", "while echo tick; do sleep 0.05; done")
	if err != nil {
		return err
	}

	if _, err := awaitLog(ctx, c, "stdout F tick"); err != nil {
		return err
	}

	if err := os.Rename(c.log(), c.log()+".1"); err != nil {
		return err
	}

	if err := b.client.ReopenLogContainer(ctx, &client.ReopenLogContainerConfig{ID: c.id}); err != nil {
		return err
	}

	if _, err := os.Stat(c.log()); err != nil {
		return err
	}

	_, err = awaitLog(ctx, c, "stdout F tick")

	return err
}
