#include "platform/crypto/signer_internal.h"

#include "base/date.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

const char *const signer_purposes[PURPOSES] = { "seal", "receipt", "backup", "device", PAPER_PURPOSE };
const char *const signer_rings[RINGS] = { "signon", "broker" };

/* Waits until fd can be used; false when the deadline passes first. */
static bool wait_for(int fd, short events, int64_t deadline_us)
{
    struct pollfd p = { fd, events, 0 };
    for (;;) {
        int64_t left_us = deadline_us - monotonic_us();
        if (deadline_us != 0 && left_us <= 0)
            return false;
        int n = poll(&p, 1, deadline_us == 0 ? -1 : (int)(left_us / 1000) + 1);
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
    }
}

/* Blocked or interrupted: try again once the socket is ready. Anything else means that the other end is gone. */
static bool may_try_again(ssize_t n)
{
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

int wire_send(int fd, const void *p, size_t n, int64_t deadline_us)
{
    const uint8_t *at = p;
    while (n > 0) {
        ssize_t sent = send(fd, at, n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            at += sent;
            n -= (size_t)sent;
        } else if (!may_try_again(sent) || !wait_for(fd, POLLOUT, deadline_us)) {
            return -1;
        }
    }
    return 0;
}

int wire_take(int fd, void *p, size_t n, int64_t deadline_us)
{
    uint8_t *at = p;
    while (n > 0) {
        ssize_t got = recv(fd, at, n, MSG_DONTWAIT);
        if (got > 0) {
            at += got;
            n -= (size_t)got;
        } else if (!may_try_again(got) || !wait_for(fd, POLLIN, deadline_us)) {
            return -1;
        }
    }
    return 0;
}

ptrdiff_t wire_some(int fd, void *p, size_t n)
{
    for (;;) {
        ssize_t got = recv(fd, p, n, MSG_DONTWAIT);
        if (got >= 0)
            return got;
        if (!may_try_again(got) || !wait_for(fd, POLLIN, 0))
            return -1;
    }
}

void wire_put_length(uint8_t head[WIRE_HEAD], size_t n)
{
    for (int i = 0; i < WIRE_HEAD; i++)
        head[i] = (uint8_t)(n >> 8 * (WIRE_HEAD - 1 - i));
}

int wire_length(const uint8_t head[WIRE_HEAD], size_t *n)
{
    size_t v = 0;
    for (int i = 0; i < WIRE_HEAD; i++)
        v = v << 8 | head[i];
    if (v == 0 || v > WIRE_MAX)
        return -1;
    *n = v;
    return 0;
}
