/*
 * What the holder and its workers say to each other: packets of a SOCK_SEQPACKET socket pair, in the byte order
 * of the machine. PROTOCOL.md says it in words, with the offset of each field.
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdint.h>

enum {
  PROTOCOL_VERSION = 1,
  PACKET_BYTES = 1536,   /* the largest packet, with its header */
  PACKET_FDS = 253,      /* the most descriptors of one packet: SCM_MAX_FD of the kernel */
  NAME_BYTES = 58,       /* the longest name of a descriptor */
  TEXT_BYTES = 512,      /* the longest text of a packet */
  LOG_BYTES = 252,
  ECHO_BYTES = 32,
  SPAWN_FDS = 252,       /* beside the one with the command */
  LISTED_DESCRIPTORS = 16,
  LISTED_PROCESSES = 32,
  WORKER_SOCKET = 3,     /* where a worker finds its end of the socket pair */
};

/* What a packet is. Requests are below ANSWER, events above it. */
enum kind {
  HELLO = 1,
  READY,
  DEPOSIT,
  WITHDRAW,
  TAKE,
  PUT_STATE,
  GET_STATE,
  SPAWN,
  ADOPT,
  LIST,
  SIGNAL,
  ACKNOWLEDGE,
  LAUNCHES,
  SLEEP,
  END,
  LOG,
  UPGRADE,
  HAND_OVER,
  CHECKED,
  REPLACE,
  ECHO,
  KINDS, /* how many, with 0, which is none */
  ANSWER = 128,
  EXITED,
  SIGNALLED,
  CANDIDATE,
  TAKE_OVER,
  ACTIVE,
  RELEASED,
};

/* Of a request: it is answered only if it fails. */
enum { QUIET = 1 };

struct header {
  uint16_t version;
  uint16_t kind;
  uint32_t length;   /* of the packet, with this header */
  uint32_t sequence; /* of a request, and of its answer; 0 in events */
  uint32_t word;     /* of a request: QUIET or 0; of an answer: 0 or an errno; 0 in events */
};

/* Why a worker was started. */
enum reason { FIRST_START = 1, CRASH, DESCRIPTOR, EXIT, TIME, SIGNAL_CAME, UPGRADED };

/* Of a welcome. */
enum {
  DETACHED = 1,    /* a launcher waits, or has waited */
  FIRST = 2,       /* no worker was ready before */
  STANDBY = 4,     /* another worker is active: this is the candidate of an upgrade */
  STOPPING = 8,    /* TERM or INT has come */
  PROTECTED = 16,  /* the holder has oom_score_adj -1000, its worker -100 */
  FAILING = 32,    /* so many crashes that a worker is started once a minute */
};

/* The answer of HELLO. Times are nanoseconds of CLOCK_MONOTONIC. */
struct welcome {
  uint32_t protocol;
  int32_t pid;             /* the holder's: the monitor's pid to the world */
  uint32_t flags;
  uint32_t reason;
  int32_t oom_score;       /* what the launcher had, and what children start with */
  uint32_t records;        /* the version of what REPLACE hands over */
  uint32_t starts;         /* workers started so far, with this one */
  uint32_t crashes;
  uint32_t sleeps;
  int32_t last_status;     /* how the last worker ended, in the form of wait(2) */
  int64_t asleep_since;    /* 0 when the last worker did not go to sleep */
  int64_t started;         /* when it was decided to start this one */
  int64_t asleep;          /* so long no worker ran because all was quiet, in all */
  int64_t worker_time;     /* processor time of all workers that have ended, in nanoseconds */
  int64_t stopping_since;  /* 0 when nobody has said stop */
  int64_t reserved;
  uint32_t name_length;
  char name[60];           /* of the descriptor, for DESCRIPTOR; as long as name_length says */
};

/* When a descriptor ends a sleep. */
enum rule {
  NEVER,
  CLOSED,            /* its other end is gone */
  READABLE,          /* or there is something to read */
  READABLE_IN_TIME,  /* the same, but what does not fill it half may wait 250 ms for more */
  READABLE_BUT_ECHO, /* the same, but a message as ECHO has it is sent back instead, and may come in parts */
  RULES,
};

struct name {
  uint8_t rule;
  uint8_t length;
  char bytes[NAME_BYTES];
};

struct names {
  uint32_t next; /* to ask with for those that follow; 0 when these were the last */
  uint32_t count;
  struct name entries[LISTED_DESCRIPTORS];
};

enum { RUNNING = 1, ENDED = 2 };

struct process {
  int32_t pid;
  uint8_t state;
  uint8_t known;   /* spawned or adopted; else an orphan that a launch may claim */
  uint8_t told;    /* whether the worker has been told of its end; means nothing to workers */
  uint8_t code;    /* once it has ended: CLD_EXITED, CLD_KILLED or CLD_DUMPED */
  int32_t status;  /* once it has ended: exit code or signal */
  uint32_t reserved;
  uint64_t began;  /* starttime of /proc/PID/stat; 0 when it could not be read */
  uint64_t tag;    /* whatever SPAWN or ADOPT said */
  int64_t ended;   /* nanoseconds of CLOCK_REALTIME, once it has ended */
};

struct processes {
  uint32_t next; /* as in struct names */
  uint32_t count;
  struct process entries[LISTED_PROCESSES];
};

enum { OWN_GROUP = 1 };

struct spawn {
  uint64_t tag;
  uint32_t flags;
  uint32_t count;
  uint16_t numbers[SPAWN_FDS]; /* what each descriptor behind the command's is in the child */
};

struct started {
  int32_t pid;
  uint32_t reserved;
  uint64_t began;
};

struct adopt {
  int32_t pid;
  uint32_t reserved;
  uint64_t tag;
  uint64_t not_before; /* it is refused if it began before, in the terms of struct process */
};

enum { PROCESS = 1, GROUP = 2 };

struct signal {
  int32_t pid;
  int32_t number;
  uint32_t whom; /* PROCESS, GROUP or both */
  uint32_t reserved;
};

struct launches {
  uint64_t first; /* the oldest in progress; above last when there is none */
  uint64_t last;  /* the newest */
};

struct log {
  uint32_t length;
  char before[LOG_BYTES]; /* what each message begins with; it ends with a line feed */
};

/* A message by which a peer sees that somebody is there: it has this length, and begins so. */
struct echo {
  uint32_t length;
  uint32_t known;
  unsigned char beginning[ECHO_BYTES];
};

enum { CANDIDATE_READY = 1, CANDIDATE_FAILED = 2 };

struct verdict {
  uint32_t what; /* CHECKED: 0 or an errno; CANDIDATE: one of the above */
  uint32_t length;
  char text[TEXT_BYTES];
};

/*
 * What a command's memory file begins with. Behind it is room for (arguments + variables + 2) pointers of 8 bytes,
 * which the sender leaves zero, and then that many strings and two: the program's path, its working directory
 * (empty: the holder's), its arguments (the first is its name) and its environment.
 */
struct command {
  uint32_t version; /* 1 */
  uint32_t arguments;
  uint32_t variables;
  uint32_t reserved;
};

enum { COMMAND_VERSION = 1, COMMAND_BYTES = 4 * 1024 * 1024 };

_Static_assert(sizeof(struct header) == 16, "header");
_Static_assert(sizeof(struct welcome) == 152, "welcome");
_Static_assert(sizeof(struct names) == 8 + 60 * LISTED_DESCRIPTORS, "names");
_Static_assert(sizeof(struct process) == 40, "process");
_Static_assert(sizeof(struct processes) == 8 + 40 * LISTED_PROCESSES, "processes");
_Static_assert(sizeof(struct spawn) == 16 + 2 * SPAWN_FDS, "spawn");

#endif
