"""The holder as its workers, its launcher and its neighbours see it. build/holder test runs it."""

import errno
import fcntl
import os
import random
import select
import shutil
import signal
import socket
import struct
import subprocess
import termios
import time
import unittest

from peer import *

MS = 1_000_000


class HolderTest(unittest.TestCase):
    def setUp(self):
        self.holders = []
        self.holder = self.start()

    def start(self, **options):
        holder = Holder(**options)
        self.holders.append(holder)
        return holder

    def tearDown(self):
        for holder in self.holders:
            said = holder.said()
            holder.close()
            self.assertNotIn("Sanitizer", said)
            self.assertNotIn("runtime error", said)

    def assertRefused(self, number, call, *arguments, **more):
        with self.assertRaises(Refused) as refused:
            call(*arguments, **more)
        self.assertEqual(number, refused.exception.errno, refused.exception)


class StartTest(HolderTest):
    def test_the_launcher_is_told_once_the_first_worker_is_ready(self):
        worker = self.holder.worker()
        welcome = worker.hello()
        self.assertEqual(self.holder.pid, welcome.pid)
        self.assertEqual((FIRST_START, 1, 0), (welcome.reason, welcome.starts, welcome.crashes))
        self.assertEqual(FIRST | DETACHED, welcome.flags & ~PROTECTED)
        self.assertFalse(select.select([self.holder.readiness], [], [], 0)[0])
        worker.ready()
        self.assertEqual(b"0", os.read(self.holder.readiness, 9))
        self.assertEqual(b"", os.read(self.holder.readiness, 9))
        self.assertFalse(worker.hello().flags & FIRST)
        self.assertRefused(errno.EALREADY, worker.ready)

    def test_a_first_worker_that_ends_gives_the_launcher_its_status(self):
        self.holder.worker().exit(7)
        self.assertEqual(b"7", os.read(self.holder.readiness, 9))
        self.assertEqual(7, self.holder.wait())

    def test_a_program_that_is_not_there_is_told(self):
        import peer

        known, peer.RELAY = peer.RELAY, "/nothing"
        try:
            holder = self.start()
        finally:
            peer.RELAY = known
        self.assertEqual(1, holder.wait())
        self.assertEqual(b"1", os.read(holder.readiness, 9))
        self.assertIn("cannot start a worker: No such file or directory", holder.said())

    def test_a_command_line_that_makes_no_sense_is_refused(self):
        for arguments in [], ["-"], ["-", "-"], ["-", "-", "no-path"]:
            with self.subTest(arguments):
                self.assertEqual(2, subprocess.run([HOLDER, *arguments], stderr=subprocess.DEVNULL).returncode)
        self.assertEqual(0, subprocess.run([HOLDER, "accepts", "1", "/x"]).returncode)
        self.assertEqual(1, subprocess.run([HOLDER, "accepts", "2", "/x"]).returncode)

    def test_holder_and_worker_are_set_up_as_promised(self):
        worker = self.holder.ready_worker()
        self.assertEqual(self.holder.pid, os.getsid(self.holder.pid))
        self.assertEqual(self.holder.pid, os.getpgid(self.holder.pid))
        self.assertEqual(self.holder.pid, os.getsid(worker.pid))
        self.assertEqual(worker.pid, os.getpgid(worker.pid))
        blocked = {}
        ignored = {}
        for pid in self.holder.pid, worker.pid:
            with open(f"/proc/{pid}/status") as file:
                lines = dict(line.split(":\t", 1) for line in file if ":\t" in line)
            blocked[pid] = {i + 1 for i in range(64) if int(lines["SigBlk"], 16) >> i & 1}
            ignored[pid] = {i + 1 for i in range(64) if int(lines["SigIgn"], 16) >> i & 1}
            self.assertEqual("0022", lines["Umask"].strip())
        heard = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGCHLD}
        self.assertEqual(heard | {signal.SIGUSR2}, blocked[self.holder.pid])
        self.assertEqual(heard, blocked[worker.pid])
        self.assertIn(signal.SIGPIPE, ignored[self.holder.pid])
        self.assertNotIn(signal.SIGPIPE, ignored[worker.pid])
        self.assertIn(signal.SIGUSR2, ignored[worker.pid])
        for number in signal.SIGUSR1, signal.SIGALRM, signal.SIGPROF, signal.SIGRTMIN, signal.SIGRTMAX:
            self.assertIn(number, ignored[self.holder.pid])
            self.assertIn(number, ignored[worker.pid])

    def test_oom_scores_are_the_holders_its_workers_and_its_childrens(self):
        worker = self.holder.ready_worker()
        if not worker.hello().flags & PROTECTED:
            self.skipTest("needs CAP_SYS_RESOURCE")
        pid, _ = worker.run("sleep 100")
        scores = [open(f"/proc/{each}/oom_score_adj").read().strip() for each in (self.holder.pid, worker.pid, pid)]
        own = open("/proc/self/oom_score_adj").read().strip()
        self.assertEqual(["-1000", "-100", own], scores)
        self.assertEqual(int(own), worker.hello().oom_score)

    def test_nothing_that_was_inherited_stays_open(self):
        self.holder.ready_worker()
        # The standard descriptors, signals, and the worker.
        until(lambda: self.holder.fds() == 5, os.listdir(f"/proc/{self.holder.pid}/fd"))

    def test_standard_descriptors_are_given_up_as_the_worker_says(self):
        self.holder.worker().ready(give_up=0b101)
        names = [os.readlink(f"/proc/{self.holder.pid}/fd/{i}") for i in range(3)]
        self.assertEqual(["/dev/null", self.holder.errors.name, "/dev/null"], names)

    def test_in_the_foreground_it_stays_in_its_session(self):
        holder = self.start(detached=False)
        worker = holder.ready_worker()
        self.assertEqual(os.getsid(0), os.getsid(holder.pid))
        self.assertFalse(worker.hello().flags & DETACHED)
        worker.end(5)
        self.assertEqual(5, holder.wait())


class StoreTest(HolderTest):
    def test_what_is_deposited_is_there_for_the_next_worker(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        for i in range(40):
            worker.deposit(f"pipe {i}", reading, i % 4)
        os.write(writing, b"hello")
        os.close(reading)
        worker.kill()
        worker = self.holder.worker()
        self.assertEqual(CRASH, worker.hello().reason)
        self.assertEqual(signal.SIGKILL, worker.hello().last_status)
        held = worker.take()
        self.assertEqual({f"pipe {i}": i % 4 for i in range(40)}, {key: rule for key, (_, rule) in held.items()})
        self.assertEqual(b"hello", os.read(held["pipe 17"][0], 9))
        for fd, _ in held.values():
            os.close(fd)
        os.write(writing, b"more")
        for i in range(40):
            worker.withdraw(f"pipe {i}")
        with self.assertRaises(BrokenPipeError):
            os.write(writing, b"nobody")
        self.assertEqual({}, worker.take())
        os.close(writing)

    def test_a_name_has_one_descriptor_and_one_rule(self):
        worker = self.holder.ready_worker()
        before = self.holder.fds()
        first, second = os.pipe()
        worker.deposit("name", first, READABLE)
        worker.deposit("name", second, CLOSED)
        worker.deposit("name", None, READABLE_IN_TIME)
        ((fd, rule),) = worker.take().values()
        self.assertEqual(READABLE_IN_TIME, rule)
        self.assertEqual(os.fstat(second), os.fstat(fd))
        self.assertEqual(before + 1, self.holder.fds())
        self.assertRefused(errno.ENOENT, worker.deposit, "other", None)
        self.assertRefused(errno.ENOENT, worker.withdraw, "other")
        self.assertRefused(errno.EINVAL, worker.deposit, "other", first, 4)
        self.assertRefused(errno.EINVAL, worker.deposit, "", first)
        self.assertRefused(errno.EINVAL, worker.ask, DEPOSIT, struct.pack("=BB58s", 0, 59, b"x" * 58), [first])
        worker.deposit("x" * 58, first)
        self.assertIn("x" * 58, worker.take())

    def test_a_full_store_says_so_and_keeps_what_it_has(self):
        worker = self.holder.ready_worker()
        fd = os.open("/dev/null", os.O_RDWR)
        for i in range(4096):
            worker.deposit(str(i), fd)
        self.assertRefused(errno.ENOSPC, worker.deposit, "one more", fd)
        worker.deposit("4095", fd, CLOSED)
        worker.withdraw("17")
        worker.deposit("one more", fd)
        held = worker.take()
        self.assertEqual(4096, len(held))
        for each, _ in held.values():
            os.close(each)

    def test_when_the_holder_has_no_descriptors_left_it_says_so(self):
        holder = self.start(limit=40)
        worker = holder.ready_worker()
        fd = os.open("/dev/null", os.O_RDWR)
        with self.assertRaises(Refused) as refused:
            for i in range(40):
                worker.deposit(str(i), fd)
        self.assertEqual(errno.EMFILE, refused.exception.errno)
        self.assertGreater(i, 20)
        worker.withdraw("0")
        worker.deposit("one more", fd)
        self.assertRefused(errno.EMFILE, worker.run, "true")

    def test_the_state_is_replaced_whole_and_survives_its_writer(self):
        worker = self.holder.ready_worker()
        self.assertRefused(errno.ENOENT, worker.ask, GET_STATE)
        for text in b"first", b"second":
            fd = sealed(text)
            worker.ask(PUT_STATE, b"", [fd])
            os.close(fd)
        loose = os.memfd_create("loose", os.MFD_ALLOW_SEALING)
        self.assertRefused(errno.EINVAL, worker.ask, PUT_STATE, b"", [loose])
        self.assertRefused(errno.EINVAL, worker.ask, PUT_STATE, b"", [0])
        worker.kill()
        _, (fd,) = self.holder.worker().ask(GET_STATE)
        self.assertEqual(b"second", os.pread(fd, 99, 0))

    def test_requests_may_be_answered_only_if_they_fail(self):
        worker = self.holder.ready_worker()
        worker.send(DEPOSIT, name("quiet"), [0], word=QUIET)
        failed = worker.send(WITHDRAW, name("missing"), word=QUIET)
        self.assertEqual((ANSWER, failed, errno.ENOENT), worker.receive()[:3])
        self.assertEqual(["quiet"], list(worker.take()))


class SpawnTest(HolderTest):
    def test_a_child_gets_what_it_is_to_have_and_nothing_else(self):
        worker = self.holder.ready_worker()
        worker.deposit("kept", 0)
        reading, writing = os.pipe()
        script = 'ls /proc/$$/fd; readlink /proc/$$/fd/0 /proc/$$/fd/7; pwd; env | sort; exec grep Sig[BI] /proc/self/status'
        pid, began = worker.run(
            script, fds={1: writing, 2: writing, 7: writing, 5: writing}, environment=["A=1", "B="], directory="/usr"
        )
        os.close(writing)
        with open(reading) as file:
            lines = file.read().split("\n")
        self.assertEqual(["0", "1", "2", "5", "7"], [each for each in lines[:5]])
        self.assertEqual("/dev/null", lines[5])
        self.assertEqual(["/usr", "A=1", "B=", "PWD=/usr"], lines[7:11])
        self.assertEqual(["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", ""], lines[11:])
        self.assertEqual(pid, worker.exited().pid)

    def test_descriptors_may_change_places(self):
        worker = self.holder.ready_worker()
        pipes = [os.pipe() for _ in range(4)]
        # The numbers in the child are those that these have in the holder, in any order.
        fds = {number: pipes[i][1] for i, number in enumerate([6, 5, 8, 3])}
        worker.run("for i in 6 5 8 3; do echo $i >&$i; done", fds=fds)
        for number, (reading, writing) in zip([6, 5, 8, 3], pipes):
            os.close(writing)
            self.assertEqual(f"{number}\n".encode(), os.read(reading, 9))
            os.close(reading)

    def test_it_leads_a_group_if_it_is_to(self):
        worker = self.holder.ready_worker()
        pid, _ = worker.run("sleep 100", flags=OWN_GROUP)
        other, _ = worker.run("sleep 100", flags=0)
        self.assertEqual(pid, os.getpgid(pid))
        self.assertEqual(self.holder.pid, os.getpgid(other))
        for each in pid, other:
            worker.signal(each, signal.SIGKILL)
            worker.exited()

    def test_what_cannot_be_started_says_why_and_leaves_nothing(self):
        worker = self.holder.ready_worker()
        before = self.holder.fds()
        self.assertRefused(errno.ENOENT, worker.spawn, ["/nothing"])
        self.assertRefused(errno.EACCES, worker.spawn, ["/etc/passwd"])
        self.assertRefused(errno.ENOENT, worker.spawn, ["/bin/true"], directory="/nothing")
        self.assertRefused(errno.EINVAL, worker.spawn, ["true"])
        self.assertRefused(errno.EINVAL, worker.spawn, ["/bin/true"], flags=2)
        self.assertRefused(errno.EINVAL, worker.spawn, ["/bin/true"], fds={65535: 0})
        self.assertRefused(errno.E2BIG, worker.spawn, ["/bin/true", "x" * 200_000])
        self.assertRefused(errno.E2BIG, worker.spawn, ["/bin/true", *["x" * 4096] * 1024])
        self.assertRefused(errno.EINVAL, worker.ask, SPAWN, spawn_body(0, 0, [1]), [command("/bin/true", ["true"])])
        self.assertEqual([], worker.list())
        self.assertEqual(before, self.holder.fds())
        self.assertTrue(worker.quiet())

    def test_commands_that_are_no_good_are_refused(self):
        worker = self.holder.ready_worker()
        good = struct.pack("=IIII", 1, 1, 0, 0) + bytes(24) + b"/bin/true\0\0true\0"
        bad = {
            "empty": b"",
            "no room": good[:20],
            "no string": good[:40],
            "too few strings": good[:-5],
            "no end": good[:-1],
            "too many strings": good + b"x\0",
            "other version": b"\2" + good[1:],
            "no argument": struct.pack("=IIII", 1, 0, 1, 0) + good[16:],
            "too many arguments": struct.pack("=IIII", 1, 0xFFFFFFFF, 0xFFFFFFFF, 0) + good[16:],
            "rather too many arguments": struct.pack("=IIII", 1, 500_000, 0, 0) + good[16:],
        }
        for what, content in bad.items():
            with self.subTest(what):
                fd = sealed(content)
                self.assertRefused(errno.EINVAL, worker.ask, SPAWN, spawn_body(0, 0, []), [fd])
                os.close(fd)
        loose = os.memfd_create("loose", os.MFD_ALLOW_SEALING)
        os.write(loose, good)
        self.assertRefused(errno.EINVAL, worker.ask, SPAWN, spawn_body(0, 0, []), [loose])
        os.close(loose)
        worker.ask(SPAWN, spawn_body(0, 0, []), [sealed(good)])
        self.assertEqual((1, 0), (lambda it: (it.code, it.status))(worker.exited()))

    def test_a_big_command_is_started(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        many = ["x" * 100_000] * 10
        worker.spawn(["/bin/sh", "-c", 'echo $# ${#V}', "sh", *many], fds={1: writing}, environment=["V=" + "y" * 90_000])
        self.assertEqual(b"10 90000\n", os.read(reading, 99))

    def test_the_most_descriptors_arrive(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        worker.run("set -- /proc/$$/fd/*; echo $#", fds={i: writing for i in range(252)})
        # And the directory itself.
        self.assertEqual(253, int(os.read(reading, 99)))

    def test_the_table_of_processes_has_an_end(self):
        worker = self.holder.ready_worker()
        started = [worker.spawn(["/bin/true"]) for _ in range(1024)]
        self.assertRefused(errno.ENOSPC, worker.spawn, ["/bin/true"])
        self.assertEqual(1024, len(worker.list()))
        ended = [worker.exited() for _ in started]
        self.assertEqual(dict(started), {each.pid: each.began for each in ended})
        worker.acknowledge(*started[500])
        worker.spawn(["/bin/true"])


class ExitTest(HolderTest):
    def test_an_exit_is_told_until_it_is_acknowledged(self):
        worker = self.holder.ready_worker()
        before = time.time_ns()
        pid, began = worker.run("read x; exit 3", fds={0: (pipe := os.pipe())[0]}, tag=1 << 63)
        self.assertEqual(start_time(pid), began)
        (running,) = worker.list()
        self.assertEqual((pid, 1, 1 << 63, began), (running.pid, running.state, running.tag, running.began))
        self.assertRefused(errno.EBUSY, worker.acknowledge, pid, began)
        os.close(pipe[1])
        os.close(pipe[0])
        ended = worker.exited()
        self.assertEqual((pid, began, 1, 3, 1 << 63), (ended.pid, ended.began, ended.code, ended.status, ended.tag))
        self.assertTrue(before <= ended.ended <= time.time_ns())
        worker.kill()
        worker = self.holder.worker()
        self.assertEqual([(pid, 2)], [(each.pid, each.state) for each in worker.list()])
        worker.ready()
        again = worker.exited()
        self.assertEqual((pid, ended.ended), (again.pid, again.ended))
        self.assertRefused(errno.ESRCH, worker.acknowledge, pid, began + 1)
        worker.acknowledge(pid, began)
        self.assertRefused(errno.ESRCH, worker.acknowledge, pid, began)
        worker.kill()
        worker = self.holder.ready_worker()
        self.assertTrue(worker.quiet())
        self.assertEqual([], worker.list())

    def test_an_exit_while_there_is_no_worker_is_told_to_the_next(self):
        worker = self.holder.ready_worker()
        pid, _ = worker.run("kill -SEGV $$")
        worker.kill()
        ended = self.holder.ready_worker().exited()
        self.assertEqual((pid, signal.SIGSEGV), (ended.pid, ended.status))
        self.assertIn(ended.code, (2, 3))

    def test_orphans_fall_to_it_and_are_reaped_by_it(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        parent, began = worker.run("(exec sleep 0.3) & echo $!", fds={1: writing})
        orphan = int(os.read(reading, 99))
        self.assertEqual(parent, worker.exited().pid)
        worker.acknowledge(parent, began)
        until(lambda: not os.path.exists(f"/proc/{orphan}"), "orphan is not reaped")
        self.assertTrue(worker.quiet())

    def test_an_orphan_that_is_adopted_has_its_exit_told(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        _, began = worker.run("(read x; exit 5) <&4 & echo $!", fds={1: writing, 4: (pipe := os.pipe())[0]})
        orphan = int(os.read(reading, 99))
        worker.exited()
        self.assertRefused(errno.ESRCH, worker.adopt, orphan, not_before=start_time(orphan) + 1)
        self.assertEqual(start_time(orphan), worker.adopt(orphan, 77, not_before=began))
        self.assertRefused(errno.EEXIST, worker.adopt, orphan)
        os.close(pipe[0])
        os.close(pipe[1])
        ended = worker.exited()
        self.assertEqual((orphan, 77, 1, 5), (ended.pid, ended.tag, ended.code, ended.status))

    def test_what_is_no_child_is_not_adopted(self):
        worker = self.holder.ready_worker()
        for pid in 1, 0, -1, os.getpid(), worker.pid, self.holder.pid, 4_000_000:
            self.assertRefused(errno.ESRCH, worker.adopt, pid)

    def test_an_orphan_that_ends_during_a_launch_can_still_be_adopted(self):
        worker = self.holder.ready_worker()
        worker.launches(4, 5)
        reading, writing = os.pipe()
        hold = os.pipe()
        script = "(read x; exit 6) <&5 & echo $!; (read x; exit 7) <&5 & echo $!"
        worker.run(script, fds={1: writing, 5: hold[0]})
        worker.exited()
        orphan, other = map(int, os.read(reading, 99).split())
        os.close(hold[0])
        os.close(hold[1])
        until(lambda: not os.path.exists(f"/proc/{orphan}"), "reaped")
        worker.kill()
        worker = self.holder.ready_worker()
        worker.exited()
        worker.launches(5, 6)
        self.assertNotEqual(0, worker.adopt(orphan, 8))
        ended = worker.exited()
        self.assertEqual((orphan, 8, 6), (ended.pid, ended.tag, ended.status))
        worker.launches(6, 6)
        self.assertRefused(errno.ESRCH, worker.adopt, other)
        self.assertEqual(2, len(worker.list()))

    def test_orphans_that_do_not_fit_keep_what_they_know(self):
        worker = self.holder.ready_worker()
        worker.launches(1, 1)
        reading, writing = os.pipe()
        known, began = worker.run("read x; exit 9", fds={0: (pipe := os.pipe())[0]})
        hold = os.pipe()
        script = "for i in $(seq 800); do (read x; exit 4) <&5 >&5 & done; (read x; exit 5) <&5 >&5 & echo $!"
        parent, _ = worker.run(script, fds={1: writing, 5: hold[0]})
        os.close(writing)
        last = int(os.read(reading, 99))
        self.assertEqual(parent, worker.exited().pid)
        os.close(hold[0])
        os.close(hold[1])
        children = f"/proc/{self.holder.pid}/task/{self.holder.pid}/children"
        until(lambda: sum(map(is_running, map(int, open(children).read().split()))) == 2, "all end")
        os.close(pipe[0])
        os.close(pipe[1])
        # Also behind so many that cannot be reaped yet.
        self.assertEqual((known, 9), (lambda it: (it.pid, it.status))(worker.exited()))
        self.assertEqual(2, len(worker.list()))
        worker.adopt(last, 1)
        self.assertEqual((last, 5), (lambda it: (it.pid, it.status))(worker.exited()))
        self.assertGreater(len(open(children).read().split()), 30)
        worker.launches(2, 1)
        until(lambda: open(children).read().split() == [str(worker.pid)], "all are reaped")

    def test_signals_go_to_children_that_are_known_and_to_their_groups(self):
        worker = self.holder.ready_worker()
        reading, writing = os.pipe()
        pid, _ = worker.run("trap 'exit 4' USR1; sleep 100 & echo; wait", fds={1: writing})
        os.close(writing)
        os.read(reading, 1)
        worker.signal(pid, 0)
        worker.signal(pid, signal.SIGUSR1)
        self.assertEqual((1, 4), (lambda it: (it.code, it.status))(worker.exited()))
        self.assertRefused(errno.ESRCH, worker.signal, pid, signal.SIGUSR1)
        pid, _ = worker.run("sleep 100; echo", fds={1: os.open("/dev/null", os.O_WRONLY)})
        worker.signal(pid, signal.SIGKILL, PROCESS | GROUP)
        self.assertEqual((2, signal.SIGKILL), (lambda it: (it.code, it.status))(worker.exited()))
        pid, _ = worker.run("sleep 100", flags=0)
        self.assertRefused(errno.ESRCH, worker.signal, pid, signal.SIGKILL, GROUP)
        for arguments in (pid, 65), (pid, -1), (pid, 9, 0), (pid, 9, 4):
            self.assertRefused(errno.EINVAL, worker.signal, *arguments)
        self.assertRefused(errno.ESRCH, worker.signal, os.getpid(), 0)
        worker.signal(pid, signal.SIGKILL)


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
        self.assertFalse(is_running(pid))
        self.assertFalse(is_running(worker.pid))

    def test_it_stops_also_in_a_crash_loop(self):
        worker = self.holder.ready_worker()
        self.holder.refuse_workers()
        worker.kill()
        until(lambda: "again and again" in self.holder.said(), "crash loop")
        os.kill(self.holder.pid, signal.SIGTERM)
        self.assertEqual(1, self.holder.wait())

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

    def assertGoesOn(self, worker, candidate, reason):
        what, length, text = struct.unpack("=II512s", worker.event(CANDIDATE))
        self.assertEqual((2, reason), (what, text[:length].decode()))
        self.assertEqual(["kept"], list(worker.take()))
        pid, _ = worker.run("exit 5")
        self.assertEqual(pid, worker.exited().pid)
        self.assertIn("upgrade failed: " + reason, self.holder.said())
        until(lambda: self.holder.fds() == 6, "nothing is left of it")
        until(lambda: not os.path.exists(f"/proc/{candidate.pid}"), "reaped")
        worker.upgrade(self.holder)
        another = self.holder.worker().ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        another.event(TAKE_OVER)

    def test_a_new_worker_that_ends_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.exit(9)
        self.assertGoesOn(worker, candidate, "ended with 9")

    def test_a_new_worker_that_is_killed_while_it_takes_over_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        candidate.kill()
        self.assertGoesOn(worker, candidate, "was killed by signal 9")

    def test_a_new_worker_that_finds_fault_with_itself_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        candidate.event(TAKE_OVER)
        candidate.send(CHECKED, verdict(1, b"no such\nstate"))
        what, length, text = struct.unpack("=II512s", worker.event(CANDIDATE))
        self.assertEqual((2, b"no such\nstate"), (what, text[:length]))
        self.assertIn("upgrade failed: no such state", self.holder.said())
        until(lambda: not is_running(candidate.pid), "killed")
        self.assertEqual(["kept"], list(worker.take()))

    def test_a_new_worker_that_does_not_answer_is_no_loss(self):
        worker, candidate = self.prepare()
        candidate.ready()
        worker.event(CANDIDATE)
        worker.ask(HAND_OVER)
        self.assertGoesOn(worker, candidate, "the new worker did not answer in time")

    def test_an_upgrade_can_be_given_up(self):
        worker, candidate = self.prepare()
        worker.ask(UPGRADE)
        self.assertGoesOn(worker, candidate, "given up")

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
        child, _ = worker.run("readlink /proc/$$/fd/*; sleep 100", fds={1: (pipe := os.pipe())[1]})
        self.assertEqual(4, len(os.read(pipe[0], 999).split(b"\n")) , "nothing is inherited")
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
            (errno.ENOSYS, 21, good, {}),
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
            worker.withdraw(text) if text.isprintable() else None
        pid, _ = worker.run("exit 1")
        while worker.exited().pid != pid:
            pass


if __name__ == "__main__":
    unittest.main()
