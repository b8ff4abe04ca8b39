"""Starting programs."""

import errno
import os
import signal
import struct

from case import HolderTest, not_emulated
from peer import OWN_GROUP, SPAWN, command, sealed, spawn_body


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

    @not_emulated("copies memory for vfork")
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
