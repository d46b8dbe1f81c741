/* Faults of the system: calls that a process makes are numbered, and one of them, or all from one on,
   fail with an error that is asked for.

   It is loaded before the C library (LD_PRELOAD) and does nothing until `arm_faults` is called, by
   command_server.py in a process made for one command. Standard input and output never fail, so that
   what the command says is read. Syncs are numbered and not done: no power is cut here. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* Numbered as `CALLS` in faults.py. */
enum { OPEN, CREATE, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, RMDIR, RESIZE, MAP, READ, LIST };

static int log_file = -1, error_number;
static long first_failing, made;
static uint32_t failing_kinds;

/* Let call number `first` fail; with kinds (a bit each), all calls of these kinds from there on. A
   byte is written to the log for each call, or, where calls fail, for the first that did. */
void arm_faults(const char *log, long first, int error, uint32_t kinds) {
    log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    first_failing = first, error_number = error, failing_kinds = kinds;
    made = 0;
}

static int fails(int kind) {
    if (log_file < 0) return 0;
    long number = __atomic_add_fetch(&made, 1, __ATOMIC_SEQ_CST);
    char byte = (char)('a' + kind);
    int is_later = first_failing && number > first_failing && (failing_kinds >> kind & 1);
    int strikes = first_failing == number || is_later;
    if (!first_failing || first_failing == number) (void)!syscall(SYS_write, log_file, &byte, 1);
    if (strikes) errno = error_number;
    return strikes;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int open_any(int folder, const char *path, int flags, mode_t mode) {
    int makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
    return fails(makes ? CREATE : OPEN) ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define WITH_MODE(call)               \
    va_list rest;                     \
    va_start(rest, flags);            \
    mode_t mode = va_arg(rest, mode_t); \
    va_end(rest);                     \
    return call;

int open(const char *path, int flags, ...) { WITH_MODE(open_any(AT_FDCWD, path, flags, mode)) }
int open64(const char *path, int flags, ...) { WITH_MODE(open_any(AT_FDCWD, path, flags, mode)) }
int openat(int folder, const char *path, int flags, ...) { WITH_MODE(open_any(folder, path, flags, mode)) }
int openat64(int folder, const char *path, int flags, ...) { WITH_MODE(open_any(folder, path, flags, mode)) }

/* Calls that go by a descriptor; those of standard input and output are let through. */
#define BY_FILE(type, name, kind, parameters, call)             \
    type name parameters {                                      \
        return file > 2 && fails(kind) ? -1 : (type)syscall call; \
    }
BY_FILE(ssize_t, write, WRITE, (int file, const void *data, size_t size), (SYS_write, file, data, size))
BY_FILE(ssize_t, pwrite, WRITE, (int file, const void *data, size_t size, off_t at), (SYS_pwrite64, file, data, size, at))
BY_FILE(ssize_t, pwrite64, WRITE, (int file, const void *data, size_t size, off_t at), (SYS_pwrite64, file, data, size, at))
BY_FILE(ssize_t, writev, WRITE, (int file, const struct iovec *parts, int count), (SYS_writev, file, parts, count))
BY_FILE(ssize_t, read, READ, (int file, void *data, size_t size), (SYS_read, file, data, size))
BY_FILE(ssize_t, pread, READ, (int file, void *data, size_t size, off_t at), (SYS_pread64, file, data, size, at))
BY_FILE(ssize_t, pread64, READ, (int file, void *data, size_t size, off_t at), (SYS_pread64, file, data, size, at))
BY_FILE(int, ftruncate, RESIZE, (int file, off_t size), (SYS_ftruncate, file, size))
BY_FILE(int, ftruncate64, RESIZE, (int file, off_t size), (SYS_ftruncate, file, size))

int fsync(int file) { (void)file; return fails(SYNC) ? -1 : 0; }
int fdatasync(int file) { return fsync(file); }

/* Calls that go by a name. */
#define BY_NAME(name, kind, parameters, call) \
    int name parameters { return fails(kind) ? -1 : (int)syscall call; }
BY_NAME(rename, RENAME, (const char *path, const char *to), (SYS_rename, path, to))
BY_NAME(renameat, RENAME, (int folder, const char *path, int to_folder, const char *to), (SYS_renameat, folder, path, to_folder, to))
BY_NAME(link, LINK, (const char *path, const char *to), (SYS_link, path, to))
BY_NAME(linkat, LINK, (int folder, const char *path, int to_folder, const char *to, int flags), (SYS_linkat, folder, path, to_folder, to, flags))
BY_NAME(unlink, UNLINK, (const char *path), (SYS_unlink, path))
BY_NAME(unlinkat, UNLINK, (int folder, const char *path, int flags), (SYS_unlinkat, folder, path, flags))
BY_NAME(mkdir, MKDIR, (const char *path, mode_t mode), (SYS_mkdir, path, mode))
BY_NAME(mkdirat, MKDIR, (int folder, const char *path, mode_t mode), (SYS_mkdirat, folder, path, mode))
BY_NAME(rmdir, RMDIR, (const char *path), (SYS_rmdir, path))

void *mmap(void *at, size_t size, int access, int flags, int file, off_t offset) {
    return fails(MAP) ? MAP_FAILED : (void *)syscall(SYS_mmap, at, size, access, flags, file, offset);
}
void *mmap64(void *at, size_t size, int access, int flags, int file, off_t offset) {
    return mmap(at, size, access, flags, file, offset);
}
DIR *opendir(const char *path) { return fails(LIST) ? NULL : REAL(opendir)(path); }
DIR *fdopendir(int file) { return fails(LIST) ? NULL : REAL(fdopendir)(file); }
