"""Descriptors by name, and the state."""

import errno
import os
import signal
import struct

from case import HolderTest
from peer import (
    ANSWER, CLOSED, CRASH, DEPOSIT, GET_STATE, PUT_STATE, QUIET, READABLE, READABLE_IN_TIME, Refused, WITHDRAW,
    name, sealed,
)


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
        self.assertRefused(errno.EINVAL, worker.deposit, "other", first, 5)
        self.assertRefused(errno.EINVAL, worker.deposit, "", first)
        self.assertRefused(errno.EINVAL, worker.ask, DEPOSIT, struct.pack("=BB58s", 0, 59, b"x" * 58), [first])
        worker.deposit("x" * 58, first)
        self.assertIn("x" * 58, worker.take())
        for length in 0, 59, 255:
            self.assertRefused(errno.ENOENT, worker.ask, WITHDRAW, struct.pack("=BB58s", 0, length, b"x" * 58))
        worker.ask(WITHDRAW, name("x" * 58, 255))
        self.assertNotIn("x" * 58, worker.take())

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
