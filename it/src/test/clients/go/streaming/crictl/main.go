// Command crictl runs the real crictl, exec, attach and port-forward, against a server that speaks
// an API server's paths. Crictl itself speaks CRI, so between the two stands a CRI endpoint that
// answers with that server's URLs. Each check prints one JSON line.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"conmonj/it/report"
)

// target says where to connect, and what the test has prepared there.
type target struct {
	// binary is crictl, endpoint the CRI socket that it is pointed at.
	binary, endpoint string
	transport        string
	// pod runs commands; attachable runs one that answers "got LINE" to a line and ends at "quit".
	pod, attachable string
	// payload is a file of random-looking bytes, which the pod makes too: see probe.OutScript.
	payload, sha256 string
	// echoPort answers what it gets until the end of input; nothing listens on closedPort.
	echoPort, closedPort int
}

func main() {
	var (
		t                 target
		server, namespace string
	)

	flag.StringVar(&server, "server", "", "URL of the API server")
	flag.StringVar(&t.transport, "transport", "", "spdy or websocket")
	flag.StringVar(&namespace, "namespace", "default", "namespace of the pods")
	flag.StringVar(&t.pod, "pod", "", "pod to run commands in")
	flag.StringVar(&t.attachable, "attach", "", "pod to attach to")
	flag.StringVar(&t.payload, "payload", "", "file to send")
	flag.StringVar(&t.sha256, "sha256", "", "digest of the file")
	flag.IntVar(&t.echoPort, "echo-port", 0, "port of an echo server in the pod")
	flag.IntVar(&t.closedPort, "closed-port", 0, "port in the pod on which nothing listens")
	flag.Parse()

	code, err := run(&t, server, namespace)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}

	os.Exit(code)
}

func run(t *target, server, namespace string) (int, error) {
	self, err := os.Executable()
	if err != nil {
		return 2, err
	}

	t.binary = filepath.Join(filepath.Dir(self), "crictl-binary")

	dir, err := os.MkdirTemp("", "cri-")
	if err != nil {
		return 2, err
	}
	defer os.RemoveAll(dir)

	cri, err := serve(filepath.Join(dir, "cri.sock"), server, namespace)
	if err != nil {
		return 2, err
	}
	defer cri.Stop()

	t.endpoint = "unix://" + filepath.Join(dir, "cri.sock")

	// Without one of its own, crictl warns on stderr, where commands write too.
	config := filepath.Join(dir, "crictl.yaml")
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		return 2, err
	}

	os.Setenv("CRI_CONFIG_FILE", config)

	r := &report.Report{}
	checkExec(t, r)
	checkBulk(t, r)
	checkAttach(t, r)
	checkForward(t, r)

	if r.Failed() {
		return 1, nil
	}

	return 0, nil
}
