"""usage: measure.py [HOLDERS [SECONDS]]

Memory and processor time of a holder that sleeps with 64 descriptors, and what a spawn through it costs."""

import os
import statistics
import sys
import time

from peer import HOLDER, READABLE_IN_TIME, Holder, command, spawn_body, SPAWN


def rollup(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return {line.split(":")[0]: int(line.split()[1]) for line in file if line.endswith("kB\n")}


def switched(pid):
    with open(f"/proc/{pid}/status") as file:
        return sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)


def percentiles(times):
    times = sorted(times)
    return f"best {times[0] / 1000:.0f} µs, p10 {times[len(times) // 10] / 1000:.0f} µs, p50 {times[len(times) // 2] / 1000:.0f} µs, p99 {times[len(times) * 99 // 100] / 1000:.0f} µs"


def asleep(holder):
    worker = holder.ready_worker()
    for i in range(64):
        reading, writing = os.pipe()
        worker.deposit(f"container {i // 4} stream {i % 4}", reading, READABLE_IN_TIME)
        os.close(reading)
        ends.append(writing)
    worker.run("exit 0")
    ended = worker.exited()
    worker.acknowledge(ended.pid, ended.began)
    worker.sleep()


def spawns(holder, count=500):
    worker = holder.ready_worker()
    nothing = os.open("/dev/null", os.O_RDWR)
    through, direct, asked = [], [], []
    for _ in range(count):
        before = time.monotonic_ns()
        program = command("/bin/true", ["true"], [f"{k}={v}" for k, v in os.environ.items()])
        worker.ask(SPAWN, spawn_body(0, 1, [0, 1, 2]), [program, nothing, nothing, nothing])
        through.append(time.monotonic_ns() - before)
        os.close(program)
        ended = worker.exited()
        worker.acknowledge(ended.pid, ended.began)
        before = time.monotonic_ns()
        pid = os.posix_spawn(
            "/bin/true", ["true"], os.environ, setpgroup=0,
            file_actions=[(os.POSIX_SPAWN_DUP2, nothing, i) for i in range(3)],
        )
        direct.append(time.monotonic_ns() - before)
        os.waitpid(pid, 0)
        before = time.monotonic_ns()
        worker.deposit("x", nothing)
        asked.append(time.monotonic_ns() - before)
    print(f"spawn through the holder: {percentiles(through)}; posix_spawn from here: {percentiles(direct)}")
    print(f"a deposit, answered: {percentiles(asked)}")


ends = []
count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
holders = [Holder() for _ in range(count)]
for each in holders:
    asleep(each)
time.sleep(1)
before = [open(f"/proc/{each.pid}/stat").read().split()[13:15] for each in holders]
switches = [switched(each.pid) for each in holders]
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30
time.sleep(seconds)
after = [open(f"/proc/{each.pid}/stat").read().split()[13:15] for each in holders]
woken = [switched(each.pid) - was for each, was in zip(holders, switches)]
found = [rollup(each.pid) for each in holders]
print(f"{HOLDER}: {count} holders with 64 descriptors each, asleep")
for key in "Private_Dirty", "Private_Clean", "Pss", "Rss":
    print(f"  {key}: {statistics.mean(each[key] for each in found):.0f} KiB each")
print(f"  processor ticks and context switches in {seconds:.0f} s: {before == after and 'none' or after}, {sum(woken)}")
holders.append(Holder())
spawns(holders[-1])
for each in holders:
    each.close()
