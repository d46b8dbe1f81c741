/* Faults of the system: calls that a process makes are numbered, and one of them, or all from one on,
   fail with an error that is asked for.

   It is loaded before the C library (LD_PRELOAD) and does nothing until `arm_faults` is called, by
   command_server.py in a process made for one command. Standard input and output never fail, so that
   what the command says is read. Syncs are numbered and not done: no power is cut here. */

#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* Numbered as `CALLS` in call_groups.py. */
enum { OPEN, CREATE, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, RMDIR, RESIZE, MAP, READ, LIST, STAT };

enum { LINE = PATH_MAX + 64 };

static int log_file = -1, error_number;
static long first_failing, made;
static uint32_t failing_kinds;
static char failing_place[LINE];

/* Let call number `first` of those at a place fail; with kinds (a bit each), all calls of these kinds
   from there on. The place of each call is written to the log, or, where calls fail, that of the first
   that did: its kind, where it was called from, and the file's path. Without a log, faults end. */
void arm_faults(const char *log, const char *place, long first, int error, uint32_t kinds) {
    if (log_file >= 0) syscall(SYS_close, log_file);
    log_file = -1, made = 0;
    if (!log) return;
    first_failing = first, error_number = error, failing_kinds = kinds;
    snprintf(failing_place, LINE, "%s\n", place);
    log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

/* Numbers in a path count as one, and so do the random parts of temporary names. */
static void normalise(char *to, const char *path) {
    for (const char *at = path; *at;) {
        int is_start = at == path || at[-1] == '/';
        if (is_start && !strncmp(at, "tmp", 3) && strspn(at + 3, "abcdefghijklmnopqrstuvwxyz0123456789_") == 8)
            at += 11, to = stpcpy(to, "tmp");
        else if (isdigit(*at))
            at += strspn(at, "0123456789"), *to++ = '#';
        else
            *to++ = *at++;
    }
    strcpy(to, "\n");
}

static void write_place(char *place, int kind, const void *caller, int file, const char *path) {
    char link[32], target[PATH_MAX];
    if (!path) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        ssize_t size = file < 0 ? 0 : syscall(SYS_readlink, link, target, sizeof target - 1);
        target[size < 0 ? 0 : size] = 0;
    }
    normalise(place + sprintf(place, "%c %lx ", 'a' + kind, (long)caller), path ? path : target);
}

static int fails_at(int kind, const void *caller, int file, const char *path) {
    if (log_file < 0) return 0;
    char place[LINE];
    int strikes = first_failing && __atomic_load_n(&made, __ATOMIC_SEQ_CST) >= first_failing && (failing_kinds >> kind & 1);
    if (!strikes) {
        write_place(place, kind, caller, file, path);
        int is_at_place = first_failing && !strcmp(place, failing_place);
        strikes = is_at_place && __atomic_add_fetch(&made, 1, __ATOMIC_SEQ_CST) == first_failing;
        if (strikes || !first_failing) (void)!syscall(SYS_write, log_file, place, strlen(place));
    }
    if (strikes) errno = error_number;
    return strikes;
}
#define CALLER __builtin_return_address(0)
#define FAILS(kind, file, path) fails_at(kind, CALLER, file, path)

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int open_any(const void *caller, int folder, const char *path, int flags, mode_t mode) {
    int makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
    if (fails_at(makes ? CREATE : OPEN, caller, -1, path)) return -1;
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define WITH_MODE(call)               \
    va_list rest;                     \
    va_start(rest, flags);            \
    mode_t mode = va_arg(rest, mode_t); \
    va_end(rest);                     \
    return call;

int open(const char *path, int flags, ...) { WITH_MODE(open_any(CALLER, AT_FDCWD, path, flags, mode)) }
int open64(const char *path, int flags, ...) { WITH_MODE(open_any(CALLER, AT_FDCWD, path, flags, mode)) }
int openat(int folder, const char *path, int flags, ...) { WITH_MODE(open_any(CALLER, folder, path, flags, mode)) }
int openat64(int folder, const char *path, int flags, ...) { WITH_MODE(open_any(CALLER, folder, path, flags, mode)) }

/* Calls that go by a descriptor; those of standard input and output are let through. */
#define BY_FILE(type, name, kind, parameters, call)             \
    type name parameters {                                      \
        return file > 2 && FAILS(kind, file, NULL) ? -1 : (type)syscall call; \
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

int fsync(int file) { return FAILS(SYNC, file, NULL) ? -1 : 0; }
int fdatasync(int file) { return FAILS(SYNC, file, NULL) ? -1 : 0; }

/* Calls that go by a name. */
#define BY_NAME(name, kind, parameters, call) \
    int name parameters { return FAILS(kind, -1, path) ? -1 : (int)syscall call; }
BY_NAME(rename, RENAME, (const char *path, const char *to), (SYS_rename, path, to))
BY_NAME(renameat, RENAME, (int folder, const char *path, int to_folder, const char *to), (SYS_renameat, folder, path, to_folder, to))
BY_NAME(link, LINK, (const char *path, const char *to), (SYS_link, path, to))
BY_NAME(linkat, LINK, (int folder, const char *path, int to_folder, const char *to, int flags), (SYS_linkat, folder, path, to_folder, to, flags))
BY_NAME(unlink, UNLINK, (const char *path), (SYS_unlink, path))
BY_NAME(unlinkat, UNLINK, (int folder, const char *path, int flags), (SYS_unlinkat, folder, path, flags))
BY_NAME(mkdir, MKDIR, (const char *path, mode_t mode), (SYS_mkdir, path, mode))
BY_NAME(mkdirat, MKDIR, (int folder, const char *path, mode_t mode), (SYS_mkdirat, folder, path, mode))
BY_NAME(rmdir, RMDIR, (const char *path), (SYS_rmdir, path))

#define MAPS(name)                                                                      \
    void *name(void *at, size_t size, int access, int flags, int file, off_t offset) {  \
        if (FAILS(MAP, file, NULL)) return MAP_FAILED;                                  \
        return (void *)syscall(SYS_mmap, at, size, access, flags, file, offset);        \
    }
MAPS(mmap)
MAPS(mmap64)
BY_NAME(stat, STAT, (const char *path, struct stat *into), (SYS_newfstatat, AT_FDCWD, path, into, 0))
BY_NAME(stat64, STAT, (const char *path, struct stat64 *into), (SYS_newfstatat, AT_FDCWD, path, into, 0))
BY_NAME(lstat, STAT, (const char *path, struct stat *into), (SYS_newfstatat, AT_FDCWD, path, into, AT_SYMLINK_NOFOLLOW))
BY_NAME(lstat64, STAT, (const char *path, struct stat64 *into), (SYS_newfstatat, AT_FDCWD, path, into, AT_SYMLINK_NOFOLLOW))
BY_NAME(fstatat, STAT, (int folder, const char *path, struct stat *into, int flags), (SYS_newfstatat, folder, path, into, flags))
BY_NAME(fstatat64, STAT, (int folder, const char *path, struct stat64 *into, int flags), (SYS_newfstatat, folder, path, into, flags))

DIR *opendir(const char *path) { return FAILS(LIST, -1, path) ? NULL : REAL(opendir)(path); }
DIR *fdopendir(int file) { return FAILS(LIST, file, NULL) ? NULL : REAL(fdopendir)(file); }
