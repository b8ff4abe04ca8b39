/* Packets in and out. Whatever a worker sends is looked at before it is used, and answered if it is no good. */
#include "holder.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum { SERVED_AT_ONCE = 16 };

struct packet {
  struct header header;
  _Alignas(8) unsigned char body[PACKET_BYTES - sizeof(struct header)];
};

union control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(sizeof(int) * PACKET_FDS)];
};

/* A request of some kind, as it must be. */
struct form {
  int (*handle)(struct call *call);
  uint16_t length;
  uint8_t least_fds, most_fds;
  uint8_t when; /* in which phases a worker may send it, as bits, and whether a candidate may */
};

enum {
  BEFORE = 1 << STARTING,
  AWAKE = 1 << WORKING,
  YIELDED = 1 << HANDED_OVER,
  ALWAYS = BEFORE | AWAKE,
  STANDBY_TOO = 128
};

static const struct form forms[KINDS] = {
    [HELLO] = {greet, 4, 0, 0, ALWAYS | YIELDED | STANDBY_TOO},
    [READY] = {ready, 4, 0, 0, ALWAYS | STANDBY_TOO},
    [DEPOSIT] = {deposit, sizeof(struct name), 0, 1, ALWAYS},
    [WITHDRAW] = {withdraw, sizeof(struct name), 0, 0, ALWAYS},
    [TAKE] = {take, 4, 0, 0, ALWAYS | YIELDED | STANDBY_TOO},
    [PUT_STATE] = {put_state, 0, 1, 1, ALWAYS},
    [GET_STATE] = {get_state, 0, 0, 0, ALWAYS | YIELDED | STANDBY_TOO},
    [SPAWN] = {spawn_for, sizeof(struct spawn), 1, PACKET_FDS, ALWAYS},
    [ADOPT] = {adopt, sizeof(struct adopt), 0, 0, ALWAYS},
    [LIST] = {list, 4, 0, 0, ALWAYS | YIELDED | STANDBY_TOO},
    [SIGNAL] = {signal_process, sizeof(struct signal), 0, 0, ALWAYS},
    [ACKNOWLEDGE] = {acknowledge, sizeof(struct started), 0, 0, ALWAYS},
    [LAUNCHES] = {set_launches, sizeof(struct launches), 0, 0, ALWAYS},
    [SLEEP] = {go_to_sleep, 8, 0, 0, AWAKE},
    [END] = {end, 4, 0, 0, ALWAYS},
    [LOG] = {set_log, sizeof(struct log), 0, 1, ALWAYS},
    [UPGRADE] = {upgrade, 0, 0, 1, AWAKE},
    [HAND_OVER] = {hand_over, 0, 0, 0, AWAKE},
    [CHECKED] = {checked, sizeof(struct verdict), 0, 0, YIELDED | STANDBY_TOO},
    [REPLACE] = {replace, sizeof(struct verdict), 0, 0, AWAKE},
    [ECHO] = {set_echo, sizeof(struct echo), 0, 0, ALWAYS},
};

static struct packet request, answer;

/* What was sent by one that has closed its end is still there to be read. */
static bool has_room(int socket) { return (room_in(socket) & (POLLOUT | POLLHUP | POLLERR)) != 0; }

/* Descriptors are sent as copies. */
static bool send_packet(int socket, struct header header, const void *body, uint32_t length, const int *copied,
                        unsigned count) {
  static union control control;
  header.version = PROTOCOL_VERSION;
  header.length = (uint32_t)sizeof header + length;
  struct iovec parts[] = {{&header, sizeof header}, {(void *)(uintptr_t)body, length}};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  if (count > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
    control.header = (struct cmsghdr){CMSG_LEN(sizeof(int) * count), SOL_SOCKET, SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.header), copied, sizeof(int) * count);
  }
  return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}

static bool tell(struct worker *worker, uint16_t kind, const void *body, uint32_t length) {
  bool sent =
      has_room(worker->socket) && send_packet(worker->socket, (struct header){.kind = kind}, body, length, NULL, 0);
  worker->blocked |= !sent;
  return sent;
}

/* What is owed is known by what there is, so that nothing is queued; false when the rest has to wait. */
static bool tell_owed(struct worker *worker) {
  static const uint16_t events[] = {CANDIDATE, CANDIDATE, TAKE_OVER, ACTIVE}; /* by the bits of what is owed */
  if (worker->socket < 0 || worker->blocked || worker->phase == STARTING) return false;
  for (unsigned i = 0; worker->owed != 0; i++) {
    if ((worker->owed >> i & 1) == 0) continue;
    struct verdict verdict = {.what = i + 1};
    if (1u << i == OWE_FAILED) {
      verdict.length = (uint32_t)strlen(core.verdict);
      memcpy(verdict.text, core.verdict, verdict.length);
    }
    if (!tell(worker, events[i], &verdict, events[i] == CANDIDATE ? sizeof verdict : 0)) return false;
    worker->owed &= ~(1u << i);
  }
  return true;
}

static void tell_active(void) {
  struct worker *worker = &core.active;
  for (int number = 1; core.signals != 0 && number < 32; number++) {
    if ((core.signals >> number & 1) == 0) continue;
    if (!tell(worker, SIGNALLED, &(uint32_t){(uint32_t)number}, sizeof(uint32_t))) return;
    core.signals &= ~(UINT32_C(1) << number);
  }
  for (uint32_t i = 0; i < core.processes; i++) {
    struct process *each = &processes[i];
    if (each->state != ENDED || !each->known || each->told) continue;
    if (!tell(worker, EXITED, each, sizeof *each)) return;
    each->told = true;
  }
}

void tell_workers(void) {
  if (tell_owed(&core.active) && core.active.phase == WORKING) tell_active();
  tell_owed(&core.candidate);
  if (core.former.socket >= 0) {
    tell(&core.former, RELEASED, NULL, 0);
    close_fd(&core.former.socket); /* which says the same to one that does not read */
  }
}

void answer_replace(void) {
  send_packet(core.active.socket, (struct header){.kind = ANSWER, .sequence = core.successor}, NULL, 0, NULL, 0);
}

/* The one thing that the kernel puts beside a packet, as no option of the socket asks for another. */
static void take_fds(struct msghdr *message, struct call *call) {
  struct cmsghdr *rights = CMSG_FIRSTHDR(message);
  call->fd_count = rights == NULL ? 0 : (unsigned)((rights->cmsg_len - CMSG_LEN(0)) / sizeof(int));
  if (call->fd_count > 0) memcpy(call->fds, CMSG_DATA(rights), call->fd_count * sizeof(int));
}

/* 0, or the errno that the request is answered with. */
static int look_at(const struct call *call, size_t length, int flags) {
  if (length < sizeof(struct header) || request.header.version != PROTOCOL_VERSION) return EPROTO;
  if ((flags & MSG_TRUNC) != 0) return EMSGSIZE;
  if ((flags & MSG_CTRUNC) != 0) return EMFILE; /* there was no number left for some */
  if (request.header.length != length || request.header.word > QUIET) return EPROTO;
  if (request.header.kind >= KINDS || forms[request.header.kind].handle == NULL) return ENOSYS;
  const struct form *form = &forms[request.header.kind];
  if (length - sizeof(struct header) != form->length) return EINVAL;
  if (call->fd_count < form->least_fds || call->fd_count > form->most_fds) return EINVAL;
  if (call->from == &core.candidate && (form->when & STANDBY_TOO) == 0) return EPERM;
  if ((form->when & 1 << call->from->phase) == 0) return EPERM;
  return 0;
}

static void close_all(struct call *call) {
  for (unsigned i = 0; i < call->fd_count; i++) close_fd(&call->fds[i]);
}

static void answer_to(struct call *call, int error) {
  struct worker *worker = call->from;
  struct header header = {.kind = ANSWER, .sequence = request.header.sequence, .word = (uint32_t)error};
  if (worker->socket < 0 || (error == 0 && (request.header.word & QUIET) != 0)) return;
  if (error == 0 &&
      send_packet(worker->socket, header, answer.body, call->answer_length, call->answer_fds, call->answer_fd_count))
    return;
  header.word = (uint32_t)(error != 0 ? error : errno);
  if (!send_packet(worker->socket, header, NULL, 0, NULL, 0)) {
    /* There was room, so it can no longer be told anything. */
    if (errno != EPIPE) say("cannot answer worker %d: %s", (int)worker->pid, strerror(errno));
    hung_up(worker);
  }
}

/* Only as long as there is room for the answer, so that none has to be kept. */
void serve(struct worker *worker) {
  static union control control;
  for (int i = 0; i < SERVED_AT_ONCE && worker->socket >= 0; i++) {
    if (!has_room(worker->socket)) {
      worker->blocked = true;
      return;
    }
    struct iovec part = {&request, sizeof request};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    memset(&request.header, 0, sizeof request.header);
    ssize_t length = recvmsg(worker->socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    struct call call = {
        .from = worker, .sequence = request.header.sequence, .body = request.body, .answer = answer.body};
    if (length >= 0) take_fds(&message, &call);
    if (length <= 0) {
      close_all(&call);
      hung_up(worker);
      return;
    }
    int error = look_at(&call, (size_t)length, message.msg_flags);
    answer_to(&call, error != 0 ? error : forms[request.header.kind].handle(&call));
    close_all(&call);
    if (call.from->phase == LEAVING) close_fd(&call.from->socket);
    worker = call.from;
  }
}
