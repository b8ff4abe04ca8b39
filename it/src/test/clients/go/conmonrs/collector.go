package main

import (
	"context"
	"fmt"
	"net"

	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/receiver/receivertest"
)

// collector is the receiver of the OpenTelemetry Collector, which keeps what it is sent.
type collector struct {
	address  string
	receiver receiver.Traces
	sink     *consumertest.TracesSink
}

// exported is a span with what was said of its process.
type exported struct {
	ptrace.Span
	resource pcommon.Map
}

func startCollector(ctx context.Context) (*collector, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}

	factory := otlpreceiver.NewFactory()

	config, ok := factory.CreateDefaultConfig().(*otlpreceiver.Config)
	if !ok {
		return nil, fmt.Errorf("the receiver's configuration is of another type")
	}

	config.Protocols.GRPC.GetOrInsertDefault().NetAddr.Endpoint = address

	c := &collector{address: address, sink: &consumertest.TracesSink{}}

	c.receiver, err = factory.CreateTraces(ctx, receivertest.NewNopSettings(factory.Type()), config, c.sink)
	if err != nil {
		return nil, fmt.Errorf("make the receiver: %w", err)
	}

	if err := c.receiver.Start(ctx, componenttest.NewNopHost()); err != nil {
		return nil, fmt.Errorf("start the receiver: %w", err)
	}

	return c, nil
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}

	return listener.Addr().String(), listener.Close()
}

// spans are those that have come so far.
func (c *collector) spans() []exported {
	var all []exported

	for _, traces := range c.sink.AllTraces() {
		for _, resource := range traces.ResourceSpans().All() {
			for _, scope := range resource.ScopeSpans().All() {
				for _, span := range scope.Spans().All() {
					all = append(all, exported{span, resource.Resource().Attributes()})
				}
			}
		}
	}

	return all
}

func (s exported) attribute(key string) string {
	value, ok := s.Attributes().Get(key)
	if !ok {
		return ""
	}

	return value.AsString()
}
