/*
 * Packets of any kind, for libFuzzer: an input is a row of them, each of a kind, a number of descriptors, a length and
 * a body; where there is a descriptor, its file has the bytes of the body, and is sealed. They come from the active
 * worker and from a candidate, wherever both may stand. The holder's invariants are looked at after each packet, and
 * nothing is left open.
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
/* The workers' ends: the active one's, and the candidate's of an upgrade. */
static int ends[2];

/* No process has these numbers. */
enum { ACTIVE_PID = 0x7ffffff0, CANDIDATE_PID };

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

static void send_one(int end, uint16_t kind, unsigned fd_count, const uint8_t *body, size_t length, size_t sent) {
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
  sendmsg(end, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  for (unsigned i = 0; i < fd_count; i++) {
    close(fds[i]);
  }
}

static void clean_up(void) {
  for (uint32_t i = 0; i < core.descriptors; i++) {
    close_fd(&descriptors[i].fd);
  }
  memset(processes, 0, sizeof processes);
  for (int i = 0; i < CORE_FDS; i++) {
    close_fd(&core.fds[i]);
  }
  for (int i = 0; i < WORKERS; i++) {
    close_fd(&core.workers[i].socket);
  }
  close(ends[0]);
  close(ends[1]);
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
}

static int connect_to(struct worker *worker, int32_t pid, uint32_t phase) {
  int pair[2];
  check(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
  *worker = (struct worker){.pid = pid, .socket = pair[0], .phase = phase};
  return pair[1];
}

/* Reads all that it was sent, and closes what came with it. */
static void drain(int end) {
  char answer[PACKET_BYTES + 1];
  char control[2048];
  struct iovec part = {answer, sizeof answer};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  while (recvmsg(end, &message, MSG_DONTWAIT) > 0) {
    struct cmsghdr *fds = CMSG_FIRSTHDR(&message);
    for (size_t i = 0; fds != NULL && i < (fds->cmsg_len - CMSG_LEN(0)) / sizeof(int); i++) {
      close(((int *)CMSG_DATA(fds))[i]);
    }
    message.msg_controllen = sizeof control;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length) {
  static const uint16_t lengths[KINDS] = {
      [HELLO] = 4, [READY] = 4, [DEPOSIT] = 60, [WITHDRAW] = 60, [TAKE] = 4, [SPAWN] = 520, [ADOPT] = 24, [LIST] = 4,
      [SIGNAL] = 16, [ACKNOWLEDGE] = 16, [LAUNCHES] = 16, [SLEEP] = 8, [END] = 4, [LOG] = 256, [CHECKED] = 520,
      [ECHO] = 40};
  static int before;
  static const uint8_t zeros[PACKET_BYTES];
  if (before == 0) {
    static char *arguments[] = {"holder", "-", "-", "/worker", NULL};
    original_arguments = arguments;
    untouched = core;
    before = open_fds();
  }
  core = untouched;
  /* Before READY, after it, or in an upgrade: before its READY, after it, or after HAND_OVER. */
  static const uint32_t actives[] = {STARTING, WORKING, WORKING, WORKING, HANDED_OVER};
  static const uint32_t candidates[] = {ABSENT, ABSENT, STARTING, WORKING, HANDED_OVER};
  unsigned stage = length > 0 ? input[0] % 5 : 0;
  ends[0] = connect_to(&core.active, ACTIVE_PID, actives[stage]);
  ends[1] = candidates[stage] == ABSENT ? -1 : connect_to(&core.candidate, CANDIDATE_PID, candidates[stage]);
  for (size_t at = 1; at + 4 <= length && (core.active.socket >= 0 || core.candidate.socket >= 0);) {
    int end = ends[ends[1] >= 0 && (input[at] & 128) != 0];
    uint16_t kind = (input[at] & 127) % (KINDS + 1);
    unsigned fd_count = input[at + 1] % 8;
    size_t size = input[at + 2] + 256u * (input[at + 3] % 8);
    at += 4;
    size = size > length - at ? length - at : size;
    if (kind != REPLACE) {
      /* The body as it is, or as long as it must be, with what stands there as the file. */
      size_t right = kind < KINDS ? lengths[kind] : 0;
      if (size >= right) {
        send_one(end, kind, fd_count, input + at, size, fd_count >= 4 ? size : right);
      } else {
        send_one(end, kind, fd_count, zeros, right, right);
      }
    }
    at += size;
    serve(&core.candidate);
    serve(&core.active);
    tell_workers();
    drain(ends[0]);
    drain(ends[1]);
    check(core.descriptors <= DESCRIPTORS && core.processes <= PROCESSES && core.before_length <= LOG_BYTES);
  }
  clean_up();
  check(open_fds() == before);
  return 0;
}
