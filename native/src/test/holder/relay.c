/*
 * The worker of the tests: it gives its end of the socket pair to the test, over the socket whose path it is given,
 * and then does as it is told there: ends with a status, or lives until it is killed.
 */
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int count, char **arguments) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int test = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  if (count < 2) {
    return 2;
  }
  strncpy(address.sun_path, arguments[1], sizeof address.sun_path - 1);
  if (connect(test, (struct sockaddr *)&address, sizeof address) != 0) {
    return 3; /* as a build that crashes at once */
  }
  pid_t pid = getpid();
  struct iovec part = {&pid, sizeof pid};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control = {.header = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}};
  int held = 3;
  memcpy(CMSG_DATA(&control.header), &held, sizeof held);
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  if (sendmsg(test, &message, 0) < 0) {
    return 4;
  }
  close(held);
  unsigned char status;
  return read(test, &status, 1) == 1 ? status : 0;
}
