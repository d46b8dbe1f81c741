/* Recorder of a disk: every change that a process makes to files and folders, in order.

   It is loaded before the C library (LD_PRELOAD), and appends a record for each write, rename, link,
   removal and sync to the file named by KLIPING_RECORD. recording.py reads it. Only regular files
   and folders count. A lock makes a change and its record one step, so the order is true among
   threads. What a C library's own buffered files write inside the library is not seen; the reader
   compares the end of the record with the disk, so that a change that was missed is noticed. */

#define _GNU_SOURCE
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
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, RESIZE, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, RMDIR, UNSEEN };

struct record {
    uint32_t kind, first_length;
    uint64_t inode, number, second_length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;

static int opened_log(void) {
    const char *path = getenv("KLIPING_RECORD");
    if (log_file < 0 && path)
        log_file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    return log_file;
}

static void put(const void *data, size_t length) {
    const char *bytes = data;
    while (length) {
        ssize_t done = syscall(SYS_write, log_file, bytes, length);
        if (done <= 0) abort(); /* a record with a gap would prove nothing */
        bytes += done;
        length -= (size_t)done;
    }
}

static void note(uint32_t kind, uint64_t inode, uint64_t number, const void *first,
                 size_t first_length, const void *second, size_t second_length) {
    int before = errno;
    if (opened_log() >= 0) {
        struct record head = {kind, (uint32_t)first_length, inode, number, second_length};
        put(&head, sizeof head);
        put(first, first_length);
        put(second, second_length);
    }
    errno = before;
}

/* Whether a descriptor is a file that counts; its status is stored. */
static int counts(int file, struct stat *status) {
    int before = errno;
    int is_one = fstat(file, status) == 0 && (S_ISREG(status->st_mode) || S_ISDIR(status->st_mode));
    errno = before;
    return is_one;
}

static void absolute(int folder, const char *path, char *out) {
    char link[64], base[PATH_MAX] = "";
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
        return;
    }
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) base[0] = 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 1);
        base[length < 0 ? 0 : length] = 0;
    }
    snprintf(out, PATH_MAX, "%.2000s/%.2000s", base, path);
}

static void note_names(uint32_t kind, int folder, const char *path, int to_folder, const char *to) {
    char first[PATH_MAX], second[PATH_MAX] = "";
    absolute(folder, path, first);
    if (to) absolute(to_folder, to, second);
    note(kind, 0, 0, first, strlen(first), second, strlen(second));
}

static int open_any(int folder, const char *path, int flags, mode_t mode) {
    if (!(flags & (O_CREAT | O_TRUNC)) && (flags & O_TMPFILE) != O_TMPFILE)
        return (int)syscall(SYS_openat, folder, path, flags, mode);
    struct stat status;
    char name[PATH_MAX] = "";
    pthread_mutex_lock(&lock);
    int was_there = fstatat(folder, path, &status, 0) == 0;
    int file = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (file >= 0 && counts(file, &status)) {
        int is_unnamed = (flags & O_TMPFILE) == O_TMPFILE;
        if (!is_unnamed) absolute(folder, path, name);
        if (is_unnamed || !was_there) note(CREATE, status.st_ino, 0, name, strlen(name), "", 0);
        else if (flags & O_TRUNC) note(RESIZE, status.st_ino, 0, "", 0, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return file;
}

#define MODE_OF(flags, mode)                                        \
    mode_t mode = 0;                                                \
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {    \
        va_list rest;                                               \
        va_start(rest, flags);                                      \
        mode = va_arg(rest, mode_t);                                \
        va_end(rest);                                               \
    }

int open(const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static ssize_t noted_write(int file, const void *data, ssize_t done, off_t offset) {
    struct stat status;
    if (done > 0 && counts(file, &status)) note(WRITE, status.st_ino, (uint64_t)offset, data, (size_t)done, "", 0);
    return done;
}

/* Where the descriptor stands; for one that appends that is where the last write has ended. */
static off_t position(int file) { return (off_t)syscall(SYS_lseek, file, 0, SEEK_CUR); }

ssize_t write(int file, const void *data, size_t length) {
    struct stat status;
    if (!counts(file, &status)) return syscall(SYS_write, file, data, length); /* a pipe may block */
    pthread_mutex_lock(&lock);
    ssize_t done = syscall(SYS_write, file, data, length);
    if (done > 0) noted_write(file, data, done, position(file) - done);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite64(int file, const void *data, size_t length, off_t offset) {
    pthread_mutex_lock(&lock);
    ssize_t done = noted_write(file, data, syscall(SYS_pwrite64, file, data, length, offset), offset);
    pthread_mutex_unlock(&lock);
    return done;
}
ssize_t pwrite(int file, const void *data, size_t length, off_t offset) { return pwrite64(file, data, length, offset); }

ssize_t writev(int file, const struct iovec *parts, int count) {
    struct stat status;
    if (!counts(file, &status)) return syscall(SYS_writev, file, parts, count);
    ssize_t done = 0;
    for (int part = 0; part < count; part++) { /* one at a time, so that each is a record */
        ssize_t one = write(file, parts[part].iov_base, parts[part].iov_len);
        if (one < 0) return done ? done : one;
        done += one;
        if ((size_t)one < parts[part].iov_len) break;
    }
    return done;
}

/* A copy inside the kernel is refused, so that the program copies with writes that are seen. */
ssize_t sendfile64(int to, int from, off_t *offset, size_t count) {
    struct stat status;
    if (!counts(to, &status)) return syscall(SYS_sendfile, to, from, offset, count);
    errno = EINVAL;
    return -1;
}
ssize_t sendfile(int to, int from, off_t *offset, size_t count) { return sendfile64(to, from, offset, count); }
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *into, size_t count, unsigned flags) {
    (void)from, (void)at, (void)to, (void)into, (void)count, (void)flags;
    errno = ENOSYS;
    return -1;
}

static int noted_resize(int file, int done, off_t size) {
    struct stat status;
    if (done == 0 && counts(file, &status)) note(RESIZE, status.st_ino, (uint64_t)size, "", 0, "", 0);
    return done;
}

int ftruncate64(int file, off_t size) {
    pthread_mutex_lock(&lock);
    int done = noted_resize(file, (int)syscall(SYS_ftruncate, file, size), size);
    pthread_mutex_unlock(&lock);
    return done;
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int fsync(int file) {
    struct stat status;
    pthread_mutex_lock(&lock);
    int done = (int)syscall(SYS_fsync, file);
    if (done == 0 && counts(file, &status)) note(SYNC, status.st_ino, 0, "", 0, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int fdatasync(int file) { return fsync(file); }

void *mmap64(void *at, size_t length, int access, int flags, int file, off_t offset) {
    struct stat status;
    if ((flags & MAP_SHARED) && (access & PROT_WRITE) && file >= 0 && counts(file, &status))
        note(UNSEEN, status.st_ino, 0, "", 0, "", 0);
    return (void *)syscall(SYS_mmap, at, length, access, flags, file, offset);
}
void *mmap(void *at, size_t length, int access, int flags, int file, off_t offset) {
    return mmap64(at, length, access, flags, file, offset);
}

#define NAMED(call, kind, folder, path, to_folder, to)             \
    pthread_mutex_lock(&lock);                                     \
    int done = (int)(call);                                        \
    if (done == 0) note_names(kind, folder, path, to_folder, to);  \
    pthread_mutex_unlock(&lock);                                   \
    return done;

int renameat(int folder, const char *path, int to_folder, const char *to) {
    NAMED(syscall(SYS_renameat, folder, path, to_folder, to), RENAME, folder, path, to_folder, to)
}
int rename(const char *path, const char *to) { return renameat(AT_FDCWD, path, AT_FDCWD, to); }
int linkat(int folder, const char *path, int to_folder, const char *to, int flags) {
    NAMED(syscall(SYS_linkat, folder, path, to_folder, to, flags), LINK, folder, path, to_folder, to)
}
int link(const char *path, const char *to) { return linkat(AT_FDCWD, path, AT_FDCWD, to, 0); }
int unlinkat(int folder, const char *path, int flags) {
    NAMED(syscall(SYS_unlinkat, folder, path, flags), flags & AT_REMOVEDIR ? RMDIR : UNLINK, folder, path, 0, NULL)
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int mkdirat(int folder, const char *path, mode_t mode) {
    pthread_mutex_lock(&lock);
    int done = (int)syscall(SYS_mkdirat, folder, path, mode);
    struct stat status;
    char name[PATH_MAX];
    if (done == 0 && fstatat(folder, path, &status, 0) == 0) {
        absolute(folder, path, name);
        note(MKDIR, status.st_ino, 0, name, strlen(name), "", 0);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
