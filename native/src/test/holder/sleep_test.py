"""What starts a worker while there is none."""

import errno
import fcntl
import os
import signal
import socket
import struct
import termios
import time

from case import HolderTest
from peer import (
    CLOSED, DESCRIPTOR, EXIT, NEVER, READABLE, READABLE_IN_TIME, SIGNALLED, SIGNAL_CAME, SLEEP, STOPPING, TIME,
    is_running,
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

    def test_an_end_wakes_it(self):
        for rule in CLOSED, READABLE, READABLE_IN_TIME:
            with self.subTest(rule):
                self.holder = self.start()
                ends = self.asleep(it=rule)
                os.close(ends["it"])
                self.assertEqual("it", self.holder.worker().hello().name)

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
