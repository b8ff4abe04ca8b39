"""How children ended, and signals for them."""

import errno
import os
import signal
import time

from case import HolderTest, not_emulated
from peer import GROUP, PROCESS, is_running, start_time, until


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

    @not_emulated("lets no process be a subreaper")
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

    @not_emulated("lets no process be a subreaper")
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

    @not_emulated("lets no process be a subreaper")
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
