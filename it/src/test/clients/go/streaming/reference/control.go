package main

import (
	"encoding/json"
	"net/http"

	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/cri-streaming/pkg/streaming"
)

// request is the body of every control request; each path reads the fields it needs.
type request struct {
	ID      string   `json:"id"`
	Command []string `json:"command"`
	TTY     bool     `json:"tty"`
	Stdin   bool     `json:"stdin"`
	Stdout  bool     `json:"stdout"`
	Stderr  bool     `json:"stderr"`
	Ports   []int32  `json:"ports"`
}

// newControl serves POST /containers, /exec, /attach and /portforward. The last three answer
// {"url": …}.
func newControl(server streaming.Server, processes *processes) http.Handler {
	mux := http.NewServeMux()

	mux.HandleFunc("POST /containers", answer(func(r request) (string, error) {
		return "", processes.start(r.ID, r.Command, r.TTY)
	}))

	mux.HandleFunc("POST /exec", answer(func(r request) (string, error) {
		resp, err := server.GetExec(&runtimeapi.ExecRequest{
			ContainerId: r.ID, Cmd: r.Command, Tty: r.TTY, Stdin: r.Stdin, Stdout: r.Stdout, Stderr: r.Stderr,
		})

		return resp.GetUrl(), err
	}))

	mux.HandleFunc("POST /attach", answer(func(r request) (string, error) {
		resp, err := server.GetAttach(&runtimeapi.AttachRequest{
			ContainerId: r.ID, Tty: r.TTY, Stdin: r.Stdin, Stdout: r.Stdout, Stderr: r.Stderr,
		})

		return resp.GetUrl(), err
	}))

	mux.HandleFunc("POST /portforward", answer(func(r request) (string, error) {
		resp, err := server.GetPortForward(&runtimeapi.PortForwardRequest{PodSandboxId: r.ID, Port: r.Ports})

		return resp.GetUrl(), err
	}))

	return mux
}

func answer(handle func(request) (string, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body request
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)

			return
		}

		url, err := handle(body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)

			return
		}

		w.Header().Set("Content-Type", "application/json")
		// A client that is gone needs no answer.
		_ = json.NewEncoder(w).Encode(map[string]string{"url": url})
	}
}
