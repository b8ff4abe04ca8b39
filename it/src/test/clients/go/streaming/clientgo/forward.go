package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"conmonj/it/report"
	"conmonj/it/streaming/probe"
	"k8s.io/apimachinery/pkg/util/httpstream"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/transport/spdy"
	streaminghttp "k8s.io/streaming/pkg/httpstream"
)

func checkForward(t *target, r *report.Report) {
	r.Check("port-forward", func(ctx context.Context) (string, error) {
		f, err := t.forward(ctx, t.echoPort)
		if err != nil {
			return "", err
		}
		defer f.stop()

		return probe.Echoes(ctx, f.address)
	})

	r.Check("port-forward-refused", func(ctx context.Context) (string, error) {
		f, err := t.forward(ctx, t.closedPort)
		if err != nil {
			return "", err
		}
		defer f.stop()

		if err := probe.Refused(ctx, f.address); err != nil {
			return "", err
		}

		// client-go gives up the whole forwarding when a connection is refused, with an error or without,
		// and logs why, perhaps a moment later.
		ended := <-f.ended
		reason := fmt.Sprintf("error forwarding port %d ", t.closedPort)

		for !strings.Contains(t.log.String(), reason) {
			select {
			case <-ctx.Done():
				return "", fmt.Errorf("ended with %v; it logged %q", ended, t.log.String())
			case <-time.After(10 * time.Millisecond):
			}
		}

		return "", nil
	})
}

// forwarding is one running port-forward.
type forwarding struct {
	address string
	stop    context.CancelFunc
	ended   chan error
}

func (t *target) forward(ctx context.Context, port int) (*forwarding, error) {
	dialer, err := t.dialer()
	if err != nil {
		return nil, err
	}

	ctx, stop := context.WithCancel(ctx)
	f := &forwarding{stop: stop, ended: make(chan error, 1)}
	ready := make(chan struct{})

	forwarder, err := portforward.NewOnAddressesWithContext(
		ctx, dialer, []string{"127.0.0.1"}, []string{fmt.Sprintf(":%d", port)}, ready, io.Discard, io.Discard)
	if err != nil {
		stop()

		return nil, err
	}

	go func() { f.ended <- forwarder.ForwardPorts() }()

	select {
	case err := <-f.ended:
		stop()

		return nil, fmt.Errorf("forward port %d: %w", port, err)
	case <-ready:
	}

	ports, err := forwarder.GetPorts()
	if err != nil {
		stop()

		return nil, err
	}

	f.address = fmt.Sprintf("127.0.0.1:%d", ports[0].Local)

	return f, nil
}

// dialer makes the transport's dialer; the fallback is made as kubectl makes it.
func (t *target) dialer() (httpstream.Dialer, error) {
	u := t.url(t.pod, "portforward", nil)

	transport, upgrader, err := spdy.RoundTripperFor(t.config())
	if err != nil {
		return nil, err
	}

	plain := spdy.NewDialer(upgrader, &http.Client{Transport: transport}, "POST", u)
	if t.transport == "spdy" {
		return plain, nil
	}

	tunnel, err := portforward.NewSPDYOverWebsocketDialer(u, t.config())
	if err != nil || t.transport == "websocket" {
		return tunnel, err
	}

	return portforward.NewFallbackDialer(tunnel, plain, streaminghttp.IsUpgradeFailure), nil
}
