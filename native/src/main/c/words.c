/*
 * What a candidate says on its standard error: why a Java VM cannot start is told nowhere else, and the holder's own leads
 * nowhere by then. It is a memory file of a fixed size: nobody has to read it, and what more is said is refused, so that the
 * candidate may keep it for as long as it lives.
 */
#include "holder.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_WORDS = 4096, SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL };

static int32_t words = -1;

int hear_words(void) {
  forget_words();
  words = memfd_create("stderr", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (words >= 0 && (ftruncate(words, MOST_WORDS) != 0 || fcntl(words, F_ADD_SEALS, SEALS) != 0)) forget_words();
  return words;
}

void forget_words(void) { close_fd(&words); }

/* The beginning, for a cause is told before what it leads to; as one line, and without what a terminal would obey. */
void add_words(char *text, size_t size) {
  char said[MOST_WORDS];
  ssize_t length = words < 0 ? 0 : pread(words, said, sizeof said, 0);
  size_t start = strlen(text);
  size_t end = start;
  bool gap = true;
  for (ssize_t i = 0; i < length && said[i] != 0; i++) {
    unsigned char each = (unsigned char)said[i];
    bool blank = each <= ' ' || each == 0x7f;
    if (!blank) {
      const char *between = end == start ? ": " : gap ? " " : "";
      size_t more = strlen(between);
      if (end + more + 1 >= size) break;
      memcpy(text + end, between, more);
      text[end + more] = '?';
      if (each < 0x80) text[end + more] = said[i];
      end += more + 1;
    }
    gap = blank;
  }
  text[end] = 0;
}
