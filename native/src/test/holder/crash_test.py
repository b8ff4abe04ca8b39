"""Workers that end, and the end of all."""

import os
import signal
import socket
import struct

from case import HolderTest, not_emulated
from peer import END, FAILING, LOG, READABLE, SIGNALLED, STOPPING, is_running, until

MS = 1_000_000


class CrashTest(HolderTest):
    def test_after_many_crashes_one_is_tried_now_and_then(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        worker.deposit("kept", reading, READABLE)
        for i in range(5):
            worker.kill()
            worker = self.holder.worker()
            self.assertEqual(i + 1, worker.hello().crashes)
            worker.ready()
        self.assertTrue(worker.hello().flags & FAILING)
        self.assertIn("again and again", self.holder.said())
        started = worker.hello().started
        worker.kill()
        worker = self.holder.worker()
        self.assertGreaterEqual(worker.hello().started - started, 2000 * MS)
        self.assertIn("kept", worker.take())
        os.write(writing, b"x")

    def test_workers_that_cannot_start_do_not_make_it_end(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        self.holder.refuse_workers()
        pid, _ = worker.run("exit 2")
        worker.kill()
        until(lambda: "again and again" in self.holder.said(), "gives up quick starts")
        self.holder.accept_workers()
        worker = self.holder.ready_worker()
        self.assertEqual(["kept"], list(worker.take()))
        self.assertEqual(pid, worker.exited().pid)

    def test_a_worker_that_closes_its_socket_is_replaced(self):
        worker = self.holder.ready_worker()
        worker.socket.close()
        self.holder.ready_worker()
        until(lambda: not is_running(worker.pid), "killed")

    def test_what_it_says_goes_where_the_worker_says(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        worker.ask(LOG, struct.pack("=I252s", 8, b"PRIO\nM: "), [writing])
        worker.kill()
        _ = self.holder.ready_worker()
        self.assertEqual(
            f"PRIO\nM: worker {worker.pid} was killed by signal 9; another one is started\n", os.read(reading, 999).decode()
        )

    def test_a_full_pipe_for_what_it_says_does_not_hold_it_up(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        try:
            while True:
                os.write(writing, bytes(4096))
        except BlockingIOError:
            os.set_blocking(writing, True)
        worker.ask(LOG, struct.pack("=I252s", 0, b""), [writing])
        worker.kill()
        self.holder.ready_worker()


class StopTest(HolderTest):
    def test_the_worker_is_told_and_its_status_is_the_holders(self):
        for number in signal.SIGTERM, signal.SIGINT:
            with self.subTest(number):
                holder = self.start()
                worker = holder.ready_worker()
                os.kill(holder.pid, number)
                self.assertEqual(number, struct.unpack("=I", worker.event(SIGNALLED))[0])
                os.kill(holder.pid, number)
                self.assertEqual(number, struct.unpack("=I", worker.event(SIGNALLED))[0])
                worker.end(4)
                self.assertEqual(4, holder.wait())

    def test_a_worker_that_dies_while_it_stops_has_a_successor_that_goes_on(self):
        worker = self.holder.ready_worker()
        os.kill(self.holder.pid, signal.SIGTERM)
        worker.event(SIGNALLED)
        worker.kill()
        worker = self.holder.worker()
        self.assertTrue(worker.hello().flags & STOPPING)
        self.assertEqual(signal.SIGTERM, struct.unpack("=I", worker.ready().event(SIGNALLED))[0])
        worker.end()
        self.assertEqual(0, self.holder.wait())

    def test_when_nobody_stops_it_in_time_it_kills_what_is_left(self):
        worker = self.holder.ready_worker()
        pid, _ = worker.run("trap '' TERM; sleep 100 & wait")
        os.kill(self.holder.pid, signal.SIGTERM)
        self.assertEqual(1, self.holder.wait())
        until(lambda: not is_running(pid), "the child is killed")
        until(lambda: not is_running(worker.pid), "the worker is killed")

    def test_it_stops_also_in_a_crash_loop(self):
        worker = self.holder.ready_worker()
        self.holder.refuse_workers()
        worker.kill()
        until(lambda: "again and again" in self.holder.said(), "crash loop")
        os.kill(self.holder.pid, signal.SIGTERM)
        self.assertEqual(1, self.holder.wait())

    def test_a_farewell_need_not_be_answered(self):
        worker = self.holder.ready_worker()
        worker.send(END, struct.pack("=I", 6))
        worker.exit(0)
        self.assertEqual(6, self.holder.wait())
        self.assertEqual("", self.holder.said())

    @not_emulated("keeps signals for itself")
    def test_other_signals_are_ignored_and_some_passed_on(self):
        worker = self.holder.ready_worker()
        for number in signal.SIGUSR1, signal.SIGALRM, signal.SIGPIPE, signal.SIGRTMIN, signal.SIGXCPU, signal.SIGIO:
            os.kill(self.holder.pid, number)
            if number != signal.SIGPIPE:
                os.kill(worker.pid, number)
        for number in signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR2:
            os.kill(self.holder.pid, number)
            self.assertEqual(number, struct.unpack("=I", worker.event(SIGNALLED))[0])

    def test_an_end_without_farewell_is_a_crash_also_with_status_0(self):
        self.holder.ready_worker().exit(0)
        self.assertEqual(1, self.holder.worker().hello().crashes)

    def test_a_worker_that_does_not_end_after_its_farewell_is_killed(self):
        worker = self.holder.ready_worker()
        worker.ask(END, struct.pack("=I", 3))
        self.assertEqual(3, self.holder.wait())
        self.assertFalse(is_running(worker.pid))
