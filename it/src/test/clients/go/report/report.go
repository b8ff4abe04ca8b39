// Package report prints what a client test program found: one JSON line for each check.
package report

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// checkTimeout bounds one check. The slowest moves 50 MiB on a busy machine.
const checkTimeout = 60 * time.Second

// Report prints the checks' lines and remembers whether one failed.
type Report struct {
	failed bool
}

type line struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// Check runs one check under a deadline of its own. A check ends with what it saw, or with an error.
func (r *Report) Check(name string, run func(context.Context) (string, error)) {
	ctx, cancel := context.WithTimeout(context.Background(), checkTimeout)
	defer cancel()

	detail, failure := guard(ctx, run)
	if failure != nil {
		r.failed = true
		detail = failure.Error()
	}

	out, err := json.Marshal(line{Check: name, OK: failure == nil, Detail: detail})
	if err != nil {
		panic(err)
	}

	fmt.Fprintln(os.Stdout, string(out))
	time.Sleep(pause())
}

// pause is how long to wait after each check, so that something may happen between two of them.
func pause() time.Duration {
	pause, err := time.ParseDuration(os.Getenv("CONMONJ_PAUSE"))
	if err != nil {
		return 0
	}

	return pause
}

// Failed tells whether a check has failed so far.
func (r *Report) Failed() bool { return r.failed }

// guard turns a panic of one check into its failure, so that the checks after it still run.
func guard(ctx context.Context, run func(context.Context) (string, error)) (detail string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()

	return run(ctx)
}
