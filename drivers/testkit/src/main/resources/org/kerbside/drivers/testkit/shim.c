/*
 * Preloaded into a process, it stands between the process and the files of one folder: it notes what
 * becomes of them in a log that lies elsewhere, and makes calls fail or wait. Shim.java compiles it,
 * writes the control page and says what the words mean; DiskLog.java reads the log.
 *
 * Files of other folders cost one look into an array a call. Of mapped memory it sees nothing: the
 * journal's -shm is mapped, and is no content. Thread-safe; a call and its record are one step.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name)                              \
  ({                                            \
    static __typeof__(&name) found;             \
    found ? found : (found = real(#name));      \
  })
#define MOST_FILES 65536

enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, OPEN = 8, UNLINK = 16, RENAME = 32, READ = 64 };
enum { SHORT = 4096 }; /* beside the numbers of errno */

/* The page that the test writes, and reads the counts of. */
struct control {
  uint32_t on;      /* calls that are meant; 0 for none */
  uint32_t way;     /* 0: nothing fails, it only waits */
  uint64_t first;   /* of the calls that are meant, counted from 1 */
  uint64_t last;
  uint64_t millis;  /* to wait before */
  uint64_t calls;   /* that were meant, so far */
  uint64_t hit;
  char suffix[64];  /* of the file's name */
};

struct record {
  uint8_t magic;
  uint8_t type;
  uint16_t name;    /* length */
  uint32_t data;    /* length */
  uint64_t file;    /* inode */
  uint64_t at;      /* offset, size, or how much of the log a sync covers */
};

struct file {
  char *name;       /* below the folder, never freed; null when it is no file of ours */
  uint64_t inode;
  int is_folder;
};

static struct file files[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *folder;
static size_t folder_length;
static int log_file = -1;
static struct control *control;
static pid_t self;

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) {
    abort();
  }
  return found;
}

static void begin(void) {
  const char *log = getenv("KERBSIDE_SHIM_LOG");
  const char *page = getenv("KERBSIDE_SHIM_CONTROL");
  const char *watched = getenv("KERBSIDE_SHIM_FOLDER");
  if (!log || !page || !watched) {
    return;
  }
  self = getpid();
  log_file = REAL(open64)(log, O_WRONLY | O_APPEND | O_CLOEXEC);
  int fd = REAL(open64)(page, O_RDWR | O_CLOEXEC);
  void *mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (log_file < 0 || fd < 0 || mapped == MAP_FAILED) {
    fprintf(stderr, "shim: %s or %s: %s\n", log, page, strerror(errno));
    abort();
  }
  REAL(close)(fd);
  control = mapped;
  folder = watched;
  folder_length = strlen(watched);
}

static void enter(void) {
  pthread_mutex_lock(&lock);
}

static void leave(void) {
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
}

/* --- which file ------------------------------------------------------------------------------ */

static struct file *of(int fd) {
  return fd >= 0 && fd < MOST_FILES && files[fd].name ? &files[fd] : NULL;
}

static const char *join(char *whole, const char *base, const char *between, const char *path) {
  int length = snprintf(whole, PATH_MAX, "%s%s%s", base, between, path);
  return length < PATH_MAX ? whole : NULL;
}

/* The path below the folder, "" for itself; null when it lies elsewhere. */
static const char *below(int at, const char *path, char *whole) {
  pthread_once(&once, begin);
  if (!folder) {
    return NULL;
  }
  if (path[0] != '/') {
    struct file *base = of(at);
    char here[PATH_MAX];
    if (base) {
      return join(whole, base->name, base->name[0] ? "/" : "", path);
    }
    if (at != AT_FDCWD || !getcwd(here, sizeof here) || !join(whole, here, "/", path)) {
      return NULL;
    }
    path = whole;
  }
  if (strncmp(path, folder, folder_length) != 0) {
    return NULL;
  }
  path += folder_length;
  if (path[0] != 0 && path[0] != '/') {
    return NULL;
  }
  path += strspn(path, "/");
  return strcmp(path, ".") == 0 ? "" : path;
}

/* --- the log --------------------------------------------------------------------------------- */

static void note(char type, uint64_t inode, uint64_t at, const char *name, size_t name_length,
                 const void *data, size_t length) {
  int error = errno;
  struct record head = {'K', type, name_length, length, inode, at};
  struct iovec parts[] = {
      {&head, sizeof head}, {(void *)name, name_length}, {(void *)data, length}};
  size_t all = sizeof head + name_length + length;
  if (REAL(writev)(log_file, parts, 3) != (ssize_t)all) {
    fprintf(stderr, "shim: the log takes no more: %s\n", strerror(errno));
    abort();
  }
  errno = error;
}

static void note_name(char type, uint64_t inode, const char *name) {
  note(type, inode, 0, name, strlen(name), NULL, 0);
}

static void note_write(struct file *file, uint64_t at, const void *data, ssize_t length) {
  if (length > 0) {
    note('W', file->inode, at, NULL, 0, data, length);
  }
}

static void note_size(struct file *file, uint64_t size) {
  note('T', file->inode, size, NULL, 0, NULL, 0);
}

/* --- what is to fail ------------------------------------------------------------------------- */

static int ends_with(const char *name, const char *suffix) {
  size_t length = strlen(name), tail = strnlen(suffix, sizeof control->suffix);
  return length >= tail && memcmp(name + length - tail, suffix, tail) == 0;
}

/* 0 to go on, an error, or SHORT. Waits when it is to wait. */
static int verdict(uint32_t call, const char *name) {
  if (!(__atomic_load_n(&control->on, __ATOMIC_SEQ_CST) & call) ||
      !ends_with(name, control->suffix)) {
    return 0;
  }
  uint64_t number = __atomic_add_fetch(&control->calls, 1, __ATOMIC_SEQ_CST);
  if (number < control->first || number > control->last) {
    return 0;
  }
  __atomic_add_fetch(&control->hit, 1, __ATOMIC_SEQ_CST);
  if (control->millis) {
    usleep(control->millis * 1000);
  }
  int way = control->way;
  return way != SHORT || number == control->first ? way : ENOSPC;
}

/* How many of so many bytes may be written; below zero: none, and errno says why. */
static ssize_t allowed(struct file *file, size_t length) {
  int way = verdict(WRITE, file->name);
  if (way == 0 || (way == SHORT && length < 2)) {
    return length;
  }
  if (way == SHORT) {
    return length / 2;
  }
  errno = way;
  return -1;
}

static int is_refused(uint32_t call, const char *name) {
  int way = verdict(call, name);
  if (way == 0 || way == SHORT) {
    return 0;
  }
  errno = way;
  return 1;
}

/* --- open, close ----------------------------------------------------------------------------- */

static void remember(int fd, const char *name) {
  struct stat about;
  if (fd < MOST_FILES && fstat(fd, &about) == 0) {
    files[fd].inode = about.st_ino;
    files[fd].is_folder = S_ISDIR(about.st_mode);
    __atomic_store_n(&files[fd].name, strdup(name), __ATOMIC_SEQ_CST);
  }
}

static int opened(int at, const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  const char *name = below(at, path, whole);
  if (!name) {
    return REAL(openat64)(at, path, flags, mode);
  }
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
  if (writes && is_refused(OPEN, name)) {
    return -1;
  }
  enter();
  int is_new = (flags & O_CREAT) && faccessat(at, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
  int fd = REAL(openat64)(at, path, flags, mode);
  if (fd >= 0) {
    remember(fd, name);
    if (is_new && of(fd)) {
      note_name('C', of(fd)->inode, name);
    } else if ((flags & O_TRUNC) && of(fd)) {
      note_size(of(fd), 0);
    }
  }
  leave();
  return fd;
}

#define MODE(flags)                            \
  mode_t mode = 0;                             \
  if ((flags) & (O_CREAT | O_TMPFILE)) {       \
    va_list more;                              \
    va_start(more, flags);                     \
    mode = va_arg(more, mode_t);               \
    va_end(more);                              \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags)
  return opened(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  MODE(flags)
  return opened(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  MODE(flags)
  return opened(at, path, flags, mode);
}

int __open_2(const char *path, int flags) {
  return opened(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags) {
  return opened(AT_FDCWD, path, flags, 0);
}

int creat(const char *path, mode_t mode) {
  return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
  return creat(path, mode);
}

/* Forgotten before it is closed: another thread may get the number at once. */
int close(int fd) {
  struct file *file = of(fd);
  if (file && getpid() == self) {
    __atomic_store_n(&file->name, NULL, __ATOMIC_SEQ_CST);
  }
  return REAL(close)(fd);
}

/* --- read, write, truncate ------------------------------------------------------------------- */

ssize_t pread64(int fd, void *into, size_t length, off64_t at) {
  struct file *file = of(fd);
  return file && is_refused(READ, file->name) ? -1 : REAL(pread64)(fd, into, length, at);
}

ssize_t pread(int fd, void *into, size_t length, off_t at) {
  return pread64(fd, into, length, at);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  struct file *file = of(fd);
  if (!file) {
    return REAL(pwrite64)(fd, data, length, at);
  }
  ssize_t most = allowed(file, length);
  if (most < 0) {
    return -1;
  }
  enter();
  ssize_t done = REAL(pwrite64)(fd, data, most, at);
  note_write(file, at, data, done);
  leave();
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
  return pwrite64(fd, data, length, at);
}

ssize_t write(int fd, const void *data, size_t length) {
  struct file *file = of(fd);
  if (!file) {
    return REAL(write)(fd, data, length);
  }
  ssize_t most = allowed(file, length);
  if (most < 0) {
    return -1;
  }
  enter();
  ssize_t done = REAL(write)(fd, data, most);
  note_write(file, lseek64(fd, 0, SEEK_CUR) - done, data, done);
  leave();
  return done;
}

/* One part a call: nobody may count on more. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!of(fd)) {
    return REAL(writev)(fd, parts, count);
  }
  return count > 0 ? write(fd, parts[0].iov_base, parts[0].iov_len) : 0;
}

int ftruncate64(int fd, off64_t size) {
  struct file *file = of(fd);
  if (!file) {
    return REAL(ftruncate64)(fd, size);
  }
  if (is_refused(TRUNCATE, file->name)) {
    return -1;
  }
  enter();
  int result = REAL(ftruncate64)(fd, size);
  if (result == 0) {
    note_size(file, size);
  }
  leave();
  return result;
}

int ftruncate(int fd, off_t size) {
  return ftruncate64(fd, size);
}

int fallocate64(int fd, int mode, off64_t at, off64_t length) {
  struct file *file = of(fd);
  if (!file) {
    return REAL(fallocate64)(fd, mode, at, length);
  }
  if (is_refused(WRITE, file->name)) {
    return -1;
  }
  struct stat about;
  enter();
  int result = REAL(fallocate64)(fd, mode, at, length);
  if (result == 0 && fstat(fd, &about) == 0) {
    note_size(file, about.st_size);
  }
  leave();
  return result;
}

int fallocate(int fd, int mode, off_t at, off_t length) {
  return fallocate64(fd, mode, at, length);
}

int posix_fallocate64(int fd, off64_t at, off64_t length) {
  return fallocate64(fd, 0, at, length) == 0 ? 0 : errno;
}

int posix_fallocate(int fd, off_t at, off_t length) {
  return posix_fallocate64(fd, at, length);
}

/* --- sync ------------------------------------------------------------------------------------ */

/* A sync covers what stood in the log when it began. One that failed has lost it: 'F'. */
static int synced(int fd, int (*call)(int)) {
  struct file *file = of(fd);
  if (!file) {
    return call(fd);
  }
  struct file whom = *file;
  enter();
  uint64_t covered = lseek64(log_file, 0, SEEK_END);
  leave();
  int result = is_refused(SYNC, whom.name) ? -1 : call(fd);
  char type = result != 0 ? 'F' : whom.is_folder ? 'D' : 'S';
  enter();
  note(type, whom.inode, covered, whom.name, strlen(whom.name), NULL, 0);
  leave();
  return result;
}

int fsync(int fd) {
  return synced(fd, REAL(fsync));
}

int fdatasync(int fd) {
  return synced(fd, REAL(fdatasync));
}

/* --- names ----------------------------------------------------------------------------------- */

int unlinkat(int at, const char *path, int flags) {
  char whole[PATH_MAX];
  const char *name = below(at, path, whole);
  if (!name || (flags & AT_REMOVEDIR)) {
    return REAL(unlinkat)(at, path, flags);
  }
  if (is_refused(UNLINK, name)) {
    return -1;
  }
  enter();
  int result = REAL(unlinkat)(at, path, flags);
  if (result == 0) {
    note_name('U', 0, name);
  }
  leave();
  return result;
}

int unlink(const char *path) {
  return unlinkat(AT_FDCWD, path, 0);
}

int remove(const char *path) {
  struct stat about;
  int is_folder = lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
  return unlinkat(AT_FDCWD, path, is_folder ? AT_REMOVEDIR : 0);
}

/* Out of the folder it is as if deleted; what comes in from outside is not followed. */
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  char from_whole[PATH_MAX], to_whole[PATH_MAX];
  const char *source = below(from_at, from, from_whole);
  const char *target = below(to_at, to, to_whole);
  if (source && is_refused(RENAME, source)) {
    return -1;
  }
  enter();
  int result = REAL(renameat2)(from_at, from, to_at, to, flags);
  if (result == 0 && source && target) {
    note('R', 0, 0, source, strlen(source), target, strlen(target));
  } else if (result == 0 && source) {
    note_name('U', 0, source);
  }
  leave();
  return result;
}

int renameat(int from_at, const char *from, int to_at, const char *to) {
  return renameat2(from_at, from, to_at, to, 0);
}

int rename(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
