"""Other workers and other holders in the place of those that run."""

import errno
import os
import shutil
import signal
import struct
import sys

from case import HolderTest, not_emulated
from peer import (
    ACTIVE, CANDIDATE, CHECKED, GET_STATE, HAND_OVER, HOLDER, PUT_STATE, READABLE, RELEASED, REPLACE, SIGNALLED,
    SLEEP, STANDBY, TAKE_OVER, UPGRADE, UPGRADED, WITHDRAW, command, is_running, name, sealed, until, verdict,
)


class UpgradeTest(HolderTest):
    def prepare(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        worker.upgrade(self.holder, "new")
        candidate = self.holder.worker()
        return worker, candidate

    def test_a_new_worker_takes_over_and_the_old_one_is_let_go(self):
        worker, candidate = self.prepare()
        self.assertEqual(UPGRADED, candidate.hello().reason)
        self.assertTrue(candidate.hello().flags & STANDBY)
        self.assertFalse(worker.hello().flags & STANDBY)
        for kind, body in (WITHDRAW, name("kept")), (SLEEP, bytes(8)), (CHECKED, verdict(0)), (UPGRADE, b""):
            self.assertRefused(errno.EPERM, candidate.ask, kind, body)
        self.assertRefused(errno.EAGAIN, worker.ask, HAND_OVER)
        self.assertRefused(errno.EBUSY, worker.sleep)
        self.assertRefused(errno.EBUSY, worker.upgrade, self.holder)
        candidate.ready()
        self.assertEqual(verdict(1), worker.event(CANDIDATE))
        worker.ask(HAND_OVER)
        self.assertRefused(errno.EPERM, worker.ask, WITHDRAW, name("kept"))
        self.assertEqual(b"", candidate.event(TAKE_OVER))
        self.assertEqual(["kept"], list(candidate.take()))
        candidate.ask(CHECKED, verdict(0))
        self.assertEqual(b"", candidate.event(ACTIVE))
        self.assertEqual(b"", worker.event(RELEASED))
        with self.assertRaises(EOFError):
            worker.receive()
        worker.exit(0)
        candidate.withdraw("kept")
        candidate.kill()
        worker = self.holder.worker()
        self.assertEqual((1, 3), (worker.hello().crashes, worker.hello().starts))
        with open(f"/proc/{worker.pid}/cmdline") as file:
            self.assertIn("\0new\0", file.read())

    def test_exits_and_signals_during_the_hand_over_are_told_to_the_new_one(self):
        worker, candidate = self.prepare()
        pid, _ = worker.run("read x", fds={0: (pipe := os.pipe())[0]})
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        os.write(pipe[1], b"\n")
        os.kill(self.holder.pid, signal.SIGHUP)
        candidate.event(TAKE_OVER)
        candidate.ask(CHECKED, verdict(0))
        candidate.event(ACTIVE)
        self.assertEqual(signal.SIGHUP, struct.unpack("=I", candidate.event(SIGNALLED))[0])
        self.assertEqual(pid, candidate.exited().pid)
        worker.event(RELEASED)

    def assertGoesOn(self, worker, reason, candidate=None):
        what, length, text = struct.unpack("=II512s", worker.event(CANDIDATE))
        self.assertEqual((2, reason), (what, text[:length].decode()))
        self.assertEqual(["kept"], list(worker.take()))
        pid, _ = worker.run("exit 5")
        self.assertEqual(pid, worker.exited().pid)
        self.assertIn("upgrade failed: " + reason, self.holder.said())
        until(lambda: self.holder.fds() == 6, "nothing is left of it")
        if candidate:
            until(lambda: not os.path.exists(f"/proc/{candidate.pid}"), "reaped")
        worker.upgrade(self.holder)
        another = self.holder.worker().ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        another.event(TAKE_OVER)

    def test_a_new_worker_that_ends_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.exit(9)
        self.assertGoesOn(worker, "its worker ended with 9", candidate)

    def test_what_a_new_worker_says_before_it_ends_is_told(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        said = r"printf '\n no libjvm.so:\t\033[1mgone\r\n\303\251 \177\nError\n' >&2; exit 3"
        worker.ask(UPGRADE, b"", [command("/bin/sh", ["sh", "-c", said])])
        self.assertGoesOn(worker, "its worker ended with 3: no libjvm.so: [1mgone ?? Error")

    def test_what_a_new_worker_says_is_told_up_to_a_limit(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        endless = "echo because >&2; yes >&2; kill -KILL $$"
        worker.ask(UPGRADE, b"", [command("/bin/sh", ["sh", "-c", endless], [f"PATH={os.environ['PATH']}"])])
        self.assertGoesOn(worker, ("its worker was killed by signal 9: because" + " y" * 512)[:512].rstrip())

    def test_a_new_worker_that_is_killed_while_it_takes_over_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        candidate.kill()
        self.assertGoesOn(worker, "its worker was killed by signal 9", candidate)

    def test_a_new_worker_that_finds_fault_with_itself_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        candidate.event(TAKE_OVER)
        candidate.send(CHECKED, verdict(1, b"no such\nstate"))
        what, length, text = struct.unpack("=II512s", worker.event(CANDIDATE))
        self.assertEqual((2, b"its worker: no such\nstate"), (what, text[:length]))
        self.assertIn("upgrade failed: its worker: no such state", self.holder.said())
        until(lambda: not is_running(candidate.pid), "killed")
        self.assertEqual(["kept"], list(worker.take()))

    def test_a_new_worker_that_does_not_answer_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        self.assertGoesOn(worker, "its worker did not answer in time", candidate)

    def test_an_upgrade_can_be_given_up(self):
        worker, candidate = self.prepare()
        worker.ask(UPGRADE)
        self.assertGoesOn(worker, "it was given up", candidate)

    @not_emulated("copies memory for vfork")
    def test_nothing_is_upgraded_to_that_cannot_be_started(self):
        worker = self.holder.ready_worker()
        self.assertRefused(errno.ENOENT, worker.ask, UPGRADE, b"", [command("/nothing", ["x"])])
        self.assertRefused(errno.EINVAL, worker.ask, UPGRADE, b"", [sealed(b"")])
        self.assertRefused(errno.ESRCH, worker.ask, UPGRADE)
        self.assertTrue(worker.quiet())

    def test_when_the_old_worker_dies_before_the_hand_over_its_own_kind_follows(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.kill()
        worker = self.holder.ready_worker()
        with open(f"/proc/{worker.pid}/cmdline") as file:
            self.assertNotIn("\0new\0", file.read())
        until(lambda: not is_running(candidate.pid), "killed")
        self.assertEqual(["kept"], list(worker.take()))

    def test_when_the_old_worker_dies_after_the_hand_over_the_new_one_goes_on(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        worker.kill()
        candidate.event(TAKE_OVER)
        candidate.ask(CHECKED, verdict(0))
        candidate.event(ACTIVE)
        self.assertEqual(["kept"], list(candidate.take()))

    def test_one_that_was_woken_may_die_after_the_hand_over_too(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", (pipe := os.pipe())[0], READABLE)
        worker.sleep()
        os.write(pipe[1], b"x")
        worker = self.holder.ready_worker()
        worker.upgrade(self.holder, "new")
        candidate = self.holder.worker().ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        worker.kill()
        self.assertIsNone(self.holder.worker(timeout=0.5))
        candidate.event(TAKE_OVER)
        candidate.ask(CHECKED, verdict(0))
        candidate.event(ACTIVE)

    def test_when_both_die_one_is_started_as_before(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        worker.kill()
        candidate.kill()
        worker = self.holder.ready_worker()
        self.assertEqual(["kept"], list(worker.take()))

    def test_a_signal_to_stop_during_an_upgrade_is_heard(self):
        worker, candidate = self.prepare()
        os.kill(self.holder.pid, signal.SIGTERM)
        worker.event(SIGNALLED)
        worker.end()
        self.assertEqual(0, self.holder.wait())
        until(lambda: not is_running(candidate.pid), "killed")


class ReplaceTest(HolderTest):
    def replace(self, worker, path=HOLDER):
        worker.ask(REPLACE, verdict(0, os.fsencode(path)))

    @not_emulated("is the program that is executed")
    def test_another_holder_goes_on_in_the_same_process(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        worker.deposit("kept", reading, READABLE)
        worker.deposit("withdrawn", reading)
        state = sealed(b"state")
        worker.ask(PUT_STATE, b"", [state])
        pid, began = worker.run("read x; exit 8", fds={0: (pipe := os.pipe())[0]}, tag=5)
        other = os.path.join(self.holder.directory, "other")
        shutil.copy(HOLDER, other)
        for path in other, HOLDER, other:
            worker.list()  # what came with requests before has been closed then
            before = self.holder.fds()
            self.replace(worker, path)
            self.assertEqual(os.path.realpath(path), os.readlink(f"/proc/{self.holder.pid}/exe"))
            self.assertEqual(before, self.holder.fds())
        worker.withdraw("withdrawn")
        self.assertEqual({"kept"}, set(worker.take()))
        self.assertEqual([(pid, 1, 5)], [(each.pid, each.state, each.tag) for each in worker.list()])
        os.write(pipe[1], b"\n")
        self.assertEqual((pid, 8), (lambda it: (it.pid, it.status))(worker.exited()))
        worker.acknowledge(pid, began)
        child, _ = worker.run("readlink /proc/$$/fd/*; echo end; sleep 100", fds={1: (pipe := os.pipe())[1]})
        said = b""
        while not said.endswith(b"end\n"):  # a line at a time, or more
            said += os.read(pipe[0], 999)
        self.assertEqual(4, said.count(b"\n"), "nothing is inherited")
        os.kill(self.holder.pid, signal.SIGHUP)
        worker.event(SIGNALLED)
        worker.kill()
        worker = self.holder.ready_worker()
        _, (fd,) = worker.ask(GET_STATE)
        self.assertEqual(b"state", os.pread(fd, 9, 0))
        worker.sleep()
        os.write(writing, b"x")
        welcome = self.holder.worker().hello()
        self.assertEqual((1, 1, 3, "kept"), (welcome.crashes, welcome.sleeps, welcome.starts, welcome.name))

    @not_emulated("lets no process be a subreaper")
    def test_orphans_still_fall_to_it(self):
        worker = self.holder.ready_worker()
        self.replace(worker)
        reading, writing = os.pipe()
        worker.run("(exec sleep 100) & echo $!", fds={1: writing})
        orphan = int(os.read(reading, 99))
        worker.exited()
        worker.adopt(orphan)
        worker.signal(orphan, signal.SIGKILL)
        self.assertEqual(orphan, worker.exited().pid)

    def script(self, text):
        """One that runs in the holder's place before the next, which it is to execute."""
        path = os.path.join(self.holder.directory, "script")
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, 0o755)
        return path

    def test_a_signal_that_comes_while_it_is_replaced_is_heard(self):
        worker = self.holder.ready_worker()
        for each in "HUP", "USR2", "TERM":
            self.replace(worker, self.script(f'#!/bin/sh\nkill -{each} $$\nexec "{HOLDER}" "$@"\n'))
            (number,) = struct.unpack("=I", worker.event(SIGNALLED))
            self.assertEqual(signal.Signals[f"SIG{each}"], number)

    def test_one_whose_tables_have_gaps_is_followed(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        for text in "first", "second":
            worker.deposit(text, reading)
        pid, _ = worker.run("read x; exit 8", fds={0: (pipe := os.pipe())[0]}, tag=5)
        self.replace(worker, self.script(f"""#!{sys.executable}
import os, struct, sys
record = int(sys.argv[1])
whole = os.pread(record, 1 << 20, 0)
head, descriptors, processes = whole[:8], *struct.unpack_from("=II", whole, 8)
behind = len(whole) - 64 * descriptors - 40 * processes
between, end = whole[16:behind], len(whole) - 40 * processes
gap = struct.pack("=iBB58s", -1, 1, 5, b"first")
whole = (head + struct.pack("=II", descriptors + 2, processes + 1) + between
         + gap + whole[behind:behind + 64] + gap + whole[behind + 64:end] + bytes(40) + whole[end:])
os.pwrite(record, whole, 0)
os.execv("{HOLDER}", ["holder", *sys.argv[1:]])
"""))
        self.assertEqual({"first", "second"}, set(worker.take()))
        self.assertEqual([(pid, 1, 5)], [(each.pid, each.state, each.tag) for each in worker.list()])
        worker.withdraw("first")
        self.assertRefused(errno.ENOENT, worker.withdraw, "first")
        self.assertEqual({"second"}, set(worker.take()))
        os.write(pipe[1], b"\n")
        self.assertEqual((pid, 8), (lambda it: (it.pid, it.status))(worker.exited()))

    def test_what_cannot_be_executed_is_no_loss(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        before = self.holder.fds()
        self.assertRefused(errno.ENOENT, self.replace, worker, "/nothing")
        self.assertRefused(errno.EACCES, self.replace, worker, "/etc/passwd")
        self.assertRefused(errno.EINVAL, self.replace, worker, "holder")
        self.assertEqual(before, self.holder.fds())
        self.assertEqual(["kept"], list(worker.take()))
        reading, writing = os.pipe()
        worker.run("ls /proc/$$/fd", fds={1: writing})
        os.close(writing)
        worker.exited()
        self.assertEqual(b"0\n1\n2\n", os.read(reading, 99))

    def test_an_upgrade_may_follow_and_its_worker_is_started_again(self):
        worker = self.holder.ready_worker()
        worker.upgrade(self.holder, "new")
        candidate = self.holder.worker().ready()
        worker.event(CANDIDATE)
        self.replace(worker)
        worker.ask(HAND_OVER)
        candidate.event(TAKE_OVER)
        candidate.ask(CHECKED, verdict(0))
        candidate.event(ACTIVE)
        self.replace(candidate)
        candidate.kill()
        worker = self.holder.worker()
        with open(f"/proc/{worker.pid}/cmdline") as file:
            self.assertIn("\0new\0", file.read())
