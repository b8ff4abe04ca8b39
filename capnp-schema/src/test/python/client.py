"""Calls a Java server with pycapnp: client.py SOCKET SCHEMA SCENARIO; exit code 0 if all is right."""

import asyncio
import sys

import capnp

MIB = 1024 * 1024


def call(target, method, **fields):
    request = getattr(target, method + "_request")()
    body = request.init("request")
    for name, value in fields.items():
        setattr(body, name, value)
    return request.send()


async def echo(sample, _):
    answer = await call(sample, "echo", data=b"abc", times=2, texts=["x", "ü", ""])
    assert list(answer.response.data) == [b"abc", b"abc"]
    assert list(answer.response.texts) == ["x", "ü", ""]


async def pipeline(sample, _):
    opened = call(sample, "open", start=41)
    counter = opened.response.counter
    first = call(counter, "next", step=1)
    second = call(counter, "next", step=10)
    assert (await first).response.value == 42
    assert (await second).response.value == 52
    real = (await opened).response.counter
    assert (await call(real, "next", step=1)).response.value == 53


async def concurrent(sample, _):
    sleepers = [call(sample, "wait", key=str(i)) for i in range(100)]
    for i in reversed(range(100)):
        await call(sample, "wake", key=str(i))
        answer = await sleepers[i]
        assert answer.response.key == str(i)


async def big(sample, _):
    data = bytes(range(256)) * (3 * MIB // 256)
    answer = await call(sample, "echo", data=data, times=10, texts=["t" * 10000] * 50)
    assert all(part == data for part in answer.response.data)
    assert len(answer.response.data) == 10
    assert list(answer.response.texts) == ["t" * 10000] * 50


async def cancel(sample, _):
    sleeper = call(sample, "wait", key="never")
    await call(sample, "echo", data=b"", times=1)
    sleeper.cancel()
    await asyncio.sleep(0)
    while True:  # Until the server no longer has anyone waiting under that key.
        try:
            await call(sample, "wake", key="never")
            assert False, "the call was not given up"
        except capnp.KjException as e:
            if "nobody waits" in e.description:
                break
            raise
    await echo(sample, _)


async def errors(sample, module):
    try:
        await call(sample, "fail", key="x")
        assert False, "fail did not fail"
    except capnp.KjException as e:
        assert e.type == "FAILED", e.type
        assert "fail as asked: x" in e.description, e.description
    counter = sample.cast_as(module.Sample.Counter)
    try:
        await call(counter, "next")
        assert False, "unknown interface answered"
    except capnp.KjException as e:
        assert e.type == "UNIMPLEMENTED", e.type
    await echo(sample, module)


async def parameter(sample, module):
    class Counter(module.Sample.Counter.Server):
        async def next(self, request, _context, **_):
            _context.results.init("response").value = 7

    request = sample.relay_request()
    request.init("request").counter = Counter()
    answer = await request.send()
    assert answer.response.value == 7


async def main(socket, schema, scenario):
    module = capnp.load(schema)
    stream = await capnp.AsyncIoStream.create_unix_connection(socket)
    client = capnp.TwoPartyClient(stream)
    sample = client.bootstrap().cast_as(module.Sample)
    await globals()[scenario](sample, module)


asyncio.run(capnp.run(main(*sys.argv[1:])))
