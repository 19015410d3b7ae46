/* Faults in the system calls of one process that change files, for the tests in machine.py and power.py.

   Preloaded (LD_PRELOAD) before the C library. It counts the calls on files in a folder, from 1, and at one of them does
   what it is told:

   SHIM_FOLDER   the folder, an absolute path without links; calls on other files pass
   SHIM_AT       the number of the call
   SHIM_FAULT    kill, kill-half, kill-after   SIGKILL before the call, after half of a write, after the call
                 term, term-after, int, int-after   SIGTERM and SIGINT in the same way
                 full      ENOSPC, from this call on, of each call that needs room
                 EIO, EINTR, EMFILE, EACCES   the call fails once
                 short     half of a write
   SHIM_CALLS    a file that gets the name of each call, a line each
   SHIM_JOURNAL  a file that gets each call that succeeded, with its data (`struct record`), and what goes to stdout

   A write is in the journal before it is made, a sync after it, and an output before it is written: a journal that ends
   anywhere is one that a power loss could have ended. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NEEDS_ROOM = 1, IS_WRITE = 2 };

static const char *folder, *fault;
static size_t folder_length;
static long at, count;
static int calls = -1, journal = -1;

struct __attribute__((packed)) record {
  uint8_t call;       /* the letter of the call, see `journaled` */
  uint8_t is_new;     /* open made the file */
  uint64_t inode;
  int64_t offset;     /* of a write; the size that a file is cut to */
  uint32_t first, second; /* how many bytes of path or data follow */
};

static int opened(const char *variable) {
  const char *path = getenv(variable);
  return path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

__attribute__((constructor)) static void begin(void) {
  const char *number = getenv("SHIM_AT");
  folder = getenv("SHIM_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  fault = getenv("SHIM_FAULT");
  at = number ? atol(number) : 0;
  calls = opened("SHIM_CALLS");
  journal = opened("SHIM_JOURNAL");
}

/* Write the absolute path of `path`, which may be relative to an open folder, and return whether it is in the folder. */
static int placed(int place, const char *path, char *full) {
  char link[64];
  ssize_t length = 0;
  if (!folder || !path) return 0;
  if (path[0] != '/') {
    if (place == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", place);
    length = syscall(SYS_readlinkat, AT_FDCWD, link, full, PATH_MAX - 1);
    if (length < 0) return 0;
  }
  snprintf(full + length, PATH_MAX - length, "%s%s", path[0] == '/' || !path[0] ? "" : "/", path);
  return !strncmp(full, folder, folder_length) && (!full[folder_length] || full[folder_length] == '/');
}

static int placed_file(int file) {
  char full[PATH_MAX];
  return file > 2 && placed(file, "", full);
}

static void raise_here(int number) { syscall(SYS_kill, (int)syscall(SYS_getpid), number); }

/* Count a call and do the fault before it; return the errno with which it fails, 0 if it is to be made. */
static int step(const char *name, int kind) {
  long number = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
  if (calls >= 0) {
    char line[64];
    syscall(SYS_write, calls, line, (size_t)snprintf(line, sizeof line, "%s\n", name));
  }
  if (!fault || !at || number < at) return 0;
  if (!strcmp(fault, "full")) return kind & NEEDS_ROOM ? ENOSPC : 0;
  if (number > at) return 0;
  if (!strcmp(fault, "kill")) raise_here(SIGKILL);
  if (!strcmp(fault, "term")) raise_here(SIGTERM);
  if (!strcmp(fault, "int")) raise_here(SIGINT);
  if (!strcmp(fault, "EIO")) return EIO;
  if (!strcmp(fault, "EINTR")) return EINTR;
  if (!strcmp(fault, "EMFILE")) return EMFILE;
  if (!strcmp(fault, "EACCES")) return EACCES;
  return 0;
}

/* Whether the present call is the one at which `what` is to be done. */
static int is_at(const char *what) { return fault && count == at && !strcmp(fault, what); }

static void after(void) {
  int was = errno;
  if (is_at("kill-after")) raise_here(SIGKILL);
  if (is_at("term-after")) raise_here(SIGTERM);
  if (is_at("int-after")) raise_here(SIGINT);
  errno = was;
}

/* How much of a write is made. */
static size_t portion(size_t size) { return size > 1 && (is_at("short") || is_at("kill-half")) ? size / 2 : size; }

static void after_write(void) {
  if (is_at("kill-half")) raise_here(SIGKILL);
  after();
}

/* o open, w write, t truncate, s sync, d mkdir, r rename, l link, u unlink, x rmdir, a output */
static void journaled(char call, int is_new, uint64_t inode, int64_t offset, const void *first, size_t first_size,
                      const void *second, size_t second_size) {
  int was = errno;
  struct record head = {(uint8_t)call, (uint8_t)is_new, inode, offset, (uint32_t)first_size, (uint32_t)second_size};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)first, first_size}, {(void *)second, second_size}};
  if (journal >= 0) syscall(SYS_writev, journal, parts, 3);
  errno = was;
}

static void journaled_names(char call, uint64_t inode, const char *first, const char *second) {
  journaled(call, 0, inode, 0, first, strlen(first), second, second ? strlen(second) : 0);
}

static uint64_t inode_of(int file) {
  struct stat found;
  return fstat(file, &found) ? 0 : (uint64_t)found.st_ino;
}

static int refused(int error) {
  errno = error;
  return -1;
}

/* Opening. */

static int shim_open(int place, const char *path, int flags, mode_t mode) {
  char full[PATH_MAX];
  struct stat found;
  int error, file, is_new;
  if (!placed(place, path, full)) return (int)syscall(SYS_openat, place, path, flags, mode);
  is_new = (flags & O_CREAT) && lstat(full, &found);
  if ((error = step(is_new ? "create" : "open", is_new ? NEEDS_ROOM : 0))) return refused(error);
  file = (int)syscall(SYS_openat, place, path, flags, mode);
  if (file >= 0 && is_new) journaled('o', 1, inode_of(file), 0, full, strlen(full), "", 0);
  if (file >= 0 && !is_new && (flags & O_TRUNC)) journaled('t', 0, inode_of(file), 0, "", 0, "", 0);
  after();
  return file;
}

#define MODE                                   \
  mode_t mode = 0;                             \
  if (flags & (O_CREAT | __O_TMPFILE)) {       \
    va_list rest;                              \
    va_start(rest, flags);                     \
    mode = va_arg(rest, mode_t);               \
    va_end(rest);                              \
  }
int open(const char *path, int flags, ...) { MODE return shim_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return shim_open(AT_FDCWD, path, flags, mode); }
int openat(int place, const char *path, int flags, ...) { MODE return shim_open(place, path, flags, mode); }
int openat64(int place, const char *path, int flags, ...) { MODE return shim_open(place, path, flags, mode); }
int __open_2(const char *path, int flags) { return shim_open(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return shim_open(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) { return shim_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return shim_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Writing. */

static ssize_t shim_write(int file, const void *data, size_t size, off64_t offset, int has_offset) {
  int error;
  ssize_t done;
  if (!placed_file(file)) {
    if (file == 1) journaled('a', 0, 0, 0, data, size, "", 0);
    return has_offset ? syscall(SYS_pwrite64, file, data, size, offset) : syscall(SYS_write, file, data, size);
  }
  if ((error = step("write", NEEDS_ROOM | IS_WRITE))) return refused(error);
  size = portion(size);
  if (!has_offset) {
    int flags = fcntl(file, F_GETFL);
    offset = syscall(SYS_lseek, file, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
  }
  journaled('w', 0, inode_of(file), offset, data, size, "", 0);
  done = has_offset ? syscall(SYS_pwrite64, file, data, size, offset) : syscall(SYS_write, file, data, size);
  after_write();
  return done;
}

ssize_t write(int file, const void *data, size_t size) { return shim_write(file, data, size, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t size, off_t offset) { return shim_write(file, data, size, offset, 1); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
  return shim_write(file, data, size, offset, 1);
}
ssize_t writev(int file, const struct iovec *parts, int number) {
  ssize_t whole = 0;
  if (file != 1 && !placed_file(file)) return syscall(SYS_writev, file, parts, number);
  for (int part = 0; part < number; part++) {
    ssize_t done = shim_write(file, parts[part].iov_base, parts[part].iov_len, 0, 0);
    if (done < 0) return whole ? whole : done;
    whole += done;
    if ((size_t)done < parts[part].iov_len) break;
  }
  return whole;
}

/* Copies inside the kernel are made as reads and writes instead: callers fall back to them. */
ssize_t sendfile64(int target, int source, off64_t *offset, size_t size) {
  return placed_file(target) ? refused(ENOSYS) : syscall(SYS_sendfile, target, source, offset, size);
}
ssize_t copy_file_range(int source, off64_t *from, int target, off64_t *to, size_t size, unsigned flags) {
  return placed_file(target) ? refused(ENOSYS) : syscall(SYS_copy_file_range, source, from, target, to, size, flags);
}

static int shim_truncate(int file, off64_t size) {
  int error, done;
  struct stat found;
  if (!placed_file(file)) return (int)syscall(SYS_ftruncate, file, size);
  if ((error = step("truncate", !fstat(file, &found) && size > found.st_size ? NEEDS_ROOM : 0))) return refused(error);
  journaled('t', 0, inode_of(file), size, "", 0, "", 0);
  done = (int)syscall(SYS_ftruncate, file, size);
  after();
  return done;
}

int ftruncate(int file, off_t size) { return shim_truncate(file, size); }
int ftruncate64(int file, off64_t size) { return shim_truncate(file, size); }
int posix_fallocate64(int file, off64_t offset, off64_t size) {
  /* A file system that cannot allocate: callers write instead. */
  return placed_file(file) ? EOPNOTSUPP : (syscall(SYS_fallocate, file, 0, offset, size) ? errno : 0);
}

/* Syncing. */

static int shim_sync(long call, int file) {
  int error, done;
  if (!placed_file(file)) return (int)syscall(call, file);
  if ((error = step("sync", 0))) return refused(error);
  done = (int)syscall(call, file);
  if (!done) journaled('s', 0, inode_of(file), 0, "", 0, "", 0);
  after();
  return done;
}

int fsync(int file) { return shim_sync(SYS_fsync, file); }
int fdatasync(int file) { return shim_sync(SYS_fdatasync, file); }

/* Names. */

static int shim_mkdir(int place, const char *path, mode_t mode) {
  char full[PATH_MAX];
  struct stat found;
  int error, done;
  if (!placed(place, path, full)) return (int)syscall(SYS_mkdirat, place, path, mode);
  if ((error = step("mkdir", NEEDS_ROOM))) return refused(error);
  done = (int)syscall(SYS_mkdirat, place, path, mode);
  if (!done) journaled_names('d', lstat(full, &found) ? 0 : (uint64_t)found.st_ino, full, NULL);
  after();
  return done;
}

int mkdir(const char *path, mode_t mode) { return shim_mkdir(AT_FDCWD, path, mode); }
int mkdirat(int place, const char *path, mode_t mode) { return shim_mkdir(place, path, mode); }

static int shim_unlink(int place, const char *path, int flags) {
  char full[PATH_MAX];
  int error, done;
  if (!placed(place, path, full)) return (int)syscall(SYS_unlinkat, place, path, flags);
  if ((error = step(flags & AT_REMOVEDIR ? "rmdir" : "unlink", 0))) return refused(error);
  done = (int)syscall(SYS_unlinkat, place, path, flags);
  if (!done) journaled_names(flags & AT_REMOVEDIR ? 'x' : 'u', 0, full, NULL);
  after();
  return done;
}

int unlink(const char *path) { return shim_unlink(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return shim_unlink(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int place, const char *path, int flags) { return shim_unlink(place, path, flags); }

static int shim_rename(int from, const char *old, int to, const char *new) {
  char old_full[PATH_MAX], new_full[PATH_MAX];
  int error, done, is_placed = placed(from, old, old_full);
  if (!(placed(to, new, new_full) || is_placed)) return (int)syscall(SYS_renameat2, from, old, to, new, 0);
  if ((error = step("rename", NEEDS_ROOM))) return refused(error);
  done = (int)syscall(SYS_renameat2, from, old, to, new, 0);
  if (!done) journaled_names('r', 0, old_full, new_full);
  after();
  return done;
}

int rename(const char *old, const char *new) { return shim_rename(AT_FDCWD, old, AT_FDCWD, new); }
int renameat(int from, const char *old, int to, const char *new) { return shim_rename(from, old, to, new); }

static int shim_link(int from, const char *old, int to, const char *new, int flags) {
  char old_full[PATH_MAX], new_full[PATH_MAX];
  int error, done;
  if (!placed(to, new, new_full)) return (int)syscall(SYS_linkat, from, old, to, new, flags);
  placed(from, old, old_full);
  if ((error = step("link", NEEDS_ROOM))) return refused(error);
  done = (int)syscall(SYS_linkat, from, old, to, new, flags);
  if (!done) journaled_names('l', 0, old_full, new_full);
  after();
  return done;
}

int link(const char *old, const char *new) { return shim_link(AT_FDCWD, old, AT_FDCWD, new, 0); }
int linkat(int from, const char *old, int to, const char *new, int flags) {
  return shim_link(from, old, to, new, flags);
}
