/* reader_card.h: a row of the fixture that a person declared. */
#ifndef BON_TOOLS_SQLC_TEST_READER_CARD_H
#define BON_TOOLS_SQLC_TEST_READER_CARD_H

#include "platform/db/db.h"

struct reader_card {
    int64_t id;
    struct str name;
    struct unit_code home;
    bool has_seen_at;
    struct instant seen_at;
    bool has_default;
    int64_t default_;
};

#endif
