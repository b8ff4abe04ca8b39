/* Another holder in the place of this one, in the same process: children, descriptors and state stay as they are. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

char **original_arguments;

static struct iovec parts[3];

static ssize_t whole(void) {
  parts[0] = (struct iovec){&core, sizeof core};
  parts[1] = (struct iovec){descriptors, core.descriptors * sizeof *descriptors};
  parts[2] = (struct iovec){processes, core.processes * sizeof *processes};
  return (ssize_t)(parts[0].iov_len + parts[1].iov_len + parts[2].iov_len);
}

static void set_kept(int fd, bool kept) {
  if (fd >= 0) fcntl(fd, F_SETFD, kept ? 0 : FD_CLOEXEC);
}

static void set_all_kept(bool kept) {
  for (int i = 0; i < WORKERS; i++) set_kept(core.workers[i].socket, kept);
  for (int i = 0; i < CORE_FDS; i++) set_kept(core.fds[i], kept);
  for (uint32_t i = 0; i < core.descriptors; i++) set_kept(descriptors[i].fd, kept);
}

/* Returns only when it could not be done; else the successor answers. */
int replace(struct call *call) {
  const struct verdict *path = call->body;
  char name[TEXT_BYTES + 1] = {0};
  static char number[16];
  if (path->length == 0 || path->length > TEXT_BYTES || path->text[0] != '/') return EINVAL;
  memcpy(name, path->text, path->length);
  int record = memfd_create("holder", 0);
  if (record < 0) return errno;
  core.successor = call->sequence;
  ssize_t length = whole();
  if (writev(record, parts, 3) == length && lseek(record, 0, SEEK_SET) == 0) {
    snprintf(number, sizeof number, "%d", record);
    original_arguments[RECORD_ARGUMENT] = number;
    set_all_kept(true);
    execve(name, original_arguments, environ);
  }
  int error = errno;
  set_all_kept(false);
  close(record);
  return error;
}

void take_over(int record) {
  bool fits = read(record, &core, sizeof core) == (ssize_t)sizeof core && core.magic == RECORD_MAGIC &&
              core.records == RECORDS && core.descriptors <= DESCRIPTORS && core.processes <= PROCESSES;
  ssize_t rest = whole() - (ssize_t)sizeof core;
  if (!fits || readv(record, parts + 1, 2) != rest) {
    say("cannot take over from another holder: its record is not of form %d", RECORDS);
    exit(1);
  }
  close(record);
  /* Of a holder that left gaps in its tables. */
  for (uint32_t i = core.descriptors; i-- > 0;)
    if (descriptors[i].fd < 0) descriptors[i] = descriptors[--core.descriptors];
  for (uint32_t i = core.processes; i-- > 0;)
    if (processes[i].state == 0) processes[i] = processes[--core.processes];
  set_all_kept(false);
}
