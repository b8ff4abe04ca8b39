// Reads metrics with Prometheus' own parsers and judges them as promtool does.
//
// usage: metrics SOCKET            asks a monitor for them, in both formats
//        metrics -                 judges the text on standard input
//
// Prints one line for each sample, of the text format: name{labels} value. Exits with 1 and says why
// on standard error when the texts are not what Prometheus takes or promtool check metrics passes.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

const (
	textType = "text/plain; version=0.0.4; charset=utf-8"
	openType = "application/openmetrics-text; version=1.0.0; charset=utf-8"
	// What Prometheus sends (scrape/scrape.go), without its binary format.
	accept = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5," +
		"text/plain;version=0.0.4;q=0.2,*/*;q=0.1"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(from string) error {
	if from == "-" {
		text, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		return judge(text)
	}
	open, err := scrape(from, accept, openType)
	if err != nil {
		return err
	}
	if err := parse(open, openType); err != nil {
		return fmt.Errorf("OpenMetrics: %w", err)
	}
	if !bytes.HasSuffix(open, []byte("\n# EOF\n")) {
		return errors.New("OpenMetrics: no end")
	}
	text, err := scrape(from, "", textType)
	if err != nil {
		return err
	}
	return judge(text)
}

func scrape(socket, accept, contentType string) ([]byte, error) {
	client := http.Client{
		Timeout: 20 * time.Second,
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, "unix", socket)
			},
		},
	}
	request, err := http.NewRequest(http.MethodGet, "http://monitor/metrics", http.NoBody)
	if err != nil {
		return nil, err
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != contentType {
		return nil, fmt.Errorf("answered %s, %s", response.Status, response.Header.Get("Content-Type"))
	}
	return io.ReadAll(response.Body)
}

// judge does what "promtool check metrics" does, and prints the samples.
func judge(text []byte) error {
	if err := parse(text, textType); err != nil {
		return fmt.Errorf("text: %w", err)
	}
	problems, err := promlint.New(bytes.NewReader(text)).Lint()
	if err != nil {
		return fmt.Errorf("lint: %w", err)
	}
	for _, each := range problems {
		err = errors.Join(err, fmt.Errorf("lint: %s: %s", each.Metric, each.Text))
	}
	if err != nil {
		return err
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		return err
	}
	for _, line := range samples(families) {
		fmt.Println(line)
	}
	return nil
}

// parse has the parser of Prometheus' scraper read all of it.
func parse(text []byte, contentType string) error {
	parser, err := textparse.New(text, contentType, labels.NewSymbolTable(), textparse.ParserOptions{})
	if err != nil {
		return err
	}
	for {
		if _, err := parser.Next(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

func samples(families map[string]*dto.MetricFamily) []string {
	var lines []string
	for name, family := range families {
		for _, metric := range family.GetMetric() {
			var pairs []string
			for _, label := range metric.GetLabel() {
				pairs = append(pairs, fmt.Sprintf("%s=%q", label.GetName(), label.GetValue()))
			}
			where := "{" + strings.Join(pairs, ",") + "}"
			switch {
			case metric.Counter != nil:
				lines = append(lines, fmt.Sprintf("%s%s %.0f", name, where, metric.Counter.GetValue()))
			case metric.Gauge != nil:
				lines = append(lines, fmt.Sprintf("%s%s %.0f", name, where, metric.Gauge.GetValue()))
			case metric.Histogram != nil:
				lines = append(lines,
					fmt.Sprintf("%s_count%s %d", name, where, metric.Histogram.GetSampleCount()))
			}
		}
	}
	sort.Strings(lines)
	return lines
}
