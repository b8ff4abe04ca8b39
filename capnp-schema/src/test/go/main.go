// Calls a Java server with go-capnp, or is one for a Java client:
//
//	rpctest client SOCKET SCENARIO   exit code 0 if all is right
//	rpctest server SOCKET            until killed
package main

import (
	"context"
	"fmt"
	"net"
	"os"

	"capnproto.org/go/capnp/v3/rpc"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch args[0] {
	case "client":
		return client(args[1], args[2])
	case "server":
		return serve(args[1])
	}
	return fmt.Errorf("unknown mode %q", args[0])
}

func client(socket, scenario string) error {
	stream, err := net.Dial("unix", socket)
	if err != nil {
		return err
	}
	conn := rpc.NewConn(rpc.NewStreamTransport(stream), nil)
	defer conn.Close()
	ctx := context.Background()
	sample := conn.Bootstrap(ctx)
	defer sample.Release()
	if err := scenarios[scenario](ctx, sample); err != nil {
		return fmt.Errorf("%s: %w", scenario, err)
	}
	return nil
}

func serve(socket string) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	for {
		stream, err := listener.Accept()
		if err != nil {
			return err
		}
		rpc.NewConn(rpc.NewStreamTransport(stream), &rpc.Options{BootstrapClient: newSample()})
	}
}
