// Command traces stands in for Jaeger, from which conmon-rs' own test of tracing asks what was exported: the OpenTelemetry
// Collector's receiver where Jaeger's is by default, and of Jaeger's query interface the one answer that the test wants.
//
// usage: traces serve | traces stop      stop fails where nothing was exported
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/receiver/receivertest"
)

const (
	// Where the monitor exports to unless it is told otherwise.
	collector = "127.0.0.1:4317"
	query     = "127.0.0.1:16686"
)

// answer is what Jaeger says to /api/traces.
type answer struct {
	Data []string `json:"data"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: traces serve | stop")
		os.Exit(2)
	}

	do := serve
	if os.Args[1] == "stop" {
		do = stop
	}

	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	ctx := context.Background()
	factory := otlpreceiver.NewFactory()

	config, ok := factory.CreateDefaultConfig().(*otlpreceiver.Config)
	if !ok {
		return errors.New("the receiver's configuration is of another type")
	}

	config.Protocols.GRPC.GetOrInsertDefault().NetAddr.Endpoint = collector
	sink := &consumertest.TracesSink{}

	receiver, err := factory.CreateTraces(ctx, receivertest.NewNopSettings(factory.Type()), config, sink)
	if err != nil {
		return fmt.Errorf("make the receiver: %w", err)
	}

	if err := receiver.Start(ctx, componenttest.NewNopHost()); err != nil {
		return fmt.Errorf("start the receiver: %w", err)
	}

	http.HandleFunc("GET /api/traces", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(answer{services(sink, r.URL.Query().Get("service"))})
	})
	http.HandleFunc("POST /stop", func(http.ResponseWriter, *http.Request) { os.Exit(0) })

	return fmt.Errorf("serve: %w", http.ListenAndServe(query, nil))
}

// services has an entry for each export by a service.
func services(sink *consumertest.TracesSink, name string) []string {
	found := []string{}

	for _, traces := range sink.AllTraces() {
		for _, resource := range traces.ResourceSpans().All() {
			if service, ok := resource.Resource().Attributes().Get("service.name"); ok && service.AsString() == name {
				found = append(found, name)
			}
		}
	}

	return found
}

func stop() error {
	response, err := http.Get("http://" + query + "/api/traces?service=conmonrs")
	if err != nil {
		return fmt.Errorf("ask for traces: %w", err)
	}
	defer response.Body.Close()

	var got answer
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}

	// It ends without an answer to this.
	if response, err := http.Post("http://"+query+"/stop", "", nil); err == nil {
		_ = response.Body.Close()
	}

	if len(got.Data) == 0 {
		return errors.New("nothing was exported")
	}

	return nil
}
