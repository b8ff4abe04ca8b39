/* What the holder says, to where its worker says what it has to say. It never waits for a reader. */
#include "holder.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

int64_t time_of(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

int64_t now(void) { return time_of(CLOCK_MONOTONIC); }

int room_in(int fd) {
  struct pollfd room = {fd, POLLOUT, 0};
  return poll(&room, 1, 0) == 1 ? room.revents : 0;
}

/* The worker knows what stands before a message there, so that the holder need not know journals. */
int set_log(struct call *call) {
  const struct log *log = call->body;
  if (log->length > sizeof log->before) return EINVAL;
  if (call->fd_count == 0)
    close_fd(&core.log);
  else
    keep_fd(call, &core.log);
  core.before_length = log->length;
  memcpy(core.before, log->before, log->length);
  return 0;
}

void say(const char *format, ...) {
  char message[1024];
  va_list values;
  va_start(values, format);
  vsnprintf(message, sizeof message, format, values);
  va_end(values);
  for (char *each = message; *each != 0; each++)
    if ((unsigned char)*each < ' ') *each = ' ';
  struct iovec parts[] = {{core.before, core.before_length}, {message, strlen(message)}, {"\n", 1}};
  int fd = core.log >= 0 ? core.log : STDERR_FILENO;
  if ((room_in(fd) & POLLOUT) != 0) (void)!writev(fd, parts, 3);
}
