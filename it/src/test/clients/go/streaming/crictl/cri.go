package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strconv"

	"google.golang.org/grpc"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// cri is as much of a container runtime as crictl asks for in a streaming command: it answers with
// URLs, as CRI-O and containerd do.
type cri struct {
	runtimeapi.UnimplementedRuntimeServiceServer
	runtimeapi.UnimplementedImageServiceServer

	server    *url.URL
	namespace string
}

// serve listens on a unix socket until the server is stopped.
func serve(socket, server, namespace string) (*grpc.Server, error) {
	base, err := url.Parse(server)
	if err != nil {
		return nil, err
	}

	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, fmt.Errorf("listen for CRI calls: %w", err)
	}

	s := grpc.NewServer()
	service := &cri{server: base, namespace: namespace}
	runtimeapi.RegisterRuntimeServiceServer(s, service)
	runtimeapi.RegisterImageServiceServer(s, service)

	go s.Serve(listener)

	return s, nil
}

func (c *cri) Version(context.Context, *runtimeapi.VersionRequest) (*runtimeapi.VersionResponse, error) {
	return &runtimeapi.VersionResponse{Version: "0.1.0", RuntimeName: "test", RuntimeApiVersion: "v1"}, nil
}

// ImageFsInfo is asked by crictl, whatever its command, to see whether the service is there.
func (c *cri) ImageFsInfo(context.Context, *runtimeapi.ImageFsInfoRequest) (*runtimeapi.ImageFsInfoResponse, error) {
	return &runtimeapi.ImageFsInfoResponse{}, nil
}

func (c *cri) Exec(_ context.Context, r *runtimeapi.ExecRequest) (*runtimeapi.ExecResponse, error) {
	query := streams(r.Stdin, r.Stdout, r.Stderr, r.Tty)
	query["command"] = r.Cmd

	return &runtimeapi.ExecResponse{Url: c.url(r.ContainerId, "exec", query)}, nil
}

func (c *cri) Attach(_ context.Context, r *runtimeapi.AttachRequest) (*runtimeapi.AttachResponse, error) {
	return &runtimeapi.AttachResponse{
		Url: c.url(r.ContainerId, "attach", streams(r.Stdin, r.Stdout, r.Stderr, r.Tty)),
	}, nil
}

func (c *cri) PortForward(_ context.Context, r *runtimeapi.PortForwardRequest) (*runtimeapi.PortForwardResponse, error) {
	return &runtimeapi.PortForwardResponse{Url: c.url(r.PodSandboxId, "portforward", nil)}, nil
}

// url gives the URL of a pod's subresource.
func (c *cri) url(pod, subresource string, query url.Values) string {
	u := c.server.JoinPath("api", "v1", "namespaces", c.namespace, "pods", pod, subresource)
	u.RawQuery = query.Encode()

	return u.String()
}

func streams(stdin, stdout, stderr, tty bool) url.Values {
	return url.Values{
		"stdin":  {strconv.FormatBool(stdin)},
		"stdout": {strconv.FormatBool(stdout)},
		"stderr": {strconv.FormatBool(stderr)},
		"tty":    {strconv.FormatBool(tty)},
	}
}
