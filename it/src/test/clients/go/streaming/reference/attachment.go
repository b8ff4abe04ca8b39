package main

import (
	"io"
	"sync"
)

// attachment is one session's share in the output of a process.
type attachment struct {
	stdout, stderr io.Writer
}

func (p *process) attach(stdout, stderr io.Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()

	p.attached = append(p.attached, &attachment{stdout: stdout, stderr: stderr})
}

// broadcast gives the process's output to all who are attached, and tells them its end.
func (p *process) broadcast() {
	var copies sync.WaitGroup

	copies.Go(func() {
		_, _ = io.Copy(&share{p, func(a *attachment) io.Writer { return a.stdout }}, p.stdout)
	})

	if p.stderr != nil {
		copies.Go(func() {
			_, _ = io.Copy(&share{p, func(a *attachment) io.Writer { return a.stderr }}, p.stderr)
		})
	}

	copies.Wait()
	// Nobody asks for the exit code of an attached process.
	_ = p.wait()

	close(p.ended)
}

// share writes to one stream of every attachment.
type share struct {
	process *process
	stream  func(*attachment) io.Writer
}

func (s *share) Write(data []byte) (int, error) {
	s.process.mu.Lock()
	defer s.process.mu.Unlock()

	for _, a := range s.process.attached {
		if w := s.stream(a); w != nil {
			// A viewer that is gone does not end the others.
			_, _ = w.Write(data)
		}
	}

	return len(data), nil
}
