"""What a worker should not send."""

import array
import errno
import os
import random
import signal
import socket
import struct
import time

from case import HolderTest
from peer import (
    ACKNOWLEDGE, ADOPT, ANSWER, CHECKED, DEPOSIT, END, EXITED, HELLO, LAUNCHES, LIST, LOG, PUT_STATE, READY,
    REPLACE, Refused, SIGNAL, SIGNALLED, SLEEP, SPAWN, TAKE, UPGRADE, WITHDRAW, command, sealed, spawn_body, until,
    verdict,
)


class RubbishTest(HolderTest):
    def test_rubbish_is_answered_and_changes_nothing(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        before = self.holder.fds()
        worker.socket.send(b"x")
        self.assertEqual((ANSWER, 0, errno.EPROTO), worker.receive()[:3])
        good = struct.pack("=I", 1)
        for number, kind, body, more in [
            (errno.EPROTO, HELLO, good, {"version": 2}),
            (errno.EPROTO, HELLO, good, {"length": 5}),
            (errno.EPROTO, HELLO, good, {"word": 2}),
            (errno.EPROTONOSUPPORT, HELLO, struct.pack("=I", 2), {}),
            (errno.EINVAL, HELLO, b"", {}),
            (errno.EINVAL, HELLO, good + b"x", {}),
            (errno.EINVAL, HELLO, good, {"fds": [0]}),
            (errno.EINVAL, PUT_STATE, b"", {}),
            (errno.EINVAL, PUT_STATE, b"", {"fds": [0, 1]}),
            (errno.EINVAL, SPAWN, spawn_body(0, 0, []), {}),
            (errno.EINVAL, LOG, struct.pack("=I252s", 253, b""), {}),
            (errno.EMSGSIZE, HELLO, bytes(4000), {}),
            (errno.EMSGSIZE, HELLO, bytes(1521), {"fds": [0] * 253}),
            (errno.EINVAL, HELLO, bytes(1520), {"fds": [0] * 253}),
            (errno.ENOSYS, 0, good, {}),
            (errno.ENOSYS, 22, good, {}),
            (errno.ENOSYS, ANSWER, good, {}),
            (errno.ENOSYS, 65535, good, {}),
            (errno.EPERM, CHECKED, verdict(0), {}),
        ]:
            with self.subTest(kind=kind, more=more):
                self.assertRefused(number, worker.ask, kind, body, **more)
        for kind in TAKE, LIST:
            body, _ = worker.ask(kind, struct.pack("=I", 0xFFFFFFFF))
            self.assertEqual(bytes(8), body)
        self.assertEqual(before, self.holder.fds())
        self.assertEqual(["kept"], list(worker.take()))

    def test_an_empty_packet_is_a_goodbye_whatever_comes_with_it(self):
        worker = self.holder.ready_worker()
        worker.socket.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0] * 5))])
        other = self.holder.ready_worker()
        self.assertEqual(1, other.hello().crashes)
        self.assertEqual(5, self.holder.fds())

    def test_a_worker_that_does_not_read_is_not_waited_for(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        pids = {worker.run("exit 3")[0] for _ in range(50)}
        until(lambda: len([each for each in worker.list() if each.state == 2]) == 50, "all end")
        worker.socket.setblocking(False)
        sent = 0
        try:
            while sent < 1000:
                worker.send(HELLO, struct.pack("=I", 1))
                sent += 1
        except BlockingIOError:
            pass
        self.assertLess(sent, 1000)
        # It hears and reaps all the same.
        worker_less = self.start().ready_worker()
        worker_less.kill()
        os.kill(self.holder.pid, signal.SIGHUP)
        told, answers, signals = {each[3][:4] for each in worker.events if each[0] == EXITED}, 0, 0
        while len(told) < 50 or answers < sent or not signals:
            packet = worker.receive()
            self.assertIsNotNone(packet)
            answers += packet[0] == ANSWER
            signals += packet[0] == SIGNALLED
            if packet[0] == EXITED:
                told.add(packet[3][:4])
        self.assertEqual(pids, {struct.unpack("=i", each)[0] for each in told})

    def test_random_packets_do_no_harm(self):
        seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
        print(f"seed {seed}", flush=True)
        random.seed(seed)
        worker = self.holder.ready_worker()
        lengths = {HELLO: 4, READY: 4, DEPOSIT: 60, WITHDRAW: 60, TAKE: 4, SPAWN: 520, ADOPT: 24, LIST: 4, SIGNAL: 16,
                   ACKNOWLEDGE: 16, LAUNCHES: 16, LOG: 256, CHECKED: 520, REPLACE: 520}
        spare = [0, sealed(b"x" * 100), command("/bin/true", ["true"]), os.pipe()[0]]
        for i in range(int(os.environ.get("PACKETS", 20_000))):
            kind = random.choice([*range(0, 22), *lengths, 128, 65535])
            if kind in (SLEEP, END, UPGRADE):
                continue
            length = lengths.get(kind, 0) if random.random() < 0.9 else random.randrange(0, 2000)
            body = bytearray(random.choice([bytes(length), random.randbytes(length)]))
            if length > 4 and random.random() < 0.5:
                body[: 4] = struct.pack("=I", random.choice([0, 1, 2, 3, 4, 58, 59, 0x201, self.holder.pid, worker.pid]))
            fds = random.choices(spare, k=random.choice([0, 0, 1, 1, 1, 2, 5, 253])) if random.random() < 0.7 else []
            try:
                worker.ask(kind, bytes(body), fds, word=random.choice([0, 0, 0, 2]))
            except Refused:
                pass
            worker.events.clear()
        for text in worker.take():
            worker.withdraw(text)
        pid, _ = worker.run("exit 1")
        while worker.exited().pid != pid:
            pass
