/* Children, ours and those that fell to us, and how they ended, until the worker has taken note of it. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REAPED_AT_ONCE = 256, BEFORE_START = 19 };

struct process processes[PROCESSES]; /* without gaps */

/* A number may be given anew once its process is reaped, so that one that has ended may have the same. */
static struct process *find(pid_t pid, uint8_t state, bool known) {
  for (uint32_t i = 0; i < core.processes; i++) {
    struct process *each = &processes[i];
    if (each->state == state && each->pid == pid && each->known == known) return each;
  }
  return NULL;
}

static void forget(struct process *process) { *process = processes[--core.processes]; }

/* Ticks since the machine's start, of a process that nobody has reaped; 0 when it cannot be read. */
static uint64_t began(pid_t pid) {
  char text[1024];
  snprintf(text, sizeof text, "/proc/%d/stat", pid);
  int fd = open(text, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  text[length > 0 ? length : 0] = 0;
  char *field = strrchr(text, ')'); /* the end of a name that may have any bytes in it */
  for (int i = 0; field != NULL && i <= BEFORE_START; i++) field = strchr(field + 1, ' ');
  return field == NULL ? 0 : strtoull(field, NULL, 10);
}

/* Where there is room for it. */
static struct process *note(pid_t pid, uint64_t start, uint64_t tag, bool known) {
  processes[core.processes] =
      (struct process){.pid = pid, .state = RUNNING, .known = known, .began = start, .tag = tag};
  return &processes[core.processes++];
}

static int answer_started(struct call *call, const struct process *process) {
  struct started *started = call->answer;
  *started = (struct started){.pid = process->pid, .began = process->began};
  call->answer_length = sizeof *started;
  return 0;
}

int spawn_for(struct call *call) {
  const struct spawn *request = call->body;
  if (request->count != call->fd_count - 1 || (request->flags & ~(uint32_t)OWN_GROUP) != 0) return EINVAL;
  if (core.processes == PROCESSES) return ENOSPC;
  int fds[SPAWN_FDS]; /* the child writes there, and the caller's are still to be closed */
  memcpy(fds, call->fds + 1, request->count * sizeof *fds);
  struct launch launch = {fds, request->numbers, request->count, (request->flags & OWN_GROUP) != 0, false};
  pid_t pid;
  int error = spawn(call->fds[0], &launch, &pid);
  return error != 0 ? error : answer_started(call, note(pid, began(pid), request->tag, true));
}

static bool is_child(pid_t pid) {
  siginfo_t info;
  return pid > 1 && pid != core.active.pid && pid != core.candidate.pid && pid != core.former.pid &&
         waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* An orphan becomes one whose end is kept, also if it has ended since a launch began. */
int adopt(struct call *call) {
  const struct adopt *request = call->body;
  if (find(request->pid, RUNNING, true) != NULL) return EEXIST;
  bool lives = is_child(request->pid);
  struct process *process = lives ? NULL : find(request->pid, ENDED, false);
  if (!lives && process == NULL) return ESRCH;
  if (lives && core.processes == PROCESSES) return ENOSPC;
  uint64_t start = lives ? began(request->pid) : process->began;
  if (start != 0 && start < request->not_before) return ESRCH;
  if (lives) process = note(request->pid, start, 0, true);
  process->known = true;
  process->tag = request->tag;
  return answer_started(call, process);
}

int list(struct call *call) {
  struct processes *found = call->answer;
  found->count = 0;
  for (found->next = listed_from(call, core.processes); found->next > 0 && found->count < LISTED_PROCESSES;) {
    const struct process *each = &processes[--found->next];
    if (each->known) found->entries[found->count++] = *each;
  }
  call->answer_length = (uint32_t)(offsetof(struct processes, entries) + found->count * sizeof(struct process));
  return 0;
}

static int send_signal(pid_t pid, int number, uint32_t whom) {
  int error = 0;
  if ((whom & GROUP) != 0) error = getpgid(pid) == pid && kill(-pid, number) == 0 ? 0 : ESRCH;
  if ((whom & PROCESS) != 0) error = kill(pid, number) == 0 ? 0 : errno;
  return error;
}

/* Only one that nobody has reaped: its number cannot be another's. */
int signal_process(struct call *call) {
  const struct signal *request = call->body;
  if (request->whom == 0 || request->whom > (PROCESS | GROUP) || request->number < 0 || request->number >= NSIG)
    return EINVAL;
  if (find(request->pid, RUNNING, true) == NULL) return ESRCH;
  return send_signal(request->pid, request->number, request->whom);
}

int acknowledge(struct call *call) {
  const struct started *request = call->body;
  for (uint32_t i = 0; i < core.processes; i++) {
    struct process *each = &processes[i];
    if (each->pid != request->pid || each->began != request->began) continue;
    if (each->state == RUNNING) return EBUSY;
    forget(each);
    return 0;
  }
  return ESRCH;
}

/* An orphan's end is of interest only to a launch that was in progress then. */
int set_launches(struct call *call) {
  const struct launches *request = call->body;
  core.first_launch = request->first;
  core.last_launch = request->last;
  bool none = request->first > request->last;
  for (uint32_t i = core.processes; i-- > 0;)
    if (!processes[i].known && (none || processes[i].tag < request->first)) forget(&processes[i]);
  return 0;
}

/* What waitid has told of a child that can be reaped after it: its number is its own until then. */
static void keep(struct process *process, const siginfo_t *info) {
  process->state = ENDED;
  process->told = false;
  process->code = (uint8_t)info->si_code;
  process->status = info->si_status;
  process->ended = time_of(CLOCK_REALTIME);
}

/* Those known, one by one, where orphans that cannot be kept yet stand before them. */
static void reap_known(void) {
  for (uint32_t i = 0; i < core.processes; i++) {
    siginfo_t info = {0};
    if (processes[i].state == RUNNING &&
        waitid(P_PID, (id_t)processes[i].pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0) {
      keep(&processes[i], &info);
      waitpid(info.si_pid, NULL, WNOHANG);
    }
  }
  for (int i = 0; i < WORKERS; i++) worker_ended(core.workers[i].pid);
}

bool reap(void) {
  for (int i = 0; i < REAPED_AT_ONCE; i++) {
    siginfo_t info = {0};
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return false;
    struct process *process = find(info.si_pid, RUNNING, true);
    if (process == NULL && worker_ended(info.si_pid)) continue;
    if (process == NULL && core.first_launch <= core.last_launch) {
      if (core.processes >= PROCESSES - ROOM_FOR_KNOWN) {
        /* It stays as it is, and so keeps what it has to tell, until there is room. */
        reap_known();
        return false;
      }
      process = note(info.si_pid, began(info.si_pid), core.last_launch, false);
    }
    if (process != NULL) keep(process, &info);
    waitpid(info.si_pid, NULL, WNOHANG);
  }
  return true;
}

bool has_ended_child(void) {
  for (uint32_t i = 0; i < core.processes; i++)
    if (processes[i].state == ENDED && processes[i].known) return true;
  return false;
}

/* To another worker: that the monitor is to stop, and all ends. */
void tell_again(void) {
  if (core.stopping != 0) core.signals |= UINT32_C(1) << core.stopping;
  for (uint32_t i = 0; i < core.processes; i++) processes[i].told = false;
}

void kill_all(void) {
  for (uint32_t i = 0; i < core.processes; i++)
    if (processes[i].state == RUNNING) send_signal(processes[i].pid, SIGKILL, PROCESS | GROUP);
}
