package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"

	"github.com/creack/pty"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
	utilexec "k8s.io/utils/exec"
)

// process is a local process with its streams: three pipes, or a terminal as both stdin and stdout.
type process struct {
	cmd            *exec.Cmd
	stdin          io.WriteCloser
	stdout, stderr io.Reader
	terminal       *os.File

	// attached are the sessions that get the output of a process made by start.
	mu       sync.Mutex
	attached []*attachment
	ended    chan struct{}
}

func startProcess(command []string, tty bool) (*process, error) {
	if len(command) == 0 {
		return nil, errors.New("no command given")
	}

	p := &process{cmd: exec.Command(command[0], command[1:]...), ended: make(chan struct{})}
	if tty {
		return p, p.startOnTerminal()
	}

	return p, p.startOnPipes()
}

func (p *process) startOnTerminal() error {
	terminal, err := pty.Start(p.cmd)
	if err != nil {
		return fmt.Errorf("start on a terminal: %w", err)
	}

	p.terminal, p.stdin, p.stdout = terminal, terminal, terminal

	return nil
}

func (p *process) startOnPipes() error {
	var err error
	// Own pipes: those of exec.Cmd are closed by Wait, before all was read from them.
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		return err
	}

	errRead, errWrite, err := os.Pipe()
	if err != nil {
		return err
	}

	defer outWrite.Close()
	defer errWrite.Close()

	p.cmd.Stdout, p.cmd.Stderr = outWrite, errWrite
	p.stdout, p.stderr = outRead, errRead
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}

	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return err
	}

	return p.cmd.Start()
}

// feed copies a session's stdin into the process; its end is the end of a pipe, not of a terminal.
func (p *process) feed(in io.Reader) {
	// A process that reads no more ends its own copy; the session goes on.
	_, _ = io.Copy(p.stdin, in)

	if p.terminal == nil {
		_ = p.stdin.Close()
	}
}

// follow applies a session's terminal sizes until they end.
func (p *process) follow(resize <-chan remotecommand.TerminalSize) {
	for size := range resize {
		if p.terminal != nil {
			_ = pty.Setsize(p.terminal, &pty.Winsize{Rows: size.Height, Cols: size.Width})
		}
	}
}

// wait returns the process's exit as the streaming library wants it: nil, or an exit code.
func (p *process) wait() error {
	err := p.cmd.Wait()

	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}

	code := exit.ExitCode()
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		code = 128 + int(status.Signal())
	}

	return utilexec.CodeExitError{Err: err, Code: code}
}
