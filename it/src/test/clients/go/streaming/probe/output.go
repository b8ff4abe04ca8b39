// Package probe has what the checks of several client programs share: looking at what a client
// prints, and at a forwarded port.
package probe

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"
)

// pollInterval is how often a condition outside this process is looked at.
const pollInterval = 20 * time.Millisecond

// Output is a buffer that one goroutine fills and another looks into.
type Output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *Output) Write(data []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()

	return o.buf.Write(data)
}

func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()

	return o.buf.String()
}

// Await looks until the output contains the text, doing something before each further look.
func (o *Output) Await(ctx context.Context, text string, meanwhile func() error) error {
	for !strings.Contains(o.String(), text) {
		if err := meanwhile(); err != nil {
			return fmt.Errorf("%w; the screen shows %q", err, o.String())
		}

		select {
		case <-ctx.Done():
			return fmt.Errorf("the screen never showed %q but %.200q", text, o.String())
		case <-time.After(pollInterval):
		}
	}

	return nil
}

// AwaitMatch looks until the output matches, and returns the match and its groups.
func (o *Output) AwaitMatch(ctx context.Context, pattern *regexp.Regexp) ([]string, error) {
	for {
		if match := pattern.FindStringSubmatch(o.String()); match != nil {
			return match, nil
		}

		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("the screen never showed %q but %.200q", pattern, o.String())
		case <-time.After(pollInterval):
		}
	}
}

// Wait only looks.
func Wait() error { return nil }

// Same compares texts.
func Same(got, want string) error {
	if got != want {
		return fmt.Errorf("got %q, want %q", got, want)
	}

	return nil
}
