package main

import (
	"context"

	"capnproto.org/go/capnp/v3"
)

// Ids, methods and layouts of sample.capnp, which capnp compile -ocapnp prints: go-capnp's generated
// code would need Go annotations in the schema.
const (
	sampleID  = 0x9c1de48b2a1f7730
	counterID = 0xd7a6e2f5c3b48191

	methodEcho  = 0
	methodOpen  = 1
	methodRelay = 2
	methodWait  = 3
	methodWake  = 4
	methodFail  = 5
	methodNext  = 0
)

var (
	onePointer  = capnp.ObjectSize{PointerCount: 1}
	twoPointers = capnp.ObjectSize{PointerCount: 2}
	oneWord     = capnp.ObjectSize{DataSize: 8}
	echoRequest = capnp.ObjectSize{DataSize: 8, PointerCount: 2}
)

func call(ctx context.Context, target capnp.Client, iface uint64, method uint16,
	size capnp.ObjectSize, fill func(capnp.Struct) error) (*capnp.Answer, capnp.ReleaseFunc) {
	return target.SendCall(ctx, capnp.Send{
		Method:   capnp.Method{InterfaceID: iface, MethodID: method},
		ArgsSize: onePointer,
		PlaceArgs: func(params capnp.Struct) error {
			request, err := capnp.NewStruct(params.Segment(), size)
			if err != nil {
				return err
			}
			if fill != nil {
				if err := fill(request); err != nil {
					return err
				}
			}
			return params.SetPtr(0, request.ToPtr())
		},
	})
}

func keyed(ctx context.Context, sample capnp.Client, method uint16, key string) (*capnp.Answer, capnp.ReleaseFunc) {
	return call(ctx, sample, sampleID, method, onePointer, func(request capnp.Struct) error {
		return request.SetText(0, key)
	})
}

func open(ctx context.Context, sample capnp.Client, start uint32) (*capnp.Answer, capnp.ReleaseFunc) {
	return call(ctx, sample, sampleID, methodOpen, oneWord, func(request capnp.Struct) error {
		request.SetUint32(0, start)
		return nil
	})
}

func next(ctx context.Context, counter capnp.Client) (*capnp.Answer, capnp.ReleaseFunc) {
	return call(ctx, counter, counterID, methodNext, oneWord, nil)
}

func response(answer *capnp.Answer) (capnp.Struct, error) {
	results, err := answer.Struct()
	if err != nil {
		return capnp.Struct{}, err
	}
	pointer, err := results.Ptr(0)
	return pointer.Struct(), err
}

func value(answer *capnp.Answer) (uint32, error) {
	struct_, err := response(answer)
	if err != nil {
		return 0, err
	}
	return struct_.Uint32(0), nil
}
