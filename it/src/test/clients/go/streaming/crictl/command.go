package main

import (
	"context"
	"os/exec"
)

// crictl makes the command line "crictl SUBCOMMAND --transport T ARGS".
func (t *target) crictl(ctx context.Context, subcommand string, args ...string) *exec.Cmd {
	all := append([]string{
		"--runtime-endpoint", t.endpoint, "--image-endpoint", t.endpoint,
		subcommand, "--transport", t.transport,
	}, args...)

	return exec.CommandContext(ctx, t.binary, all...)
}
