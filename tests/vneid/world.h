/* world.h: the whole program with a stand-in for VNeID's channel beside it, cases that came through it, and a clock that only the test
 * moves. */
#ifndef BON_TESTS_VNEID_WORLD_H
#define BON_TESTS_VNEID_WORLD_H

#include "models/m05_vneid_services/sim.h"
#include "models/m05_vneid_services/vneid.h"
#include "tests/broker/way.h"

struct channel {
    struct way way;
    struct vneid_services_sim *sim;
};

/* clock: for a stand-in that is there before the fixture; NULL: the fixture's own. */
struct vneid_services_sim *channel_sim(struct fixture *f, const char *faults);
void channel_open(struct channel *c, const char *faults);
/* Beside a fixture that is open, and a stand-in. */
void channel_join(struct channel *c, struct vneid_services_sim *sim);
void channel_close(struct channel *c);

void channel_job(struct channel *c, const char *name); /* must succeed */
void channel_seal(struct channel *c);                  /* all that is on the log */
void channel_at(struct channel *c, const char *time);  /* "2026-11-24 09:00" */
/* Feeds and pushes until nothing waits, the clock going on where a message waits for its turn; false: not within so many turns. */
bool channel_drain(struct channel *c, int turns);
int64_t channel_waiting(struct channel *c);

/* A case of Nguyễn Văn Demo's filed from VNeID; moves: words parted by spaces; beside the flow's own "say" (the officer writes),
 * "complain" and "answer". */
int64_t channel_file(struct channel *c, const char *moves, struct str *number);
void channel_move(struct channel *c, int64_t case_id, const char *moves);
struct case_view channel_case(struct channel *c, int64_t case_id);

/* A token posted by VNeID's program. */
struct reply channel_post(struct channel *c, const char *path, struct str token);

#endif
