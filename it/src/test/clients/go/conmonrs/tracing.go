package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"conmonj/it/report"
	"github.com/containers/conmon-rs/pkg/client"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.podman.io/common/pkg/resize"
)

// tracedCall is a call as both sides name its span.
type tracedCall struct {
	server, client string
	container      bool
}

var tracedCalls = []tracedCall{
	{"version", "Version", false},
	{"create_container", "CreateContainer", true},
	{"exec_sync_container", "ExecSyncContainer", true},
	{"attach_container", "AttachContainer", true},
	{"reopen_log_container", "ReopenLogContainer", true},
	{"set_window_size_container", "SetWindowSizeContainer", true},
	{"create_namespaces", "CreateNamespaces", true},
	// The client has one name for two.
	{"start_fd_socket", "AttachContainer", false},
	{"serve_exec_container", "ServeExecContainer", true},
	{"serve_attach_container", "ServeAttachContainer", true},
	{"serve_port_forward_container", "ServePortForwardContainer", false},
}

// tracing is a monitor that exports traces, from its start to after its end.
type tracing struct {
	*bed
	collector *collector
	// clients are the spans of the client library.
	clients *tracetest.InMemoryExporter
}

// checkTracing has a monitor of its own: the others do not trace.
func checkTracing(b *bed, r *report.Report) {
	t := &tracing{clients: tracetest.NewInMemoryExporter()}

	r.Check("tracing: every call, and the monitor's end", func(ctx context.Context) (string, error) {
		if err := t.begin(b); err != nil {
			return "", err
		}

		if err := t.callAll(ctx); err != nil {
			return "", errors.Join(err, t.client.Shutdown())
		}

		return "", t.client.Shutdown()
	})

	if t.collector == nil || t.client == nil {
		return
	}

	r.Check("tracing: what has ended is exported when the monitor is gone", func(context.Context) (string, error) {
		return t.all()
	})

	for _, call := range tracedCalls {
		r.Check("tracing: "+call.server+" is a part of its caller's trace", func(context.Context) (string, error) {
			return t.isPart(call)
		})
	}

	r.Check("tracing: a call that fails", func(context.Context) (string, error) {
		return "", t.failed()
	})

	r.Check("tracing: a container's life is a part of its creation", func(context.Context) (string, error) {
		return "", t.life("traced-pipe", "stdin", "stdout", "stderr")
	})

	r.Check("tracing: the life of one with a terminal", func(context.Context) (string, error) {
		return "", t.life("traced-terminal", "stdin", "read_loop")
	})

	r.Check("tracing: attach", func(context.Context) (string, error) {
		return "", t.attached()
	})

	r.Check("tracing: the monitor's own life and end", func(context.Context) (string, error) {
		return "", t.end()
	})

	b.containers = append(b.containers, t.containers...)
}

func (t *tracing) begin(b *bed) error {
	var err error
	// Longer than any check: the receiver is there until this program ends.
	if t.collector, err = startCollector(context.Background()); err != nil {
		return err
	}

	otel.SetTextMapPropagator(propagation.TraceContext{})

	provider := trace.NewTracerProvider(trace.WithSyncer(t.clients))
	t.bed = &bed{
		monitor: b.monitor, runtime: b.runtime, rootfs: b.rootfs, dir: filepath.Join(b.dir, "traced"),
		tracing: &client.Tracing{
			Enabled:  true,
			Endpoint: "http://" + t.collector.address,
			Tracer:   provider.Tracer("test"),
		},
	}

	if err := os.Mkdir(t.dir, 0o700); err != nil {
		return fmt.Errorf("make directory: %w", err)
	}

	return t.start()
}

func (t *tracing) callAll(ctx context.Context) error {
	if _, err := t.client.Version(ctx, &client.VersionConfig{}); err != nil {
		return err
	}

	for _, terminal := range []bool{false, true} {
		if err := attachShell(ctx, t.bed, "traced-"+kindOf(terminal), terminal); err != nil {
			return err
		}
	}

	c, err := t.run(ctx, "traced-last", true, "sleep", "1000")
	if err != nil {
		return err
	}

	_, execErr := t.client.ExecSyncContainer(ctx, &client.ExecSyncConfig{ID: c.id, Command: []string{"true"}, Timeout: 30})
	_, urlErr := t.client.ServeExecContainer(ctx, &client.ServeExecContainerConfig{
		ID: c.id, Command: []string{"true"}, Stdout: true,
	})
	_, attachErr := t.client.ServeAttachContainer(ctx, &client.ServeAttachContainerConfig{ID: c.id, Stdout: true})
	_, forwardErr := t.client.ServePortForwardContainer(ctx, &client.ServePortForwardContainerConfig{
		NetNsPath: "/proc/self/ns/net",
	})
	_, namespacesErr := t.client.CreateNamespaces(ctx, &client.CreateNamespacesConfig{
		PodID: "traced", BasePath: filepath.Join(t.dir, "namespaces"),
	})
	sizeErr := t.client.SetWindowSizeContainer(ctx, &client.SetWindowSizeContainerConfig{
		ID: c.id, Size: &resize.TerminalSize{Width: 101, Height: 33},
	})
	logErr := t.client.ReopenLogContainer(ctx, &client.ReopenLogContainerConfig{ID: c.id})

	fds, fdsErr := t.client.RemoteFDs(ctx)
	if fdsErr == nil {
		fdsErr = fds.Close()
	}

	// Last, for the client gives up its connection with it.
	if err := t.client.ReopenLogContainer(ctx, &client.ReopenLogContainerConfig{ID: "nobody"}); err == nil {
		return errors.New("ReopenLogContainer of nobody succeeded")
	}

	return errors.Join(execErr, urlErr, attachErr, forwardErr, namespacesErr, sizeErr, logErr, fdsErr)
}

// all tells which spans there are, and whose they are.
func (t *tracing) all() (string, error) {
	names := map[string]int{}

	for _, span := range t.collector.spans() {
		names[span.Name()]++

		service, _ := span.resource.Get("service.name")
		pid, _ := span.resource.Get("process.pid")
		host, _ := span.resource.Get("host.name")

		if service.Str() != "conmonrs" || pid.Int() != int64(t.client.PID()) || host.Str() == "" {
			return "", fmt.Errorf("span %s is of %v", span.Name(), span.resource.AsRaw())
		}
	}

	for _, name := range []string{"promise", "backend", "signal_handler"} {
		if names[name] == 0 {
			return "", fmt.Errorf("there is no %s among %v", name, names)
		}
	}

	return fmt.Sprint(names), nil
}

// isPart looks for the client's span of the call, and for the monitor's in it.
func (t *tracing) isPart(call tracedCall) (string, error) {
	var parents []string

	for _, span := range t.clients.GetSpans() {
		if span.Name == "conmonrs-client: "+call.client {
			parents = append(parents, span.SpanContext.TraceID().String()+span.SpanContext.SpanID().String())
		}
	}

	found := 0

	for _, span := range t.named(call.server) {
		if !slices.Contains(parents, span.TraceID().String()+span.ParentSpanID().String()) {
			return "", fmt.Errorf("its parent %s is none of the client's %v", span.ParentSpanID(), parents)
		}

		if (span.attribute("container_id") != "") != call.container || len(span.attribute("uuid")) != 36 {
			return "", fmt.Errorf("it has the attributes %v", span.Attributes().AsRaw())
		}

		if span.Kind() != ptrace.SpanKindServer || span.EndTimestamp() < span.StartTimestamp() {
			return "", fmt.Errorf("it is of kind %s, from %s to %s", span.Kind(), span.StartTimestamp(), span.EndTimestamp())
		}

		found++
	}

	if found == 0 {
		return "", errors.New("there is no such span")
	}

	return fmt.Sprintf("%d spans", found), nil
}

func (t *tracing) failed() error {
	for _, span := range t.named("reopen_log_container") {
		want := ptrace.StatusCodeUnset
		if span.attribute("container_id") == "nobody" {
			want = ptrace.StatusCodeError
		}

		if span.Status().Code() != want {
			return fmt.Errorf("that of %s has the status %s", span.attribute("container_id"), span.Status().Code())
		}
	}

	return nil
}

// life looks at the spans of a container that ended with 4.
func (t *tracing) life(id string, streams ...string) error {
	creation, err := t.of("create_container", "container_id", id)
	if err != nil {
		return err
	}

	for _, stream := range streams {
		if _, err := t.child(creation, stream); err != nil {
			return err
		}
	}

	watch, err := t.child(creation, "watch")
	if err != nil {
		return err
	}

	if pid, err := strconv.Atoi(watch.attribute("pid")); err != nil || pid <= 0 {
		return fmt.Errorf("watch has the attributes %v", watch.Attributes().AsRaw())
	}

	if watch.EndTimestamp() <= creation.EndTimestamp() {
		return errors.New("the container has ended before it was created")
	}

	exit, err := t.child(watch, "wait_for_exit_code")
	if err != nil {
		return err
	}

	if exit.attribute("exit_code") != "4" {
		return fmt.Errorf("wait_for_exit_code has the attributes %v", exit.Attributes().AsRaw())
	}

	file, err := t.child(watch, "write_exit_path")
	if err != nil {
		return err
	}

	if !strings.HasSuffix(file.attribute("path"), "/bundle-"+id+"/exit") {
		return fmt.Errorf("write_exit_path has the attributes %v", file.Attributes().AsRaw())
	}

	_, v1 := t.child(watch, "oom_handling_cgroup_v1")
	_, v2 := t.child(watch, "oom_handling_cgroup_v2")

	if (v1 == nil) == (v2 == nil) {
		return fmt.Errorf("of v1 and v2 not one: %w", errors.Join(v1, v2))
	}

	return nil
}

func (t *tracing) attached() error {
	call, err := t.of("attach_container", "container_id", "traced-pipe")
	if err != nil {
		return err
	}

	attach, err := t.child(call, "attach")
	if err != nil {
		return err
	}

	_, err = t.child(attach, "read_loop")

	return err
}

func (t *tracing) end() error {
	for _, name := range []string{"backend", "signal_handler"} {
		if spans := t.named(name); len(spans) != 1 || !spans[0].ParentSpanID().IsEmpty() {
			return fmt.Errorf("there are %d %s, or it has a parent", len(spans), name)
		}
	}

	_, err := t.child(t.named("signal_handler")[0], "kill_grandchild")

	return err
}

func (t *tracing) named(name string) []exported {
	var found []exported

	for _, span := range t.collector.spans() {
		if span.Name() == name {
			found = append(found, span)
		}
	}

	return found
}

func (t *tracing) of(name, key, value string) (exported, error) {
	for _, span := range t.named(name) {
		if span.attribute(key) == value {
			return span, nil
		}
	}

	return exported{}, fmt.Errorf("there is no %s with %s %s", name, key, value)
}

func (t *tracing) child(parent exported, name string) (exported, error) {
	id, in := parent.SpanID(), parent.TraceID()

	for _, span := range t.named(name) {
		if span.ParentSpanID() == id && span.TraceID() == in {
			return span, nil
		}
	}

	return exported{}, fmt.Errorf("%s has no %s; its trace has %v", parent.Name(), name, t.namesIn(in))
}

func (t *tracing) namesIn(trace pcommon.TraceID) []string {
	var names []string

	for _, span := range t.collector.spans() {
		if span.TraceID() == trace {
			names = append(names, span.Name())
		}
	}

	return names
}
