/*
 * holder RECORD READINESS PROGRAM [ARGUMENT...]
 *
 * Holds what PROGRAM, its worker, must not lose, and starts it again. READINESS is the descriptor on which a launcher
 * waits for the exit status that it is to have, or "-". RECORD is "-", or the descriptor with what the holder had whose
 * place is to be taken; "accepts" asks whether a record of form READINESS could be read.
 */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WORKERS_FIRST = 3 };

static struct pollfd polls[WORKERS_FIRST + DESCRIPTORS];

static void close_range_of(unsigned first, unsigned last) {
  if (first <= last && syscall(SYS_close_range, first, last, 0) != 0)
    for (unsigned fd = first; fd <= last && fd < 65536; fd++) close((int)fd);
}

/* Not to be chosen when memory runs out, if we may. */
static void protect(void) {
  char text[16] = "";
  int fd = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  if (read(fd, text, sizeof text - 1) > 0) {
    core.oom_score = (int32_t)strtol(text, NULL, 10);
    core.flags |= pwrite(fd, "-1000", 5, 0) == 5 ? PROTECTED : 0;
  }
  close(fd);
}

static void become_holder(const char *readiness) {
  unsigned first = STDERR_FILENO + 1;
  if (*readiness != '-') {
    core.readiness = (int)strtol(readiness, NULL, 10);
    core.flags |= DETACHED;
    fcntl(core.readiness, F_SETFD, FD_CLOEXEC);
    close_range_of(first, (unsigned)core.readiness - 1);
    first = (unsigned)core.readiness + 1;
    setsid();
  }
  close_range_of(first, ~0u);
  umask(0022);
  protect();
  core.flags |= FIRST;
  core.first_launch = 1; /* none, for the last is 0 */
}

/* One at a time: of another the next poll tells at once. */
static void read_signal(int heard) {
  struct signalfd_siginfo signal;
  if (read(heard, &signal, sizeof signal) == (ssize_t)sizeof signal && signal.ssi_signo != SIGCHLD)
    on_signal((int)signal.ssi_signo);
}

/* Without a socket it has a negative number, which poll leaves out. */
static struct pollfd wait_for(const struct worker *worker) {
  return (struct pollfd){worker->socket, worker->blocked ? POLLOUT : POLLIN, 0};
}

static void attend(const struct pollfd *poll, struct worker *worker) {
  if (poll->revents == 0 || worker->socket != poll->fd) return;
  if ((poll->revents & POLLOUT) != 0) worker->blocked = false;
  serve(worker);
}

/* From a poll that failed: was interrupted, found no memory, or may by now not watch so many descriptors. */
static void recover(int error, bool asleep) {
  if (error == EINTR) return;
  nanosleep(&(struct timespec){.tv_nsec = LOOK_EVERY}, NULL);
  if (error != EINVAL || !asleep) return;
  core.wake_length = 0;
  start_worker(DESCRIPTOR);
}

static _Noreturn void run(int heard) {
  for (;;) {
    bool more = reap();
    tell_workers();
    polls[0] = (struct pollfd){heard, POLLIN, 0};
    polls[1] = wait_for(&core.active);
    polls[2] = wait_for(&core.candidate);
    bool asleep = core.active.pid == 0 && core.candidate.pid == 0 && core.asleep_since != 0;
    nfds_t watched = asleep ? watch(polls + WORKERS_FIRST) : 0;
    int wait = more || (asleep && (core.signals != 0 || has_ended_child())) ? 0 : milliseconds_left(now());
    if (poll(polls, WORKERS_FIRST + watched, wait) < 0) {
      recover(errno, asleep);
      continue;
    }
    if (polls[0].revents != 0) read_signal(heard);
    attend(&polls[2], &core.candidate);
    attend(&polls[1], &core.active);
    if (asleep) look(polls + WORKERS_FIRST);
    keep_deadlines(now());
  }
}

int main(int count, char **arguments) {
  if (count <= WORKER_ARGUMENTS || strchr(arguments[WORKER_ARGUMENTS], '/') == NULL) {
    say("usage: holder - READINESS|- /PROGRAM [ARGUMENT...]");
    return 2;
  }
  if (strcmp(arguments[RECORD_ARGUMENT], "accepts") == 0)
    return strtol(arguments[READINESS_ARGUMENT], NULL, 10) != RECORDS;
  bool resumes = *arguments[RECORD_ARGUMENT] != '-';
  original_arguments = arguments;
  sigset_t heard = set_signals();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (resumes)
    take_over((int)strtol(arguments[RECORD_ARGUMENT], NULL, 10));
  else
    become_holder(arguments[READINESS_ARGUMENT]);
  int signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0) {
    say("cannot hear signals: %s", strerror(errno));
    return 1;
  }
  if (resumes)
    answer_replace();
  else
    start_worker(FIRST_START);
  run(signals);
}
