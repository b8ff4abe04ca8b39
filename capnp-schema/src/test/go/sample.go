package main

import (
	"context"
	"errors"
	"sync"

	"capnproto.org/go/capnp/v3"
	"capnproto.org/go/capnp/v3/server"
)

func method(iface uint64, id uint16, impl func(ctx context.Context, call *server.Call) error) server.Method {
	return server.Method{Method: capnp.Method{InterfaceID: iface, MethodID: id}, Impl: impl}
}

func request(call *server.Call) capnp.Struct {
	pointer, _ := call.Args().Ptr(0)
	return pointer.Struct()
}

func respond(call *server.Call, size capnp.ObjectSize, fill func(capnp.Struct) error) error {
	results, err := call.AllocResults(onePointer)
	if err != nil {
		return err
	}
	response, err := capnp.NewStruct(results.Segment(), size)
	if err != nil {
		return err
	}
	if err := fill(response); err != nil {
		return err
	}
	return results.SetPtr(0, response.ToPtr())
}

func newCounter(start uint32) capnp.Client {
	value := start
	return capnp.NewClient(server.New([]server.Method{
		method(counterID, methodNext, func(ctx context.Context, call *server.Call) error {
			value += request(call).Uint32(0) ^ 1
			return respond(call, oneWord, func(response capnp.Struct) error {
				response.SetUint32(0, value)
				return nil
			})
		}),
	}, nil, nil))
}

func newSample() capnp.Client {
	waiting := &waiting{keys: map[string]chan struct{}{}}
	return capnp.NewClient(server.New([]server.Method{
		method(sampleID, methodEcho, serveEcho),
		method(sampleID, methodOpen, serveOpen),
		method(sampleID, methodRelay, serveRelay),
		method(sampleID, methodWait, waiting.wait),
		method(sampleID, methodWake, waiting.wake),
		method(sampleID, methodFail, func(ctx context.Context, call *server.Call) error {
			key, _ := request(call).Ptr(0)
			return errors.New("fail as asked: " + key.Text())
		}),
	}, nil, nil))
}

func serveEcho(ctx context.Context, call *server.Call) error {
	asked := request(call)
	data, _ := asked.Ptr(0)
	texts, _ := asked.Ptr(1)
	return respond(call, twoPointers, func(response capnp.Struct) error {
		times := int32(asked.Uint32(0) ^ 1)
		parts, err := capnp.NewDataList(response.Segment(), times)
		if err != nil {
			return err
		}
		for i := 0; i < int(times); i++ {
			if err := parts.Set(i, data.Data()); err != nil {
				return err
			}
		}
		if err := response.SetPtr(0, parts.ToPtr()); err != nil {
			return err
		}
		return response.SetPtr(1, texts)
	})
}

func serveOpen(ctx context.Context, call *server.Call) error {
	start := request(call).Uint32(0)
	return respond(call, twoPointers, func(response capnp.Struct) error {
		id := response.Message().CapTable().Add(newCounter(start))
		return response.SetPtr(1, capnp.NewInterface(response.Segment(), id).ToPtr())
	})
}

func serveRelay(ctx context.Context, call *server.Call) error {
	field, _ := request(call).Ptr(0)
	answer, release := next(ctx, field.Interface().Client())
	defer release()
	call.Go()
	got, err := value(answer)
	if err != nil {
		return err
	}
	return respond(call, oneWord, func(response capnp.Struct) error {
		response.SetUint32(0, got)
		return nil
	})
}

type waiting struct {
	sync.Mutex
	keys map[string]chan struct{}
}

func (w *waiting) wait(ctx context.Context, call *server.Call) error {
	key, _ := request(call).Ptr(0)
	woken := make(chan struct{})
	w.Lock()
	w.keys[key.Text()] = woken
	w.Unlock()
	call.Go()
	select {
	case <-woken:
	case <-ctx.Done():
		w.Lock()
		delete(w.keys, key.Text())
		w.Unlock()
		return ctx.Err()
	}
	return respond(call, onePointer, func(response capnp.Struct) error {
		return response.SetText(0, key.Text())
	})
}

func (w *waiting) wake(ctx context.Context, call *server.Call) error {
	key, _ := request(call).Ptr(0)
	w.Lock()
	defer w.Unlock()
	woken, ok := w.keys[key.Text()]
	if !ok {
		return errors.New("nobody waits for " + key.Text())
	}
	delete(w.keys, key.Text())
	close(woken)
	return nil
}
