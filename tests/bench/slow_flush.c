/* A disk that takes its time: every fsync and fdatasync lasts at least FLUSH_US microseconds.
 *
 * cc -O2 -shared -fPIC -o slow_flush.so tests/bench/slow_flush.c -ldl
 * FLUSH_US=200 LD_PRELOAD=./slow_flush.so zhiwang bench store=append
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static long since_us(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - start->tv_sec) * 1000000L + (now.tv_nsec - start->tv_nsec) / 1000;
}

static int slowly(const char *name, int file)
{
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = real(file);
    const char *least = getenv("FLUSH_US");
    /* Turning, not sleeping: a sleep of 200 microseconds is no such sleep. */
    while (least && since_us(&start) < atol(least)) {
    }
    return result;
}

int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
