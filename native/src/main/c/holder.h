/* The parts of the holder, and what it keeps. One thread; no memory is allocated. README.md says why it is so. */
#ifndef HOLDER_H
#define HOLDER_H

#include "protocol.h"
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>

#define SECOND INT64_C(1000000000)
#define MILLISECOND INT64_C(1000000)

/* Tests have smaller ones, and shorter times. */
#ifndef MOST_DESCRIPTORS
#define MOST_DESCRIPTORS 4096
#endif

enum {
  DESCRIPTORS = MOST_DESCRIPTORS,
  PROCESSES = 1024,
  ROOM_FOR_KNOWN = 256, /* of PROCESSES, that orphans leave free */
  CRASHES = 5,          /* within CRASH_WINDOW: from then on a worker is started every RETRY only */
};

#ifndef RETRY
#define RETRY (60 * SECOND)
#endif
#ifndef CRASH_WINDOW
#define CRASH_WINDOW (60 * SECOND)
#endif
#ifndef START_LIMIT
#define START_LIMIT (60 * SECOND) /* from a worker's start until it is ready */
#endif
#ifndef LEAVE_LIMIT
#define LEAVE_LIMIT (10 * SECOND) /* from a worker's goodbye to its end */
#endif
#ifndef HAND_OVER_LIMIT
#define HAND_OVER_LIMIT (5 * SECOND) /* for the candidate, from hand-over to its self-check's answer */
#endif
#ifndef STOP_LIMIT
#define STOP_LIMIT (9 * SECOND + 500 * MILLISECOND) /* clients wait 10 s for the monitor's end */
#endif
#ifndef MOST_SLEEPS
#define MOST_SLEEPS UINT32_MAX
#endif
#ifndef PATIENCE
#define PATIENCE (250 * MILLISECOND) /* of READABLE_IN_TIME */
#endif
#define LOOK_EVERY (25 * MILLISECOND) /* while a burst is waited for */
#define LONGEST_POLL (3600 * SECOND)

enum { WORKERS = 3, CORE_FDS = 5 };

enum phase { ABSENT, STARTING, WORKING, HANDED_OVER, LEAVING };

/* What a worker has still to be told; the first two are CANDIDATE_READY and CANDIDATE_FAILED. */
enum { OWE_READY = 1, OWE_FAILED = 2, OWE_TAKE_OVER = 4, OWE_ACTIVE = 8 };

struct worker {
  int32_t pid;
  int32_t socket; /* -1 when there is none */
  uint32_t phase;
  uint32_t owed;
  uint32_t blocked; /* it does not read what it is sent: that it does is waited for */
  int64_t deadline; /* when it is killed; 0 for never */
};

enum farewell { NO_FAREWELL, TO_SLEEP, FOR_EVER };

struct descriptor {
  int32_t fd; /* -1 where the slot is free */
  struct name name;
};

/* All that a successor by exec is given, with the used parts of both tables behind it. Of a new form: RECORDS + 1. */
enum { RECORDS = 1, RECORD_MAGIC = 0x686f6c64 };

struct core {
  uint32_t magic, records;
  uint32_t descriptors, processes; /* so many are at the front of each table */
  union {
    struct {
      struct worker active, candidate, former;
    };
    struct worker workers[WORKERS];
  };
  union {
    struct {
      int32_t state, command, next_command, readiness, log; /* descriptors, or -1 */
    };
    int32_t fds[CORE_FDS];
  };
  uint32_t before_length;
  char before[LOG_BYTES];
  uint32_t flags; /* of a welcome: DETACHED, PROTECTED, FAILING and FIRST */
  int32_t oom_score;
  uint32_t farewell, farewell_status;
  uint32_t starts, crashes, sleeps;
  int32_t last_status;
  uint32_t reason; /* of the active worker's start */
  uint32_t wake_length;
  char wake_name[60];
  uint32_t signals; /* not yet told, as bits */
  int32_t stopping; /* the signal, or 0 */
  int64_t stop_deadline, stopping_since;
  int64_t started, asleep_since, slept, asleep, worker_time;
  int64_t wake_at, restart_at; /* when no worker runs: one of them or none */
  int64_t burst_ends;          /* while a burst of output is waited for */
  int64_t crashed[CRASHES];    /* the latest, in turn */
  uint64_t first_launch, last_launch;
  uint32_t successor; /* the sequence of the REPLACE that the successor answers */
  char verdict[TEXT_BYTES + 1]; /* why the last upgrade failed */
};

extern struct core core;
extern struct descriptor descriptors[DESCRIPTORS];
extern struct process processes[PROCESSES];

/* What came in a packet, and what is answered. */
struct call {
  struct worker *from;
  uint32_t sequence;
  const void *body;
  int fds[PACKET_FDS]; /* one that is kept is replaced by -1; the others are closed */
  unsigned fd_count;
  void *answer; /* room for PACKET_BYTES - sizeof(struct header) */
  uint32_t answer_length;
  int answer_fds[LISTED_DESCRIPTORS]; /* they stay the holder's */
  unsigned answer_fd_count;
};

/* messages.c: packets in and out. */
void serve(struct worker *worker);
void tell_workers(void);
void answer_replace(void);

/* store.c: descriptors by name, and the state. Each returns 0 or an errno. */
int deposit(struct call *call);
int withdraw(struct call *call);
int take(struct call *call);
int put_state(struct call *call);
int get_state(struct call *call);
bool is_sealed(int fd);
void close_fd(int32_t *fd);
void keep_fd(struct call *call, int32_t *place); /* the first that came, instead of what is there */
uint32_t listed_from(const struct call *call, uint32_t last);

/* processes.c: children and how they ended. */
int adopt(struct call *call);
int list(struct call *call);
int signal_process(struct call *call);
int acknowledge(struct call *call);
int set_launches(struct call *call);
int spawn_for(struct call *call);
bool reap(void); /* returns whether there may be more */
void tell_again(void);
bool has_ended_child(void);
void kill_all(void);

/* spawn.c: starting programs. */
struct launch {
  int *fds;
  const uint16_t *numbers; /* of each in the child */
  unsigned count;
  bool own_group, is_worker;
};
/* Returns 0 or an errno. Without a command (-1) it is the program that this holder was started with. */
int spawn(int command, const struct launch *launch, pid_t *pid);
bool replace_standard(uint32_t which); /* by /dev/null, those of 0, 1 and 2 whose bits are set; false with errno */
sigset_t set_signals(void); /* returns those that are blocked, to be read from a descriptor */

/* workers.c: their starts and ends. */
void start_worker(enum reason reason);
bool worker_ended(pid_t pid); /* false if it is none */
void on_signal(int number);
void keep_deadlines(int64_t now);
int milliseconds_left(int64_t now); /* until the next of them; at most an hour */
void hung_up(struct worker *worker);
int greet(struct call *call);
int ready(struct call *call);
int go_to_sleep(struct call *call);
int end(struct call *call);
int upgrade(struct call *call);
int hand_over(struct call *call);
int checked(struct call *call);

/* words.c: what a candidate says on its standard error. */
int hear_words(void); /* where it is to write; -1 when there is no room for it */
void add_words(char *text, size_t size); /* to a text in so much room */
void forget_words(void);

/* sleep.c: waiting while there is no worker. */
int set_echo(struct call *call);
nfds_t watch(struct pollfd *polls);
void look(const struct pollfd *polls);
void tell_exit_from_output(void); /* before it is told why the worker was started */

/* replace.c: another holder in the place of this one. */
int replace(struct call *call);
void take_over(int record);
extern char **original_arguments; /* whose elements are: */
enum { RECORD_ARGUMENT = 1, READINESS_ARGUMENT, WORKER_ARGUMENTS };

/* journal.c: what is said about it all. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
int set_log(struct call *call);
int room_in(int fd); /* what poll says of it as a place to write to; it does not wait */
int64_t time_of(clockid_t clock); /* in nanoseconds */
int64_t now(void);                /* of CLOCK_MONOTONIC */

#endif
