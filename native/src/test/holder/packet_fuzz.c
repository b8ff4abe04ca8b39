/*
 * Packets of any kind, for libFuzzer: an input is a row of them, each of a kind, a number of descriptors, a length and
 * a body; where there is a descriptor, its file has the bytes of the body, and is sealed. The holder's invariants are
 * looked at after each row, and nothing is left open.
 */
#include "../../main/c/holder.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct core untouched;
static int sockets[2];

#define check(holds) checked_at(holds, __LINE__)

static void checked_at(bool holds, int line) {
  if (!holds) {
    fprintf(stderr, "line %d\n", line);
    abort();
  }
}

static int open_fds(void) {
  int count = 0;
  DIR *directory = opendir("/proc/self/fd");
  while (readdir(directory) != NULL) {
    count++;
  }
  closedir(directory);
  return count;
}

static int file_of(const uint8_t *bytes, size_t length) {
  int fd = memfd_create("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  check(write(fd, bytes, length) == (ssize_t)length);
  fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
  return fd;
}

static void send_one(uint16_t kind, unsigned fd_count, const uint8_t *body, size_t length, size_t sent) {
  struct header header = {PROTOCOL_VERSION, kind, (uint32_t)(sizeof header + sent), 1, 0};
  struct iovec parts[] = {{&header, sizeof header}, {(void *)(uintptr_t)body, sent}};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * 8)];
  } control = {.header = {CMSG_LEN(sizeof(int) * fd_count), SOL_SOCKET, SCM_RIGHTS}};
  int fds[8];
  for (unsigned i = 0; i < fd_count; i++) {
    fds[i] = file_of(body, length);
  }
  memcpy(CMSG_DATA(&control.header), fds, sizeof(int) * fd_count);
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  if (fd_count > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
  }
  sendmsg(sockets[1], &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  for (unsigned i = 0; i < fd_count; i++) {
    close(fds[i]);
  }
}

static void clean_up(void) {
  for (uint32_t i = 0; i < core.descriptors; i++) {
    close_fd(&descriptors[i].fd);
  }
  memset(processes, 0, sizeof processes);
  int32_t *kept[] = {&core.state, &core.command, &core.next_command, &core.log, &core.active.socket, &core.candidate.socket};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    close_fd(kept[i]);
  }
  close(sockets[1]);
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length) {
  static const uint16_t lengths[KINDS] = {
      [HELLO] = 4, [READY] = 4, [DEPOSIT] = 60, [WITHDRAW] = 60, [TAKE] = 4, [SPAWN] = 520, [ADOPT] = 24, [LIST] = 4,
      [SIGNAL] = 16, [ACKNOWLEDGE] = 16, [LAUNCHES] = 16, [SLEEP] = 8, [END] = 4, [LOG] = 256, [CHECKED] = 520};
  static int before;
  static const uint8_t zeros[PACKET_BYTES];
  if (before == 0) {
    untouched = core;
    before = open_fds();
  }
  core = untouched;
  check(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0);
  core.active.socket = sockets[0];
  core.active.phase = length > 0 && (input[0] & 1) != 0 ? WORKING : STARTING;
  for (size_t at = 1; at + 4 <= length && core.active.socket >= 0;) {
    uint16_t kind = input[at] % (KINDS + 1);
    unsigned fd_count = input[at + 1] % 8;
    size_t size = input[at + 2] + 256u * (input[at + 3] % 8);
    at += 4;
    size = size > length - at ? length - at : size;
    if (kind != REPLACE) {
      /* The body as it is, or as long as it must be, with what stands there as the file. */
      size_t right = kind < KINDS ? lengths[kind] : 0;
      if (size >= right) {
        send_one(kind, fd_count, input + at, size, fd_count >= 4 ? size : right);
      } else {
        send_one(kind, fd_count, zeros, right, right);
      }
    }
    at += size;
    serve(&core.active);
    tell_workers();
    char answer[PACKET_BYTES + 1];
    char control[2048];
    struct iovec part = {answer, sizeof answer};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    while (recvmsg(sockets[1], &message, MSG_DONTWAIT) > 0) {
      struct cmsghdr *fds = CMSG_FIRSTHDR(&message);
      for (size_t i = 0; fds != NULL && i < (fds->cmsg_len - CMSG_LEN(0)) / sizeof(int); i++) {
        close(((int *)CMSG_DATA(fds))[i]);
      }
      message.msg_controllen = sizeof control;
    }
    check(core.descriptors <= DESCRIPTORS && core.processes <= PROCESSES && core.before_length <= LOG_BYTES);
  }
  clean_up();
  check(open_fds() == before);
  return 0;
}
