// Package logging says where the Kubernetes libraries log to.
package logging

import (
	"flag"
	"io"

	"k8s.io/klog/v2"
)

// To sends each line to one place, once. By itself klog repeats errors, and on standard error.
func To(w io.Writer) {
	flags := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(flags)

	// A wrong name or value panics, see above.
	_ = flags.Parse([]string{"-logtostderr=false", "-one_output=true", "-stderrthreshold=FATAL"})

	klog.SetOutput(w)
}
