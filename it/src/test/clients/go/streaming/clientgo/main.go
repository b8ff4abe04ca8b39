// Command clientgo runs exec, attach and port-forward with client-go against a server that speaks
// an API server's paths, over the transport it is told to use. Each check prints one JSON line.
package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"strconv"

	"conmonj/it/report"
	"conmonj/it/streaming/logging"
	"conmonj/it/streaming/probe"
	"k8s.io/client-go/rest"
)

// target says where to connect, and what the test has prepared there.
type target struct {
	server    *url.URL
	transport string
	namespace string
	// pod runs commands; attachable runs one that answers "got LINE" to a line and ends at "quit".
	pod, attachable string
	// payload is a file of random-looking bytes, which the pod makes too: see probe.OutScript.
	payload, sha256 string
	// echoPort answers what it gets until the end of input; nothing listens on closedPort.
	echoPort, closedPort int
	// log is what client-go logs: it tells the reason of a refused connection nowhere else.
	log probe.Output
}

func main() {
	var (
		t      target
		server string
	)

	flag.StringVar(&server, "server", "", "URL of the API server")
	flag.StringVar(&t.transport, "transport", "", "spdy, websocket or fallback")
	flag.StringVar(&t.namespace, "namespace", "default", "namespace of the pods")
	flag.StringVar(&t.pod, "pod", "", "pod to run commands in")
	flag.StringVar(&t.attachable, "attach", "", "pod to attach to")
	flag.StringVar(&t.payload, "payload", "", "file to send")
	flag.StringVar(&t.sha256, "sha256", "", "digest of the file")
	flag.IntVar(&t.echoPort, "echo-port", 0, "port of an echo server in the pod")
	flag.IntVar(&t.closedPort, "closed-port", 0, "port in the pod on which nothing listens")
	flag.Parse()

	var err error
	if t.server, err = url.Parse(server); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}

	logging.To(&t.log)

	r := &report.Report{}
	checkExec(&t, r)
	checkBulk(&t, r)
	checkAttach(&t, r)
	checkForward(&t, r)

	if r.Failed() {
		os.Exit(1)
	}
}

func (t *target) config() *rest.Config {
	return &rest.Config{Host: t.server.Host}
}

// url gives the URL of a pod's subresource.
func (t *target) url(pod, subresource string, query url.Values) *url.URL {
	u := t.server.JoinPath("api", "v1", "namespaces", t.namespace, "pods", pod, subresource)
	u.RawQuery = query.Encode()

	return u
}

// streamQuery says in an API server's words which streams are wanted.
func streamQuery(stdin, tty bool, command ...string) url.Values {
	return url.Values{
		"command": command,
		"stdin":   {strconv.FormatBool(stdin)},
		"stdout":  {"true"},
		"stderr":  {strconv.FormatBool(!tty)},
		"tty":     {strconv.FormatBool(tty)},
	}
}
