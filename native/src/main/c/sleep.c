/* While there is no worker: what starts one. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Of what is no pipe, as a terminal: N_TTY_BUF_SIZE of the kernel. */
enum { OTHER_CAPACITY = 4096 };

/* So many peers are taken to be there within a second; a worker may have its own opinion of more. */
enum { MOST_ECHOES = 100 };

static struct echo echo; /* of the worker before: its length is 0 until one has said it */
static bool ended; /* what woke the worker was the end of output, of which nothing was left to read */
static int64_t echoes_since;
static unsigned echoes;

/* What there is to read where something came, or may have come. */
enum need { NOTHING, CAN_WAIT, AT_ONCE };

/* One for each descriptor. For a burst that has begun, what may wait is not watched but looked at, for its end. */
nfds_t watch(struct pollfd *polls) {
  for (uint32_t i = 0; i < core.descriptors; i++) {
    uint8_t rule = descriptors[i].name.rule;
    bool reads = rule == READABLE || (rule > READABLE && core.burst_ends == 0);
    polls[i] = (struct pollfd){rule == NEVER ? -1 : descriptors[i].fd, (short)(reads ? POLLIN : POLLRDHUP), 0};
  }
  return core.descriptors;
}

static void wake(const struct descriptor *by) {
  int held = 0;
  ended = by->name.rule == READABLE_IN_TIME && ioctl(by->fd, FIONREAD, &held) == 0 && held == 0;
  core.wake_length = by->name.length;
  memcpy(core.wake_name, by->name.bytes, by->name.length);
  start_worker(DESCRIPTOR);
}

/* A process that ends closes its output some time before anybody is told of its end. */
void tell_exit_from_output(void) {
  if (core.reason == DESCRIPTOR && ended && has_ended_child()) core.reason = EXIT;
}

static int capacity_of(int fd) {
  int capacity = fcntl(fd, F_GETPIPE_SZ);
  return capacity > 0 ? capacity : OTHER_CAPACITY;
}

int set_echo(struct call *call) {
  const struct echo *said = call->body;
  if (said->known == 0 || said->known > ECHO_BYTES || said->length < said->known || said->length > ECHO_BYTES)
    return EINVAL;
  echo = *said;
  return 0;
}

/* One such message, and nothing else, is sent back; one of which a part is there is waited for: some peers write so. */
static enum need echo_need(int fd) {
  unsigned char bytes[ECHO_BYTES + 1];
  ssize_t length = recv(fd, bytes, sizeof bytes, MSG_PEEK | MSG_DONTWAIT);
  if (length < 0 && errno == EAGAIN) return NOTHING;
  size_t known = length < echo.known ? (size_t)length : echo.known;
  if (length <= 0 || length > echo.length || memcmp(bytes, echo.beginning, known) != 0) return AT_ONCE;
  if (length < echo.length) return CAN_WAIT;
  if (now() - echoes_since > SECOND) {
    echoes_since = now();
    echoes = 0;
  }
  /* A socket has room when far more than this would not wait. */
  if (++echoes > MOST_ECHOES || room_in(fd) != POLLOUT) return AT_ONCE;
  if (send(fd, bytes, (size_t)length, MSG_DONTWAIT | MSG_NOSIGNAL) != length) {
    shutdown(fd, SHUT_RDWR); /* rather than go on behind a part of it */
    return AT_ONCE;
  }
  return recv(fd, bytes, (size_t)length, MSG_DONTWAIT) == length ? NOTHING : AT_ONCE;
}

static enum need pipe_need(int fd, bool seen) {
  int held = 0;
  bool counted = ioctl(fd, FIONREAD, &held) == 0;
  if (!seen && held <= 0) return NOTHING;
  return !counted || held >= capacity_of(fd) / 2 ? AT_ONCE : CAN_WAIT;
}

static enum need need_of(const struct descriptor *of, short seen) {
  bool looked_at = seen != 0 || core.burst_ends != 0;
  if ((seen & ~POLLIN) != 0) return AT_ONCE;
  if (of->name.rule == READABLE_BUT_ECHO) return looked_at ? echo_need(of->fd) : NOTHING;
  if (of->name.rule == READABLE_IN_TIME) return looked_at ? pipe_need(of->fd, seen != 0) : NOTHING;
  return seen != 0 ? AT_ONCE : NOTHING;
}

/* Polls are as watch has made them; each call while a burst is waited for looks how full all is. */
void look(const struct pollfd *polls) {
  int64_t time = now();
  bool burst = core.burst_ends != 0, over = burst && time >= core.burst_ends, waiting = false;
  if (core.signals != 0 || has_ended_child()) {
    start_worker(core.signals != 0 ? SIGNAL_CAME : EXIT);
    return;
  }
  for (uint32_t i = 0; i < core.descriptors; i++) {
    enum need need = need_of(&descriptors[i], polls[i].revents);
    if (need == AT_ONCE || (need == CAN_WAIT && over)) {
      wake(&descriptors[i]);
      return;
    }
    waiting = waiting || need == CAN_WAIT;
  }
  if (!waiting)
    core.burst_ends = 0; /* the rest has come, or somebody else took what came */
  else if (!burst)
    core.burst_ends = time + PATIENCE;
}
