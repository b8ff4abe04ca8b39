/* Starting programs: what they are given in memory files, and how they become themselves. */
#include "holder.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LAST_STANDARD = 2, STACK_BYTES = 64 * 1024 /* of which a page or two are used */ };

struct program {
  struct command *command; /* mapped, or null */
  size_t length;
  char *path, *directory, **arguments, **environment;
  const struct launch *launch;
  int error; /* why the child could not become it */
};

/* Walks the strings of a mapped command and writes down where each begins. */
static int find_strings(struct program *program) {
  struct command *command = program->command;
  uint64_t count = (uint64_t)command->arguments + command->variables + 2;
  if (command->version != COMMAND_VERSION || command->arguments == 0 || count > COMMAND_BYTES / 8) return EINVAL;
  char **pointers = (char **)(command + 1);
  char *next = (char *)(pointers + count);
  char *end = (char *)command + program->length;
  if (next >= end || end[-1] != 0) return EINVAL;
  for (uint64_t i = 0; i < count; i++) {
    if (next == end) return EINVAL;
    if (i < 2)
      *(i == 0 ? &program->path : &program->directory) = next;
    else
      pointers[i - 2 < command->arguments ? i - 2 : i - 1] = next;
    next += strlen(next) + 1;
  }
  pointers[command->arguments] = pointers[count - 1] = NULL;
  program->arguments = pointers;
  program->environment = pointers + command->arguments + 1;
  return next == end && strchr(program->path, '/') != NULL ? 0 : EINVAL;
}

/* The file cannot change or shrink while it is mapped. The pointers are written into pages of our own. */
static int open_program(int fd, struct program *program) {
  struct stat status;
  if (!is_sealed(fd) || fstat(fd, &status) != 0 || status.st_size < (off_t)sizeof(struct command)) return EINVAL;
  if (status.st_size > COMMAND_BYTES) return E2BIG;
  program->length = (size_t)status.st_size;
  program->command = mmap(NULL, program->length, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  if (program->command == MAP_FAILED) return errno;
  int error = find_strings(program);
  if (error != 0) munmap(program->command, program->length);
  return error;
}

/*
 * What is neither heard, through a descriptor, nor tells of a fault is ignored, whoever sends it: ALRM, PROF, XCPU, IO,
 * PWR, RTMIN, … A worker starts with the same, which the Java VM keeps. What is heard is never ignored, not for a
 * moment: it may have come while this holder took the place of another, and a child's end would be lost.
 */
sigset_t set_signals(void) {
  static const int all[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGCHLD, SIGUSR2};
  static const int kept[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE,  SIGSEGV,
                             SIGSYS, SIGTSTP, SIGCONT, SIGURG, SIGWINCH};
  sigset_t heard;
  sigemptyset(&heard);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sigaddset(&heard, all[i]);
  sigprocmask(SIG_SETMASK, &heard, NULL);
  for (int i = 1; i < NSIG; i++) signal(i, sigismember(&heard, i) == 1 ? SIG_DFL : SIG_IGN);
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) signal(kept[i], SIG_DFL);
  sigaction(SIGCHLD, &(struct sigaction){.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP}, NULL);
  return heard;
}

bool replace_standard(uint32_t which) {
  for (int number = 0; number <= LAST_STANDARD; number++) {
    if ((which >> number & 1) == 0) continue;
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || (nothing != number && (dup2(nothing, number) < 0 || close(nothing) != 0))) return false;
  }
  return true;
}

/* Nothing that it opened may keep one of the numbers that the child is to have, so all move above them first. */
static bool place(const struct launch *launch) {
  int above = LAST_STANDARD + 1;
  uint32_t missing = 7; /* of 0, 1 and 2, as bits */
  for (unsigned i = 0; i < launch->count; i++) {
    int number = launch->numbers[i];
    above = number >= above ? number + 1 : above;
    if (number <= LAST_STANDARD) missing &= ~(UINT32_C(1) << number);
  }
  for (unsigned i = 0; i < launch->count; i++) {
    launch->fds[i] = fcntl(launch->fds[i], F_DUPFD_CLOEXEC, above);
    if (launch->fds[i] < 0) return false;
  }
  if (!replace_standard(missing)) return false;
  for (unsigned i = 0; i < launch->count; i++)
    if (dup2(launch->fds[i], launch->numbers[i]) < 0) return false;
  return true;
}

/* Upwards from -1000, which needs no privilege: a child as the launcher was, a worker 900 milder than the holder. */
static void set_oom_score(bool is_worker) {
  char text[16];
  int length = snprintf(text, sizeof text, "%d", is_worker ? -100 : (int)core.oom_score);
  int fd = open("/proc/self/oom_score_adj", O_WRONLY);
  if (fd >= 0) {
    (void)!write(fd, text, (size_t)length);
    close(fd);
  }
}

/* Past the C library, which keeps two for itself and whose posix_spawn has them ignored in whoever it starts. */
static void use_default(int number) {
  static const unsigned long action[4]; /* the kernel's struct sigaction: handler, flags, restorer, mask */
  syscall(SYS_rt_sigaction, number, action, NULL, sizeof *action);
}

static void clean_signals(bool is_worker) {
  sigset_t freed;
  sigfillset(&freed);
  if (is_worker) {
    signal(SIGUSR2, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&freed);
    sigaddset(&freed, SIGUSR2);
  } else {
    for (int i = 1; i < NSIG; i++) use_default(i);
  }
  sigprocmask(SIG_UNBLOCK, &freed, NULL);
}

/* In the child. */
static int become(void *argument) {
  struct program *program = argument;
  const struct launch *launch = program->launch;
  if ((core.flags & PROTECTED) != 0) set_oom_score(launch->is_worker);
  if ((!launch->own_group || setpgid(0, 0) == 0) && (*program->directory == 0 || chdir(program->directory) == 0) &&
      place(launch)) {
    clean_signals(launch->is_worker);
    execve(program->path, program->arguments, program->environment);
  }
  program->error = errno;
  return 127;
}

/*
 * The child has our memory, and a stack of its own, until it is another program, and we stand still until then: so it
 * takes no time to make, and can say here why it could not. This is what posix_spawn does, which allocates.
 */
int spawn(int command, const struct launch *launch, pid_t *pid) {
  static _Alignas(16) char stack[STACK_BYTES];
  char **arguments = original_arguments + WORKER_ARGUMENTS;
  struct program program = {
      .path = arguments[0], .directory = "", .arguments = arguments, .environment = environ, .launch = launch};
  int error = command < 0 ? 0 : open_program(command, &program);
  if (error != 0) return error;
  *pid = clone(become, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &program);
  error = *pid < 0 ? errno : program.error;
  if (program.command != NULL) munmap(program.command, program.length);
  while (error != 0 && *pid > 0 && waitpid(*pid, NULL, 0) < 0 && errno == EINTR) {
  }
  return error;
}
