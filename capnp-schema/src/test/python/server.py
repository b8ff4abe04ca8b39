"""Serves sample.capnp with pycapnp, for a Java client: server.py SOCKET SCHEMA; until killed."""

import asyncio
import sys

import capnp

socket, schema = sys.argv[1:]
module = capnp.load(schema)


class Counter(module.Sample.Counter.Server):
    def __init__(self, start):
        self.value = start

    async def next(self, request, _context, **_):
        self.value += request.step
        _context.results.init("response").value = self.value


class Sample(module.Sample.Server):
    def __init__(self):
        self.waiting = {}

    async def echo(self, request, _context, **_):
        response = _context.results.init("response")
        data = response.init("data", request.times)
        for i in range(request.times):
            data[i] = request.data
        response.texts = list(request.texts)

    async def open(self, request, _context, **_):
        response = _context.results.init("response")
        response.other = "counter from %d" % request.start
        response.counter = Counter(request.start)

    async def relay(self, request, _context, **_):
        call = request.counter.next_request()
        call.init("request")
        answer = await call.send()
        _context.results.init("response").value = answer.response.value

    async def wait(self, request, _context, **_):
        key = request.key
        self.waiting[key] = asyncio.get_running_loop().create_future()
        try:
            await self.waiting[key]
        finally:
            del self.waiting[key]
        _context.results.init("response").key = key

    async def wake(self, request, _context, **_):
        if request.key not in self.waiting:
            raise Exception("nobody waits for " + request.key)
        self.waiting[request.key].set_result(None)

    async def fail(self, request, **_):
        raise Exception("fail as asked: " + request.key)


async def connected(stream):
    await capnp.TwoPartyServer(stream, bootstrap=Sample()).on_disconnect()


async def main():
    server = await capnp.AsyncIoStream.create_unix_server(connected, socket)
    async with server:
        await server.serve_forever()


asyncio.run(capnp.run(main()))
