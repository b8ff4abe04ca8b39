/* While there is no worker: what starts one. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* Of what is no pipe, as a terminal: N_TTY_BUF_SIZE of the kernel. */
enum { OTHER_CAPACITY = 4096 };

/* For a burst that has begun, what may wait is not watched but looked at, for its end. */
nfds_t watch(struct pollfd *polls) {
  nfds_t count = 0;
  for (uint32_t i = 0; i < core.descriptors; i++) {
    struct descriptor *each = &descriptors[i];
    if (each->fd < 0 || each->name.rule == NEVER) continue;
    bool reads = each->name.rule == READABLE || (each->name.rule == READABLE_IN_TIME && core.burst_ends == 0);
    polls[count++] = (struct pollfd){each->fd, (short)(reads ? POLLIN : POLLRDHUP), 0};
  }
  return count;
}

static void wake(const struct name *name) {
  core.wake_length = name->length;
  memcpy(core.wake_name, name->bytes, name->length);
  start_worker(DESCRIPTOR);
}

static bool is_half_full(int fd) {
  int held = 0;
  int capacity = fcntl(fd, F_GETPIPE_SZ);
  return ioctl(fd, FIONREAD, &held) != 0 || held >= (capacity > 0 ? capacity : OTHER_CAPACITY) / 2;
}

/* Polls are as watch has made them; each call while a burst is waited for looks how full all is. */
void look(const struct pollfd *polls) {
  int64_t time = now();
  bool burst = core.burst_ends != 0, over = burst && time >= core.burst_ends;
  const struct name *waiting = NULL;
  if (core.signals != 0 || has_ended_child()) {
    start_worker(core.signals != 0 ? SIGNAL_CAME : EXIT);
    return;
  }
  for (uint32_t i = 0; i < core.descriptors; i++) {
    struct descriptor *each = &descriptors[i];
    if (each->fd < 0 || each->name.rule == NEVER) continue;
    const struct pollfd *poll = polls++;
    bool may_wait = each->name.rule == READABLE_IN_TIME;
    if ((poll->revents & ~POLLIN) != 0 || (poll->revents != 0 && !may_wait)) {
      wake(&each->name);
      return;
    }
    int held = 0;
    if (may_wait && (poll->revents != 0 || (burst && ioctl(each->fd, FIONREAD, &held) == 0 && held > 0))) {
      if (over || is_half_full(each->fd)) {
        wake(&each->name);
        return;
      }
      waiting = &each->name;
    }
  }
  if (!burst && waiting != NULL)
    core.burst_ends = time + PATIENCE;
  else if (over)
    core.burst_ends = 0; /* what came was taken by somebody else */
}
