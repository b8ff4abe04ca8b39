package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"capnproto.org/go/capnp/v3"
	"capnproto.org/go/capnp/v3/exc"
)

const mib = 1024 * 1024

var scenarios = map[string]func(context.Context, capnp.Client) error{
	"echo":       echo,
	"pipeline":   pipeline,
	"concurrent": concurrent,
	"big":        big,
	"cancel":     cancelled,
	"errors":     failures,
	"parameter":  parameter,
}

func echoed(ctx context.Context, sample capnp.Client, data []byte, times uint32, texts ...string) error {
	answer, release := call(ctx, sample, sampleID, methodEcho, echoRequest, func(request capnp.Struct) error {
		request.SetUint32(0, times^1)
		if err := request.SetData(0, data); err != nil {
			return err
		}
		list, err := capnp.NewTextList(request.Segment(), int32(len(texts)))
		if err != nil {
			return err
		}
		for i, text := range texts {
			if err := list.Set(i, text); err != nil {
				return err
			}
		}
		return request.SetPtr(1, list.ToPtr())
	})
	defer release()
	got, err := response(answer)
	if err != nil {
		return err
	}
	parts, _ := got.Ptr(0)
	if n := parts.List().Len(); n != int(times) {
		return fmt.Errorf("got %d parts", n)
	}
	for i := 0; i < int(times); i++ {
		part, err := capnp.DataList(parts.List()).At(i)
		if err != nil || !bytes.Equal(part, data) {
			return fmt.Errorf("part %d differs: %v", i, err)
		}
	}
	list, _ := got.Ptr(1)
	for i, text := range texts {
		if t, err := capnp.TextList(list.List()).At(i); err != nil || t != text {
			return fmt.Errorf("text %d is %q: %v", i, t, err)
		}
	}
	return nil
}

func echo(ctx context.Context, sample capnp.Client) error {
	return echoed(ctx, sample, []byte("abc"), 2, "x", "ü", "")
}

func big(ctx context.Context, sample capnp.Client) error {
	data := bytes.Repeat([]byte("0123456789abcdef"), 3*mib/16)
	texts := make([]string, 50)
	for i := range texts {
		texts[i] = strings.Repeat("t", 10000)
	}
	return echoed(ctx, sample, data, 10, texts...)
}

func pipeline(ctx context.Context, sample capnp.Client) error {
	opened, release := open(ctx, sample, 41)
	defer release()
	counter := opened.Field(0, nil).Field(1, nil).Client()
	first, releaseFirst := next(ctx, counter)
	defer releaseFirst()
	if v, err := value(first); err != nil || v != 42 {
		return fmt.Errorf("first value %d: %w", v, err)
	}
	got, err := response(opened)
	if err != nil {
		return err
	}
	field, _ := got.Ptr(1)
	second, releaseSecond := next(ctx, field.Interface().Client())
	defer releaseSecond()
	if v, err := value(second); err != nil || v != 43 {
		return fmt.Errorf("second value %d: %w", v, err)
	}
	return nil
}

func concurrent(ctx context.Context, sample capnp.Client) error {
	var sleepers []*capnp.Answer
	for i := 0; i < 100; i++ {
		sleeper, release := keyed(ctx, sample, methodWait, fmt.Sprint(i))
		defer release()
		sleepers = append(sleepers, sleeper)
	}
	for i := 99; i >= 0; i-- {
		wake, release := keyed(ctx, sample, methodWake, fmt.Sprint(i))
		if _, err := wake.Struct(); err != nil {
			return err
		}
		release()
		got, err := response(sleepers[i])
		if err != nil {
			return err
		}
		key, _ := got.Ptr(0)
		if key.Text() != fmt.Sprint(i) {
			return fmt.Errorf("sleeper %d got %q", i, key.Text())
		}
	}
	return nil
}

func cancelled(ctx context.Context, sample capnp.Client) error {
	giveUp, cancel := context.WithCancel(ctx)
	defer cancel()
	sleeper, release := keyed(giveUp, sample, methodWait, "never")
	if err := echo(ctx, sample); err != nil {
		return err
	}
	cancel()
	if _, err := sleeper.Struct(); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("cancelled call ended with %v", err)
	}
	release()
	for i := 0; i < 1000; i++ { // Its number must come free, again and again.
		wake, done := keyed(ctx, sample, methodWake, "never")
		_, err := wake.Struct()
		done()
		if err == nil {
			return errors.New("the call was not given up")
		}
	}
	return echo(ctx, sample)
}

func failures(ctx context.Context, sample capnp.Client) error {
	failing, release := keyed(ctx, sample, methodFail, "x")
	defer release()
	if _, err := failing.Struct(); err == nil || !strings.Contains(err.Error(), "fail as asked: x") {
		return fmt.Errorf("failing call ended with %v", err)
	}
	unknown, releaseUnknown := keyed(ctx, sample, 99, "x")
	defer releaseUnknown()
	if _, err := unknown.Struct(); exc.TypeOf(err) != exc.Unimplemented {
		return fmt.Errorf("unknown method ended with %v", err)
	}
	return echo(ctx, sample)
}

func parameter(ctx context.Context, sample capnp.Client) error {
	answer, release := call(ctx, sample, sampleID, methodRelay, onePointer, func(request capnp.Struct) error {
		field := capnp.NewInterface(request.Segment(), request.Message().CapTable().Add(newCounter(6)))
		return request.SetPtr(0, field.ToPtr())
	})
	defer release()
	if v, err := value(answer); err != nil || v != 7 {
		return fmt.Errorf("relayed value %d: %w", v, err)
	}
	return nil
}
