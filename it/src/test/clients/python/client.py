"""Exec, attach and port-forward with the Python client against a server that speaks an API
server's paths. Prints one JSON line per check."""

import argparse
import hashlib
import sys

from kubernetes import client
from kubernetes.stream import portforward, stream

from report import Report, deadline

PAYLOAD_SIZE = 50 << 20
MIB = 1 << 20
CHUNK = 1 << 16
FORWARDED_BYTES = 1 << 20


class Target:
    """Where to connect, and what the test has prepared there."""

    def __init__(self, args):
        configuration = client.Configuration()
        configuration.host = args.server
        self.api = client.CoreV1Api(client.ApiClient(configuration))
        self.args = args

    def exec(self, command, stdin=False, tty=False, binary=False):
        return stream(
            self.api.connect_get_namespaced_pod_exec,
            self.args.pod,
            self.args.namespace,
            command=command,
            stdin=stdin,
            stdout=True,
            stderr=not tty,
            tty=tty,
            binary=binary,
            _preload_content=False,
        )

    def attach(self):
        return stream(
            self.api.connect_get_namespaced_pod_attach,
            self.args.attach,
            self.args.namespace,
            stdin=True,
            stdout=True,
            stderr=True,
            tty=False,
            _preload_content=False,
        )

    def forward(self, port):
        return portforward(
            self.api.connect_get_namespaced_pod_portforward,
            self.args.pod,
            self.args.namespace,
            ports=str(port),
        )


def read_to_end(session):
    """Reads both streams until the server closes the connection."""
    out = err = ""
    for _ in deadline("the end of the session"):
        session.update(timeout=1)
        out += session.read_stdout(timeout=0)
        err += session.read_stderr(timeout=0)
        if not session.is_open():
            return out, err


def read_until(session, text, type_this=None):
    """Reads stdout until it holds the text, typing something meanwhile if asked to."""
    out = ""
    for _ in deadline(f"{text!r} on stdout"):
        if type_this is not None:
            session.write_stdin(type_this)
        session.update(timeout=0.02)
        out += session.read_stdout(timeout=0)
        if text in out:
            return out


def want(got, expected):
    if got != expected:
        raise AssertionError(f"got {got!r}, want {expected!r}")


def exec_exit_0(target):
    session = target.exec(["sh", "-c", "printf out; printf err >&2"])
    want(read_to_end(session), ("out", "err"))
    want(session.returncode, 0)


def exec_exit_3(target):
    session = target.exec(["sh", "-c", "printf out; exit 3"])
    want(read_to_end(session), ("out", ""))
    want(session.returncode, 3)


def exec_missing_command(target):
    session = target.exec(["no-such-command"])
    read_to_end(session)
    # An internal error has no exit code for the client to find.
    status = session.read_channel(3)
    if '"Failure"' not in status:
        raise AssertionError(f"the status is {status!r}")
    return status


def exec_stdin_half_close(target):
    session = target.exec(["sh", "-c", "cat; echo after"], stdin=True)
    session.write_stdin("before\n")
    if session.subprotocol != "v5.channel.k8s.io":
        session.close()
        raise AssertionError(f"{session.subprotocol} cannot end stdin")
    session.close_channel(0)
    want(read_to_end(session), ("before\nafter\n", ""))
    want(session.returncode, 0)


def exec_resize(target):
    session = target.exec(["sh", "-c", "while read -r x; do stty size; done"], stdin=True, tty=True)
    for rows, columns in ((33, 101), (44, 132)):
        session.write_channel(4, f'{{"Width":{columns},"Height":{rows}}}')
        read_until(session, f"{rows} {columns}", type_this="\n")
    session.write_stdin("\x04")
    read_to_end(session)
    want(session.returncode, 0)


# Prints the payload, each MiB when a line has come: the client keeps what it has not yet handed out
# in one growing string, and with 50 MiB on the way it would spend minutes copying that.
OUT_BY_MIB = f"""
exec 3<&0
seq 1 10000000 | head -c {PAYLOAD_SIZE} | while read -r x <&3 && [ "$x" = more ]; do
  dd bs=65536 count=16 iflag=fullblock 2>/dev/null
done"""


def exec_50mib_out(target):
    session = target.exec(["sh", "-c", OUT_BY_MIB], stdin=True, binary=True)
    digest = hashlib.sha256()
    for received in range(MIB, PAYLOAD_SIZE + MIB, MIB):
        session.write_stdin(b"more\n")
        left = MIB
        for _ in deadline(f"{received} bytes"):
            session.update(timeout=1)
            data = session.read_stdout(timeout=0)
            digest.update(data)
            left -= len(data)
            if left <= 0:
                break
    session.write_stdin(b"enough\n")
    for _ in deadline("the end of the session"):
        session.update(timeout=1)
        if not session.is_open():
            break
    want(session.returncode, 0)
    want(digest.hexdigest(), target.args.sha256)


def exec_50mib_in(target):
    session = target.exec(["sh", "-c", f"head -c {PAYLOAD_SIZE} | sha256sum"], stdin=True)
    with open(target.args.payload, "rb") as payload:
        while chunk := payload.read(CHUNK):
            session.write_stdin(chunk)
    out, _ = read_to_end(session)
    want(out.split(" ")[0], target.args.sha256)
    want(session.returncode, 0)


def attach(target):
    session = target.attach()
    read_until(session, "got \n", type_this="\n")
    session.write_stdin("hello\n")
    read_until(session, "got hello\n")
    session.write_stdin("quit\n")
    read_to_end(session)
    want(session.returncode, 0)


def port_forward(target):
    forwarding = target.forward(target.args.echo_port)
    connection = forwarding.socket(target.args.echo_port)
    connection.settimeout(30)
    sent = bytes(range(256)) * (FORWARDED_BYTES // 256)
    got = b""
    for begin in range(0, len(sent), CHUNK):
        connection.sendall(sent[begin : begin + CHUNK])
        while len(got) < begin + CHUNK:
            data = connection.recv(CHUNK)
            if not data:
                raise AssertionError(f"the connection ended after {len(got)} bytes")
            got += data
    want(hashlib.sha256(got).hexdigest(), hashlib.sha256(sent).hexdigest())
    connection.close()
    want(forwarding.error(target.args.echo_port), None)


def port_forward_refused(target):
    forwarding = target.forward(target.args.closed_port)
    connection = forwarding.socket(target.args.closed_port)
    connection.settimeout(30)
    want(connection.recv(1), b"")
    error = forwarding.error(target.args.closed_port)
    if not error or str(target.args.closed_port) not in error:
        raise AssertionError(f"the error is {error!r}")
    return error


CHECKS = {
    "exec-exit-0": exec_exit_0,
    "exec-exit-3": exec_exit_3,
    "exec-missing-command": exec_missing_command,
    "exec-stdin-half-close": exec_stdin_half_close,
    "exec-resize": exec_resize,
    "exec-50MiB-out": exec_50mib_out,
    "exec-50MiB-in": exec_50mib_in,
    "attach": attach,
    "port-forward": port_forward,
    "port-forward-refused": port_forward_refused,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server")
    parser.add_argument("--namespace", default="default")
    parser.add_argument("--pod")
    parser.add_argument("--attach")
    parser.add_argument("--payload")
    parser.add_argument("--sha256")
    parser.add_argument("--echo-port", type=int)
    parser.add_argument("--closed-port", type=int)
    target = Target(parser.parse_args())
    report = Report()
    for name, check in CHECKS.items():
        report.check(name, lambda: check(target))
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
