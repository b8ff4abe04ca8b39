"""What starts a worker while there is none."""

import errno
import fcntl
import os
import resource
import signal
import socket
import struct
import termios
import threading
import time

from case import HolderTest, not_emulated
from peer import (
    CLOSED, DESCRIPTOR, ECHO, EXIT, NEVER, READABLE, READABLE_BUT_ECHO, READABLE_IN_TIME, SIGNALLED, SIGNAL_CAME, SLEEP, STOPPING, TIME,
    is_running, until,
)

MS = 1_000_000


class SleepTest(HolderTest):
    def asleep(self, **rules):
        """A holder that sleeps with the reading end of a pipe for each rule. Returns the writing ends."""
        worker = self.holder.ready_worker()
        ends = {}
        for text, rule in rules.items():
            reading, ends[text] = os.pipe()
            worker.deposit(text, reading, rule)
            os.close(reading)
        worker.sleep()
        return ends

    def assertSleeps(self):
        self.assertIsNone(self.holder.worker(timeout=0.3))

    def test_what_can_be_read_wakes_it_and_what_is_not_asked_for_does_not(self):
        ends = self.asleep(never=NEVER, closed=CLOSED, readable=READABLE)
        os.write(ends["never"], b"x")
        os.write(ends["closed"], b"x")
        os.close(ends["never"])
        self.assertSleeps()
        os.write(ends["readable"], b"x")
        welcome = self.holder.worker().hello()
        self.assertEqual((DESCRIPTOR, "readable", 1, 0), (welcome.reason, welcome.name, welcome.sleeps, welcome.crashes))
        self.assertGreater(welcome.asleep, 0)
        self.assertEqual(welcome.asleep, welcome.started - welcome.asleep_since)
        self.assertGreater(welcome.worker_time, 0)

    @not_emulated("has one process more, whose limit it is")
    def test_more_descriptors_than_are_allowed_by_now_are_left_to_a_worker(self):
        self.asleep(**{f"pipe{i}": READABLE for i in range(20)})
        before = resource.prlimit(self.holder.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(self.holder.pid, resource.RLIMIT_NOFILE, (8, before[1]))
        os.kill(self.holder.pid, signal.SIGCHLD)
        until(lambda: "cannot start a worker" in self.holder.said(), "tries to start one")
        resource.prlimit(self.holder.pid, resource.RLIMIT_NOFILE, before)
        self.assertEqual(20, len(self.holder.ready_worker().take()))

    def test_an_end_wakes_it(self):
        for rule in CLOSED, READABLE, READABLE_IN_TIME:
            with self.subTest(rule):
                self.holder = self.start()
                ends = self.asleep(it=rule)
                os.close(ends["it"])
                self.assertEqual("it", self.holder.worker().hello().name)

    def test_the_end_of_output_is_an_exit_if_a_child_has_ended_until_it_is_asked(self):
        for rest, ends, told in (
            ("", True, (EXIT, "")),
            ("", False, (DESCRIPTOR, "out")),
            ("echo last;", True, (DESCRIPTOR, "out")),
        ):
            with self.subTest(rest=rest, ends=ends):
                self.holder = self.start()
                worker = self.holder.ready_worker()
                (first, go), (second, end), (reading, writing) = os.pipe(), os.pipe(), os.pipe()
                script = f"read x; {rest} exec >&-; read x <&3"
                pid, _ = worker.run(script, fds={0: first, 1: writing, 3: second})
                os.close(writing)
                worker.deposit("out", reading, READABLE_IN_TIME)
                worker.sleep()
                os.write(go, b"\n")
                worker = self.holder.worker()
                if ends:
                    os.write(end, b"\n")
                    until(lambda: not os.path.exists(f"/proc/{pid}"), "reaped")
                welcome = worker.hello()
                self.assertEqual(told, (welcome.reason, welcome.name))

    def test_a_half_closed_socket_wakes_the_one_who_waits_for_its_end(self):
        worker = self.holder.ready_worker()
        near, far = socket.socketpair()
        worker.deposit("client", near.fileno(), CLOSED)
        near.close()
        worker.sleep()
        far.send(b"words")
        self.assertSleeps()
        far.shutdown(socket.SHUT_WR)
        self.assertEqual("client", self.holder.worker().hello().name)

    def test_a_connection_wakes_it(self):
        worker = self.holder.ready_worker()
        listener = socket.create_server(("127.0.0.1", 0))
        worker.deposit("listener", listener.fileno(), READABLE)
        worker.sleep()
        client = socket.create_connection(listener.getsockname())
        self.assertEqual("listener", self.holder.worker().hello().name)
        client.close()
        listener.close()

    def test_what_may_wait_is_waited_for(self):
        ends = self.asleep(output=READABLE_IN_TIME, other=READABLE_IN_TIME)
        before = time.monotonic_ns()
        os.write(ends["other"], b"some")
        welcome = self.holder.worker().hello()
        self.assertEqual("other", welcome.name)
        self.assertGreaterEqual(welcome.started - before, 2000 * MS)

    def test_what_may_wait_does_not_when_its_pipe_is_half_full(self):
        ends = self.asleep(output=READABLE_IN_TIME)
        os.write(ends["output"], b"x")
        capacity = fcntl.fcntl(ends["output"], fcntl.F_GETPIPE_SZ)
        before = time.monotonic_ns()
        os.write(ends["output"], bytes(capacity // 2))
        welcome = self.holder.worker().hello()
        self.assertLess(welcome.started - before, 2000 * MS)

    def test_what_may_wait_does_not_hold_up_the_rest(self):
        ends = self.asleep(output=READABLE_IN_TIME, urgent=READABLE)
        os.write(ends["output"], b"x")
        time.sleep(0.1)
        os.write(ends["urgent"], b"x")
        self.assertEqual("urgent", self.holder.worker().hello().name)

    def test_a_terminal_that_fills_up_wakes_it_early(self):
        worker = self.holder.ready_worker()
        master, slave = os.openpty()
        attributes = termios.tcgetattr(slave)
        attributes[1] &= ~termios.OPOST
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        worker.deposit("console", master, READABLE_IN_TIME)
        worker.sleep()
        os.write(slave, bytes(3000))
        self.assertEqual("console", self.holder.worker().hello().name)

    def test_a_time_wakes_it(self):
        worker = self.holder.ready_worker()
        at = time.monotonic_ns() + 300 * MS
        worker.sleep(at)
        welcome = self.holder.worker().hello()
        self.assertEqual(TIME, welcome.reason)
        self.assertGreaterEqual(welcome.started, at)

    def test_the_end_of_a_child_wakes_it_but_not_that_of_an_orphan(self):
        worker = self.holder.ready_worker()
        pipe, other = os.pipe(), os.pipe()
        reading, writing = os.pipe()
        parent, began = worker.run("(read x <&4) & echo", fds={1: writing, 4: other[0]})
        pid, _ = worker.run("read x", fds={0: pipe[0]})
        worker.exited()
        worker.acknowledge(parent, began)
        worker.sleep()
        os.write(other[1], b"\n")
        self.assertSleeps()
        os.write(pipe[1], b"\n")
        worker = self.holder.worker()
        self.assertEqual(EXIT, worker.hello().reason)
        self.assertEqual(pid, worker.ready().exited().pid)

    def test_it_does_not_sleep_over_an_end_or_a_signal(self):
        worker = self.holder.ready_worker()
        pid, began = worker.run("exit 1")
        worker.exited()
        self.assertRefused(errno.EAGAIN, worker.sleep)
        worker.acknowledge(pid, began)
        os.kill(self.holder.pid, signal.SIGTERM)
        worker.event(SIGNALLED)
        self.assertRefused(errno.EAGAIN, worker.sleep)

    def test_signals_wake_it(self):
        for number in signal.SIGHUP, signal.SIGUSR2, signal.SIGQUIT, signal.SIGTERM:
            with self.subTest(number):
                self.holder = self.start()
                self.asleep()
                os.kill(self.holder.pid, number)
                worker = self.holder.worker()
                welcome = worker.hello()
                self.assertEqual(SIGNAL_CAME, welcome.reason)
                self.assertEqual(number == signal.SIGTERM, bool(welcome.flags & STOPPING))
                self.assertEqual(number, struct.unpack("=I", worker.ready().event(SIGNALLED))[0])

    def test_a_worker_that_does_not_go_is_killed_and_that_is_no_crash(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        worker.deposit("it", reading, READABLE)
        worker.ask(SLEEP, struct.pack("=q", 0))
        os.write(writing, b"x")
        next_one = self.holder.worker()
        self.assertFalse(is_running(worker.pid))
        welcome = next_one.hello()
        self.assertEqual((DESCRIPTOR, 0, signal.SIGKILL), (welcome.reason, welcome.crashes, welcome.last_status))


PING = b"ping"


class EchoTest(HolderTest):
    """A peer that only asks whether somebody is there does not start a worker."""

    def peers(self, count=1, echo=PING):
        worker = self.holder.ready_worker()
        peers = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            for i in range(count):
                peers.append(socket.create_connection(listener.getsockname(), timeout=60))
                accepted, _ = listener.accept()
                worker.deposit(f"peer {i}", accepted.fileno(), READABLE_BUT_ECHO)
                accepted.close()
        if echo:
            worker.echo(6, echo)
        worker.sleep()
        return peers

    def answer(self, peer):
        return peer.recv(6, socket.MSG_WAITALL)

    def assertWokenBy(self, name):
        welcome = self.holder.worker().hello()
        self.assertEqual((DESCRIPTOR, name), (welcome.reason, welcome.name))
        return welcome

    def test_it_is_answered_as_often_as_it_asks(self):
        peers = self.peers(3)
        for i in range(10):
            for j, each in enumerate(peers):
                each.send(PING + bytes([i, j]))
            for j, each in enumerate(peers):
                self.assertEqual(PING + bytes([i, j]), self.answer(each))
        self.assertIsNone(self.holder.worker(timeout=0.3))

    def test_it_may_come_in_parts(self):
        peer, = self.peers()
        for i in range(3):
            for part in b"pi", b"n", b"g.", b".":
                peer.send(part)
                time.sleep(0.05)
            self.assertEqual(PING + b"..", self.answer(peer))
        peer.send(b"pi")
        self.assertIsNone(self.holder.worker(timeout=0.1))
        peer.send(b"x")
        self.assertWokenBy("peer 0")

    def test_all_else_wakes(self):
        for text in b"x", b"other!", b"ping", b"ping12x", b"ping12ping34":
            with self.subTest(text):
                self.holder = self.start()
                peer, = self.peers()
                peer.send(PING + b"..")
                self.assertEqual(PING + b"..", self.answer(peer))
                peer.send(text)
                self.assertWokenBy("peer 0")
                peer.settimeout(0.1)
                self.assertRaises(TimeoutError, peer.recv, 1)

    def test_an_end_wakes(self):
        peer, = self.peers()
        peer.send(PING + b"..")
        peer.close()
        self.assertWokenBy("peer 0")

    def test_nothing_is_echoed_that_no_worker_has_said(self):
        peer, = self.peers(echo=None)
        peer.send(PING + b"..")
        self.assertWokenBy("peer 0")

    def test_what_makes_no_sense_is_refused(self):
        worker = self.holder.ready_worker()
        for body in (5, 0, b""), (3, 4, b"ping"), (33, 4, b"ping"), (40, 33, b"ping"):
            with self.subTest(body):
                self.assertRefused(errno.EINVAL, worker.ask, ECHO, struct.pack("=II32s", *body))

    def test_one_that_asks_without_end_wakes(self):
        peer, = self.peers()

        def ask():
            try:
                while peer.send(PING + b"..") and len(self.answer(peer)) == 6:
                    pass
            except OSError:
                pass

        asking = threading.Thread(target=ask)
        asking.start()
        self.assertWokenBy("peer 0")
        peer.shutdown(socket.SHUT_RDWR)
        asking.join()

    def test_one_that_reads_nothing_wakes(self):
        worker = self.holder.ready_worker()
        near, far = socket.socketpair()
        near.setblocking(False)
        try:
            while near.send(bytes(100)):
                pass
        except BlockingIOError:
            pass
        worker.deposit("full", near.fileno(), READABLE_BUT_ECHO)
        worker.echo(6, PING)
        worker.sleep()
        far.send(PING + b"..")
        self.assertWokenBy("full")
