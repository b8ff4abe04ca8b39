// Command conmonrs drives a monitor with the Go client library of conmon-rs, as CRI-O does.
//
// It is built twice from these sources: with go.mod against the client whose request structs have
// the layout of conmon-rs 1.0 and later, and with old.mod against the older layout, whose client
// also passes --cgroup-manager on the command line. Each check prints one JSON line.
package main

import (
	"flag"
	"io"
	"os"

	"conmonj/it/report"
	"github.com/sirupsen/logrus"
)

func main() {
	var b bed

	flag.StringVar(&b.monitor, "monitor", "", "path of the monitor's conmonrs binary")
	flag.StringVar(&b.runtime, "runtime", "", "path of the OCI runtime")
	flag.StringVar(&b.rootfs, "rootfs", "", "root file system of the containers, with busybox's sh")
	flag.StringVar(&b.dir, "dir", "", "existing, empty directory for everything this run writes")
	starts := flag.Int("starts", 0, "how many monitors to start, in place of all other checks")
	flag.Parse()

	if b.monitor == "" || b.runtime == "" || b.rootfs == "" || b.dir == "" {
		flag.Usage()
		os.Exit(2)
	}

	logrus.SetOutput(io.Discard)

	r := &report.Report{}

	if *starts > 0 {
		checkStarts(&b, r, *starts)
	} else {
		run(&b, r)
		b.removeContainers()
	}

	if r.Failed() {
		os.Exit(1)
	}
}

func run(b *bed, r *report.Report) {
	checkStart(b, r)

	if b.client == nil {
		return
	}

	checkLife(b, r)
	checkContainers(b, r)
	checkExecSync(b, r)
	checkLogs(b, r)
	checkAttach(b, r)
	checkWindow(b, r)
	checkFds(b, r)
	checkNamespaces(b, r)
	checkStreaming(b, r)
	checkTracing(b, r)
	checkServed(b, r)
	checkShutdown(b, r)
	checkNothingPinned(b, r)
}
