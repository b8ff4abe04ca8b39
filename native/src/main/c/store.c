/* Descriptors by name, and the state of the worker: what must not end with it. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct descriptor descriptors[DESCRIPTORS]; /* without gaps */

void close_fd(int32_t *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

void keep_fd(struct call *call, int32_t *place) {
  close_fd(place);
  *place = call->fds[0];
  call->fds[0] = -1;
}

/* Null also for what is no name, for none that is kept has its length. */
static struct descriptor *find(const struct name *name) {
  for (uint32_t i = 0; i < core.descriptors; i++) {
    const struct name *each = &descriptors[i].name;
    if (each->length == name->length && memcmp(each->bytes, name->bytes, name->length) == 0) return &descriptors[i];
  }
  return NULL;
}

/* Without a descriptor it changes the rule of one that is there. */
int deposit(struct call *call) {
  const struct name *name = call->body;
  if (name->length == 0 || name->length > NAME_BYTES || name->rule >= RULES) return EINVAL;
  struct descriptor *slot = find(name);
  if (slot == NULL) {
    if (call->fd_count == 0) return ENOENT;
    if (core.descriptors == DESCRIPTORS) return ENOSPC;
    slot = &descriptors[core.descriptors++];
    slot->fd = -1;
  }
  if (call->fd_count == 1) keep_fd(call, &slot->fd);
  slot->name = *name;
  return 0;
}

int withdraw(struct call *call) {
  struct descriptor *slot = find(call->body);
  if (slot == NULL) return ENOENT;
  close_fd(&slot->fd);
  *slot = descriptors[--core.descriptors];
  return 0;
}

/* Tables are listed from the last to the first: what is taken out meanwhile leaves none out of the list. */
uint32_t listed_from(const struct call *call, uint32_t last) {
  const uint32_t *from = call->body;
  if (*from > UINT16_MAX) return 0; /* no answer has said so */
  return *from == 0 || *from > last ? last : *from;
}

int take(struct call *call) {
  struct names *names = call->answer;
  names->next = listed_from(call, core.descriptors);
  for (names->count = 0; names->next > 0 && names->count < LISTED_DESCRIPTORS; names->count++) {
    const struct descriptor *each = &descriptors[--names->next];
    names->entries[names->count] = each->name;
    call->answer_fds[call->answer_fd_count++] = each->fd;
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
  keep_fd(call, &core.state);
  return 0;
}

int get_state(struct call *call) {
  if (core.state < 0) return ENOENT;
  call->answer_fds[call->answer_fd_count++] = core.state;
  return 0;
}
