/* The workers: why one is started, what its end means, and how one follows the other. */
#include "holder.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct worker no_worker = {.socket = -1};

struct core core = {.magic = RECORD_MAGIC,
                    .records = RECORDS,
                    .workers = {{.socket = -1}, {.socket = -1}, {.socket = -1}},
                    .fds = {-1, -1, -1, -1, -1}};

static void drop(struct worker *worker) {
  close_fd(&worker->socket);
  if (worker->pid > 0) kill(worker->pid, SIGKILL);
}

/* It may be ending, and its status is of interest. */
void hung_up(struct worker *worker) {
  close_fd(&worker->socket);
  worker->deadline = now() + LEAVE_LIMIT / 5;
}

/* With the exit status that the launcher is to have, if it still waits. */
static void answer_launcher(int status) {
  char text[16];
  int length = snprintf(text, sizeof text, "%d", status);
  if (core.readiness >= 0) (void)!write(core.readiness, text, (size_t)length);
  close_fd(&core.readiness);
}

static _Noreturn void finish(int status) {
  for (int i = 0; i < WORKERS; i++) drop(&core.workers[i]);
  answer_launcher(status);
  exit(status);
}

static int launch_worker(struct worker *worker, int command) {
  static const uint16_t numbers[] = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, WORKER_SOCKET};
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return errno;
  int words = worker == &core.candidate && (core.flags & DETACHED) != 0 ? hear_words() : -1;
  int fds[] = {STDIN_FILENO, STDOUT_FILENO, words < 0 ? STDERR_FILENO : words, pair[1]};
  struct launch launch = {fds, numbers, sizeof numbers / sizeof *numbers, true, true};
  pid_t pid;
  int error = spawn(command, &launch, &pid);
  close(pair[1]);
  if (error != 0) {
    close(pair[0]);
    return error;
  }
  core.starts++;
  *worker = (struct worker){.pid = pid, .socket = pair[0], .phase = STARTING};
  if ((core.flags & FIRST) == 0) worker->deadline = now() + START_LIMIT;
  return 0;
}

/* One after the other at once, then ever later, and at last once a minute. */
static void crashed(void) {
  int64_t time = now();
  unsigned recent = 0;
  core.crashed[core.crashes++ % CRASHES] = time;
  for (unsigned i = 0; i < CRASHES; i++) recent += core.crashed[i] != 0 && time - core.crashed[i] < CRASH_WINDOW;
  bool failing = recent == CRASHES || ((core.flags & FAILING) != 0 && time - core.started < CRASH_WINDOW);
  int64_t delay = recent <= 1 ? 0 : (100 * MILLISECOND) << (recent - 2);
  if (core.stopping != 0) {
    delay = 200 * MILLISECOND;
  } else if (failing) {
    delay = RETRY;
    say("workers end again and again (%u times so far): tried once a minute from now on, containers go on",
        core.crashes);
  }
  core.flags = failing ? core.flags | FAILING : core.flags & ~(uint32_t)FAILING;
  core.asleep_since = 0;
  core.restart_at = time + delay;
}

void start_worker(enum reason reason) {
  int64_t time = now();
  if (core.asleep_since != 0) core.asleep += time - core.asleep_since;
  core.reason = reason;
  core.started = time;
  core.wake_at = core.restart_at = core.burst_ends = 0;
  core.farewell = NO_FAREWELL;
  int error = launch_worker(&core.active, core.command);
  if (error != 0) {
    say("cannot start a worker: %s", strerror(error));
    if ((core.flags & FIRST) != 0) finish(1);
    crashed();
  }
}

/* The other one, if it still is, goes on as if nothing had been. It tells the text, a whole clause, as it is. */
static void candidate_failed(const char *text) {
  say("upgrade failed: %s", text);
  drop(&core.candidate);
  core.former = core.candidate;
  core.former.deadline = 0;
  core.candidate = no_worker;
  close_fd(&core.next_command);
  forget_words();
  snprintf(core.verdict, sizeof core.verdict, "%s", text);
  if (core.active.pid == 0) {
    crashed();
  } else {
    core.active.phase = core.active.phase == HANDED_OVER ? WORKING : core.active.phase;
    core.active.owed |= OWE_FAILED;
  }
}

static void describe(int status, char *text, size_t size) {
  if (WIFEXITED(status))
    snprintf(text, size, "ended with %d", WEXITSTATUS(status));
  else
    snprintf(text, size, "was killed by signal %d", WTERMSIG(status));
}

static void candidate_ended(int status) {
  char how[48];
  char text[TEXT_BYTES + 1];
  describe(status, how, sizeof how);
  snprintf(text, sizeof text, "its worker %s", how);
  add_words(text, sizeof text);
  candidate_failed(text);
}

static void active_ended(struct worker ended, int status) {
  if (core.farewell == FOR_EVER) finish((int)core.farewell_status);
  if (core.farewell == TO_SLEEP) {
    core.sleeps++;
    core.asleep_since = now();
    return;
  }
  if ((core.flags & FIRST) != 0) finish(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  char how[48];
  describe(status, how, sizeof how);
  say("worker %d %s; another one is started", (int)ended.pid, how);
  if (ended.phase == HANDED_OVER && core.candidate.pid > 0) return; /* which has all that there was */
  if (core.candidate.pid > 0)
    candidate_failed("the old worker has ended");
  else
    crashed();
}

bool worker_ended(pid_t pid) {
  for (struct worker *worker = core.workers; worker < core.workers + WORKERS; worker++) {
    struct worker ended = *worker;
    struct rusage use;
    int status = 0;
    if (pid <= 0 || ended.pid != pid || wait4(pid, &status, WNOHANG, &use) != pid) continue;
    core.worker_time +=
        (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * SECOND + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1000;
    core.last_status = status;
    close_fd(&ended.socket);
    *worker = no_worker;
    if (worker == &core.active)
      active_ended(ended, status);
    else if (worker == &core.candidate)
      candidate_ended(status);
    return true;
  }
  return false;
}

void on_signal(int number) {
  if ((number == SIGTERM || number == SIGINT) && core.stopping == 0) {
    core.stopping = number;
    core.stopping_since = now();
    core.stop_deadline = core.stopping_since + STOP_LIMIT;
  }
  core.signals |= UINT32_C(1) << number;
  if (core.restart_at != 0 && core.stopping != 0) core.restart_at = now();
}

/* There is no worker, or none that could do it in time. */
static _Noreturn void stop_at_once(void) {
  say("ending although not all is done: processes that are left are killed");
  kill_all();
  for (int i = 0; i < 40 && waitid(P_ALL, 0, &(siginfo_t){0}, WEXITED | WNOHANG) == 0; i++)
    nanosleep(&(struct timespec){.tv_nsec = 10 * MILLISECOND}, NULL);
  finish(1);
}

static bool is_past(int64_t deadline, int64_t time) { return deadline != 0 && deadline <= time; }

void keep_deadlines(int64_t time) {
  if (is_past(core.stop_deadline, time)) stop_at_once();
  if (is_past(core.candidate.deadline, time)) candidate_failed("its worker did not answer in time");
  for (struct worker *each = core.workers; each < core.workers + WORKERS; each++) {
    if (!is_past(each->deadline, time)) continue;
    say("worker %d does not %s: killed", (int)each->pid, each->phase == STARTING ? "become ready" : "end");
    each->deadline = 0;
    drop(each);
  }
  if (core.active.pid != 0 || core.candidate.pid != 0) return;
  if (is_past(core.restart_at, time))
    start_worker(CRASH);
  else if (is_past(core.wake_at, time))
    start_worker(TIME);
}

int milliseconds_left(int64_t time) {
  const int64_t all[] = {core.stop_deadline,   core.active.deadline, core.candidate.deadline,
                         core.former.deadline, core.restart_at,      core.active.pid == 0 ? core.wake_at : 0};
  int64_t next = time + (core.burst_ends != 0 ? LOOK_EVERY : LONGEST_POLL);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i] != 0 && all[i] < next) next = all[i];
  return next <= time ? 0 : (int)((next - time + MILLISECOND - 1) / MILLISECOND);
}

int greet(struct call *call) {
  const uint32_t *version = call->body;
  if (*version != PROTOCOL_VERSION) return EPROTONOSUPPORT;
  bool standby = call->from == &core.candidate;
  struct welcome *welcome = call->answer;
  if (!standby) tell_exit_from_output();
  *welcome = (struct welcome){
      .protocol = PROTOCOL_VERSION,
      .pid = getpid(),
      .flags = core.flags | (standby ? STANDBY : 0) | (core.stopping != 0 ? STOPPING : 0),
      .reason = standby ? UPGRADED : core.reason,
      .oom_score = core.oom_score,
      .records = RECORDS,
      .starts = core.starts,
      .crashes = core.crashes,
      .sleeps = core.sleeps,
      .last_status = core.last_status,
      .asleep_since = core.asleep_since,
      .started = core.started,
      .asleep = core.asleep,
      .worker_time = core.worker_time,
      .stopping_since = core.stopping_since,
      .name_length = core.reason == DESCRIPTOR ? core.wake_length : 0,
  };
  memcpy(welcome->name, core.wake_name, welcome->name_length);
  call->answer_length = sizeof *welcome;
  return 0;
}

int ready(struct call *call) {
  const uint32_t *which = call->body;
  if (call->from->phase != STARTING) return EALREADY;
  if (call->from == &core.candidate) {
    call->from->deadline = now() + START_LIMIT;
    core.active.owed |= OWE_READY;
  } else {
    /* Whoever called the launcher may wait for the end of these. */
    if ((core.flags & FIRST) != 0 && !replace_standard(*which)) return errno;
    core.flags &= ~(uint32_t)FIRST;
    answer_launcher(0);
    call->from->deadline = 0;
    tell_again();
  }
  call->from->phase = WORKING;
  return 0;
}

static void leave(struct worker *worker) {
  worker->phase = LEAVING;
  worker->deadline = now() + LEAVE_LIMIT;
}

int go_to_sleep(struct call *call) {
  if (core.candidate.pid > 0) return EBUSY;
  if (core.signals != 0 || core.stopping != 0 || has_ended_child() || core.sleeps >= MOST_SLEEPS) return EAGAIN;
  core.wake_at = *(const int64_t *)call->body;
  core.farewell = TO_SLEEP;
  leave(call->from);
  return 0;
}

int end(struct call *call) {
  core.farewell_status = *(const uint32_t *)call->body & 0xff;
  core.farewell = FOR_EVER;
  leave(call->from);
  return 0;
}

/* Without a command, that of the one in progress is given up. */
int upgrade(struct call *call) {
  if (call->fd_count == 0) {
    if (core.candidate.pid == 0) return ESRCH;
    candidate_failed("it was given up");
    return 0;
  }
  if (core.candidate.pid > 0 || core.former.pid > 0) return EBUSY;
  int error = launch_worker(&core.candidate, call->fds[0]);
  if (error == 0)
    keep_fd(call, &core.next_command);
  else
    forget_words();
  return error;
}

int hand_over(struct call *call) {
  if (core.candidate.phase != WORKING) return EAGAIN;
  call->from->phase = HANDED_OVER;
  core.candidate.phase = HANDED_OVER;
  core.candidate.owed |= OWE_TAKE_OVER;
  core.candidate.deadline = now() + HAND_OVER_LIMIT;
  return 0;
}

int checked(struct call *call) {
  const struct verdict *verdict = call->body;
  if (call->from != &core.candidate || call->from->phase != HANDED_OVER || verdict->length > TEXT_BYTES) return EPROTO;
  if (verdict->what != 0) {
    char text[TEXT_BYTES + 1] = "its worker: ";
    size_t start = strlen(text);
    size_t room = sizeof text - 1 - start;
    memcpy(text + start, verdict->text, verdict->length < room ? verdict->length : room);
    candidate_failed(text);
    return 0;
  }
  if (core.active.pid > 0) leave(&core.active);
  core.former = core.active;
  core.active =
      (struct worker){.pid = core.candidate.pid, .socket = core.candidate.socket, .phase = WORKING, .owed = OWE_ACTIVE};
  core.candidate = no_worker;
  forget_words();
  call->from = &core.active;
  close_fd(&core.command);
  core.command = core.next_command;
  core.next_command = -1;
  core.started = now();
  core.reason = UPGRADED;
  tell_again();
  return 0;
}
