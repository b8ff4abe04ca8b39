"""How a holder starts, and what it sets up."""

import errno
import os
import select
import signal
import subprocess

from case import HolderTest, not_emulated
from peer import DETACHED, FIRST, FIRST_START, HOLDER, PROTECTED, until


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

    @not_emulated("copies memory for vfork")
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

    @not_emulated("keeps signals for itself")
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
