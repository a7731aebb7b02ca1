/* serve.h: the parts of `bon serve`: a supervisor that stays small, a signer, and the server, which both may die without the
 * service ending. */
#ifndef BON_APP_SERVE_H
#define BON_APP_SERVE_H

#include "app/program.h"

enum {
    DRAIN_S = 10,      /* running requests get this long after SIGTERM */
    KILL_AFTER_S = 20, /* then, with jobs and checkpoint, the server itself */
};

/* listen.c: bound and listening before anyone forks, so that a new server finds the connections that waited meanwhile. */
int listen_open(struct program *p, int *fd, struct err *e);
int listen_port(int fd);

/* notify.c: sd_notify(3) by hand: one datagram to $NOTIFY_SOCKET; silence when there is none. */
void notify_systemd(const char *state);

/* supervisor.c: runs pairs of signer and server until told to stop; returns the exit status. */
int supervise(struct program *p, int listen_fd);

/* server.c: the body of the server process; writes one byte to ready_fd once it serves. Returns the exit status. */
struct server_ends {
    int listen_fd, signer_fd, ready_fd;
};
int server_main(struct program *p, const struct server_ends *ends);

#endif
