"""What the tests of the holder have in common."""

import os
import unittest

from peer import Holder, Refused


def not_emulated(why):
    """For a test of what the emulator for another processor (qemu-user) does not do as the kernel does."""
    return unittest.skipIf("EMULATED" in os.environ, f"the emulator {why}")


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
