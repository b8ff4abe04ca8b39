/* Descriptors by name, and the state of the worker: what must not end with it. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct descriptor descriptors[DESCRIPTORS];

void close_fd(int32_t *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

int keep_fd(struct call *call, unsigned index) {
  int fd = call->fds[index];
  call->fds[index] = -1;
  return fd;
}

static struct descriptor *find(const struct name *name) {
  for (uint32_t i = 0; i < core.descriptors; i++) {
    struct descriptor *each = &descriptors[i];
    if (each->fd >= 0 && each->name.length == name->length && memcmp(each->name.bytes, name->bytes, name->length) == 0)
      return each;
  }
  return NULL;
}

static struct descriptor *free_slot(void) {
  for (uint32_t i = 0; i < core.descriptors; i++)
    if (descriptors[i].fd < 0) return &descriptors[i];
  if (core.descriptors == DESCRIPTORS) return NULL;
  return &descriptors[core.descriptors++];
}

static bool is_name(const struct name *name) {
  return name->length > 0 && name->length <= NAME_BYTES && name->rule < RULES;
}

/* Without a descriptor it changes the rule of one that is there. */
int deposit(struct call *call) {
  const struct name *name = call->body;
  if (!is_name(name)) return EINVAL;
  struct descriptor *slot = find(name);
  if (call->fd_count == 0) {
    if (slot == NULL) return ENOENT;
    slot->name.rule = name->rule;
    return 0;
  }
  if (slot != NULL)
    close_fd(&slot->fd);
  else
    slot = free_slot();
  if (slot == NULL) return ENOSPC;
  slot->fd = keep_fd(call, 0);
  slot->name = *name;
  return 0;
}

int withdraw(struct call *call) {
  const struct name *name = call->body;
  struct descriptor *slot = is_name(name) ? find(name) : NULL;
  if (slot == NULL) return ENOENT;
  close_fd(&slot->fd);
  while (core.descriptors > 0 && descriptors[core.descriptors - 1].fd < 0) core.descriptors--;
  return 0;
}

int take(struct call *call) {
  struct names *names = call->answer;
  uint32_t from;
  memcpy(&from, call->body, sizeof from);
  names->next = 0;
  names->count = 0;
  for (uint32_t i = from; i < core.descriptors; i++) {
    if (descriptors[i].fd < 0) continue;
    if (names->count == LISTED_DESCRIPTORS) {
      names->next = i;
      break;
    }
    names->entries[names->count++] = descriptors[i].name;
    call->answer_fds[call->answer_fd_count++] = descriptors[i].fd;
  }
  call->answer_length = (uint32_t)(offsetof(struct names, entries) + names->count * sizeof(struct name));
  return 0;
}

/* What nobody can change or cut off while it is used. */
bool is_sealed(int fd) {
  const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  int found = fcntl(fd, F_GET_SEALS);
  return found >= 0 && (found & seals) == seals;
}

int put_state(struct call *call) {
  if (!is_sealed(call->fds[0])) return EINVAL;
  close_fd(&core.state);
  core.state = keep_fd(call, 0);
  return 0;
}

int get_state(struct call *call) {
  if (core.state < 0) return ENOENT;
  call->answer_fds[call->answer_fd_count++] = core.state;
  return 0;
}
