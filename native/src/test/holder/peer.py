"""The worker's side of the holder's protocol, written from PROTOCOL.md, and a holder to speak to."""

import array
import errno
import fcntl
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

HOLDER = os.environ["HOLDER"]
RELAY = os.environ["RELAY"]

HELLO, READY, DEPOSIT, WITHDRAW, TAKE, PUT_STATE, GET_STATE, SPAWN, ADOPT, LIST = range(1, 11)
SIGNAL, ACKNOWLEDGE, LAUNCHES, SLEEP, END, LOG, UPGRADE, HAND_OVER, CHECKED, REPLACE, ECHO = range(11, 22)
ANSWER, EXITED, SIGNALLED, CANDIDATE, TAKE_OVER, ACTIVE, RELEASED = range(128, 135)
NEVER, CLOSED, READABLE, READABLE_IN_TIME, READABLE_BUT_ECHO = range(5)
FIRST_START, CRASH, DESCRIPTOR, EXIT, TIME, SIGNAL_CAME, UPGRADED = range(1, 8)
DETACHED, FIRST, STANDBY, STOPPING, PROTECTED, FAILING = (1 << i for i in range(6))
QUIET = 1
OWN_GROUP = 1
PROCESS, GROUP = 1, 2

# Generous: the machine may be busy.
LONG = 60


class Refused(Exception):
    def __init__(self, number):
        super().__init__(errno.errorcode.get(number, number))
        self.errno = number


def sealed(content):
    """A memory file as the holder wants it."""
    fd = os.memfd_create("test", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, content)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, 15)
    return fd


def command(path, arguments, environment=(), directory=""):
    strings = [path, directory, *arguments, *environment]
    text = struct.pack("=IIII", 1, len(arguments), len(environment), 0)
    text += bytes(8 * len(strings))
    return sealed(text + b"".join(os.fsencode(each) + b"\0" for each in strings))


def name(text, rule=NEVER):
    text = os.fsencode(text)
    return struct.pack("=BB58s", rule, len(text), text)


def verdict(what, text=b""):
    return struct.pack("=II512s", what, len(text), text)


def spawn_body(tag, flags, numbers):
    return struct.pack("=QII252H", tag, flags, len(numbers), *numbers, *([0] * (252 - len(numbers))))


def readable(file, timeout):
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(timeout * 1000))


class Process:
    FORM = "=iBBBBiIQQq"
    SIZE = struct.calcsize(FORM)

    def __init__(self, body):
        (self.pid, self.state, self.known, _, self.code, self.status, _, self.began, self.tag, self.ended) = (
            struct.unpack(self.FORM, body)
        )


class Welcome:
    def __init__(self, body):
        (
            self.protocol, self.pid, self.flags, self.reason, self.oom_score, self.records, self.starts, self.crashes,
            self.sleeps, self.last_status, self.asleep_since, self.started, self.asleep, self.worker_time,
            self.stopping_since, _, length, text,
        ) = struct.unpack("=IiIIiIIIIiqqqqqqI60s", body)
        self.name = os.fsdecode(text[:length])


class Worker:
    """A worker that a holder has started: the relay's end of the socket pair is in this process."""

    def __init__(self, control):
        self.control = control
        message, fds, _, _ = socket.recv_fds(control, 16, 4)
        self.pid = struct.unpack("=i", message)[0]
        self.socket = socket.socket(fileno=fds[0])
        self.events = []
        self.sequence = 0

    def send(self, kind, body=b"", fds=(), word=0, version=1, length=None):
        self.sequence += 1
        header = struct.pack("=HHIII", version, kind, length or 16 + len(body), self.sequence, word)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        self.socket.sendmsg([header + body], rights)
        return self.sequence

    def receive(self, timeout=LONG):
        """A packet: kind, sequence, word, body, descriptors; None when there is none, an EOFError at the end."""
        if not readable(self.socket, timeout):
            return None
        try:
            data, fds, _, _ = socket.recv_fds(self.socket, 4096, 64)
        except ConnectionResetError:
            raise EOFError from None
        if not data:
            raise EOFError
        version, kind, length, sequence, word = struct.unpack("=HHIII", data[:16])
        assert (version, length) == (1, len(data)), data
        return kind, sequence, word, data[16:], fds

    def ask(self, kind, body=b"", fds=(), **more):
        """The answer's body and descriptors. Events that come before it are kept."""
        sequence = self.send(kind, body, fds, **more)
        while True:
            packet = self.receive()
            assert packet, "no answer"
            if packet[0] != ANSWER:
                self.events.append(packet)
                continue
            assert packet[1] == sequence, packet
            if packet[2]:
                assert not packet[3] and not packet[4], packet
                raise Refused(packet[2])
            return packet[3], packet[4]

    def event(self, kind, timeout=LONG):
        """The next event's body, which must be of this kind."""
        packet = self.events.pop(0) if self.events else self.receive(timeout)
        assert packet, "no event"
        assert packet[0] == kind and packet[1] == 0, packet
        return packet[3]

    def quiet(self):
        """Whether nothing has come, after all that was asked has been done."""
        self.ask(HELLO, struct.pack("=I", 1))
        return not self.events

    def hello(self):
        return Welcome(self.ask(HELLO, struct.pack("=I", 1))[0])

    def ready(self, give_up=0):
        self.ask(READY, struct.pack("=I", give_up))
        return self

    def deposit(self, text, fd, rule=NEVER, **more):
        self.ask(DEPOSIT, name(text, rule), [] if fd is None else [fd], **more)

    def withdraw(self, text):
        self.ask(WITHDRAW, name(text))

    def take(self):
        """Descriptors and rules by name."""
        found, following = {}, 0
        while True:
            body, fds = self.ask(TAKE, struct.pack("=I", following))
            following, count = struct.unpack_from("=II", body)
            assert len(fds) == count and len(body) == 8 + 60 * count
            for i in range(count):
                rule, length, text = struct.unpack_from("=BB58s", body, 8 + 60 * i)
                found[os.fsdecode(text[:length])] = (fds[i], rule)
            if not following:
                return found

    def list(self):
        found, following = [], 0
        while True:
            body, _ = self.ask(LIST, struct.pack("=I", following))
            following, count = struct.unpack_from("=II", body)
            found += [Process(body[8 + 40 * i : 48 + 40 * i]) for i in range(count)]
            if not following:
                return found

    def spawn(self, arguments, fds=(), tag=0, flags=OWN_GROUP, environment=(), directory="", path=None):
        """fds: by number in the child. Returns pid and start."""
        fds = dict(fds)
        program = command(path or arguments[0], arguments, environment, directory)
        try:
            body, _ = self.ask(SPAWN, spawn_body(tag, flags, list(fds)), [program, *fds.values()])
        finally:
            os.close(program)
        pid, _, began = struct.unpack("=iIQ", body)
        return pid, began

    def run(self, script, **more):
        return self.spawn(["/bin/sh", "-c", script], **more)

    def adopt(self, pid, tag=0, not_before=0):
        pid, _, began = struct.unpack("=iIQ", self.ask(ADOPT, struct.pack("=iIQQ", pid, 0, tag, not_before))[0])
        return began

    def exited(self):
        return Process(self.event(EXITED))

    def acknowledge(self, pid, began):
        self.ask(ACKNOWLEDGE, struct.pack("=iIQ", pid, 0, began))

    def signal(self, pid, number, whom=PROCESS):
        self.ask(SIGNAL, struct.pack("=iiII", pid, number, whom, 0))

    def launches(self, first, last):
        self.ask(LAUNCHES, struct.pack("=QQ", first, last))

    def echo(self, length, beginning):
        self.ask(ECHO, struct.pack("=II32s", length, len(beginning), beginning))

    def sleep(self, wake_at=0):
        """Goes to sleep: the holder has closed its end, and this process ends."""
        self.ask(SLEEP, struct.pack("=q", wake_at))
        self.exit(0)

    def end(self, status=0):
        self.ask(END, struct.pack("=I", status))
        self.exit(0)

    def exit(self, status):
        self.socket.close()
        self.control.send(bytes([status]))
        self.control.close()

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.socket.close()
        self.control.close()

    def upgrade(self, holder, *arguments):
        program = holder.worker_command(*arguments)
        try:
            self.ask(UPGRADE, b"", [program])
        finally:
            os.close(program)


class Holder:
    """A holder under test, with its first worker."""

    def __init__(self, program=HOLDER, detached=True, limit=None):
        self.directory = tempfile.mkdtemp()
        self.path = os.path.join(self.directory, "workers")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(self.path)
        self.listener.listen(16)
        self.readiness, write_end = os.pipe()
        self.errors = open(os.path.join(self.directory, "errors"), "w+b")
        arguments = [program, "-", str(write_end) if detached else "-", RELAY, self.path]

        def prepare():
            if limit:
                import resource

                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

        self.process = subprocess.Popen(
            arguments, pass_fds=[write_end], stdin=subprocess.DEVNULL, stdout=self.errors, stderr=self.errors,
            preexec_fn=prepare if limit else None,
        )
        self.pid = self.process.pid
        os.close(write_end)

    def worker_command(self, *arguments):
        return command(RELAY, [RELAY, self.path, *arguments], [f"{k}={v}" for k, v in os.environ.items()])

    def worker(self, timeout=LONG):
        """The next worker that it starts; None if it does not."""
        if not readable(self.listener, timeout):
            return None
        return Worker(self.listener.accept()[0])

    def refuse_workers(self):
        """Each worker ends at once."""
        self.listener.close()

    def accept_workers(self):
        os.unlink(self.path)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(self.path)
        self.listener.listen(16)

    def ready_worker(self):
        return self.worker().ready()

    def said(self):
        with open(self.errors.name, "rb") as file:
            return file.read().decode()

    def fds(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def wait(self):
        return self.process.wait(LONG)

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        os.close(self.readiness)
        self.listener.close()
        self.errors.close()
        shutil.rmtree(self.directory)


def until(condition, what):
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def start_time(pid):
    with open(f"/proc/{pid}/stat", "rb") as file:
        return int(file.read().rpartition(b")")[2].split()[19])


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except (FileNotFoundError, ProcessLookupError):
        return False
