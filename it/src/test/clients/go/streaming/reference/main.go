// Command reference serves local processes through the kubelet's own streaming library, the one
// that containerd and CRI-O use. What a client sees here is what it sees in a cluster today.
//
// It prints one JSON line with the address of its control endpoint, and ends when its standard
// input does. The control endpoint stands for the CRI: it starts processes and gives out URLs.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"conmonj/it/streaming/logging"
	"k8s.io/cri-streaming/pkg/streaming"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	// The library logs every refused upgrade; the clients report those themselves.
	logging.To(io.Discard)

	processes := &processes{byID: map[string]*process{}}

	address, err := freeAddress()
	if err != nil {
		return err
	}

	config := streaming.DefaultConfig
	config.Addr = address

	server, err := streaming.NewServer(config, processes)
	if err != nil {
		return fmt.Errorf("make streaming server: %w", err)
	}

	control, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen for control requests: %w", err)
	}

	failed := make(chan error, 2)

	go func() { failed <- server.Start(true) }()
	go func() { failed <- http.Serve(control, newControl(server, processes)) }()

	if err := json.NewEncoder(os.Stdout).Encode(map[string]string{
		"control": "http://" + control.Addr().String(),
	}); err != nil {
		return err
	}

	go func() {
		_, err := io.Copy(io.Discard, os.Stdin)
		failed <- err
	}()

	err = <-failed
	processes.kill()

	return err
}

// freeAddress finds a port before the server listens on it, since the library tells no one when
// its own listener is ready and until then gives out URLs with port 0.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()

	return l.Addr().String(), nil
}
