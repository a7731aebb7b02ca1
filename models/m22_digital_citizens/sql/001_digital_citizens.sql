-- Who holds which of the four assets of a digital citizen, and how that is known. kind is a bit: 1 electronic identity, 2 payment
-- account, 4 digital address, 8 digital signature.

-- The only thing that raises coverage. counts_from is the later of the evidence's own day and the day it was recorded, so that a
-- figure once told for a past day is not raised afterwards. counts_until is exclusive; withdrawn evidence keeps its row.
CREATE TABLE digital_evidence (
    id            serial_int PRIMARY KEY,
    person        id_int NOT NULL REFERENCES person (id),
    kind          integer NOT NULL CHECK (kind IN (1, 2, 4, 8)),
    source        text NOT NULL,
    reference     text NOT NULL,
    seen_on       day_text NOT NULL,
    counts_from   day_text NOT NULL,
    counts_until  day_text NOT NULL,
    recorded_by   id_int,
    recorded_name text NOT NULL,
    recorded_at   instant_int NOT NULL,
    withdrawn_why text,
    CHECK (source <> '' AND reference <> '' AND seen_on <= counts_from)
);
CREATE INDEX digital_evidence_person ON digital_evidence (person, kind, counts_from, counts_until);
CREATE INDEX digital_evidence_withdrawn ON digital_evidence (withdrawn_why) WHERE withdrawn_why IS NOT NULL;

-- Somebody said that a person has it. It points the team to a door and counts for nothing.
CREATE TABLE digital_claim (
    person        id_int NOT NULL REFERENCES person (id),
    kind          integer NOT NULL CHECK (kind IN (1, 2, 4, 8)),
    heard_on      day_text NOT NULL,
    recorded_by   id_int,
    PRIMARY KEY (person, kind)
);

-- A visit to a household. double_of: it was written by somebody who had not seen that earlier visit (two phones at one door).
-- state: 1 counts, 2 waits until a person decides between the two, 3 set aside.
CREATE TABLE digital_visit (
    id            serial_int PRIMARY KEY,
    household     id_int NOT NULL REFERENCES household (id),
    visited_on    day_text NOT NULL,
    note          text NOT NULL,
    recorded_by   id_int,
    recorded_name text NOT NULL,
    recorded_at   instant_int NOT NULL,
    double_of     id_int REFERENCES digital_visit (id),
    state         integer NOT NULL CHECK (state IN (1, 2, 3))
);
CREATE INDEX digital_visit_household ON digital_visit (household, id);
CREATE INDEX digital_visit_state ON digital_visit (state, id);

-- Why a member could not be helped yet, as one visit found it.
CREATE TABLE digital_visit_reason (
    visit         id_int NOT NULL REFERENCES digital_visit (id),
    person        id_int NOT NULL REFERENCES person (id),
    reason        text NOT NULL,
    PRIMARY KEY (visit, person)
);

-- The latest reason that counts, by person.
CREATE TABLE digital_reason (
    person        id_int NOT NULL PRIMARY KEY REFERENCES person (id),
    reason        text NOT NULL,
    visit         id_int NOT NULL REFERENCES digital_visit (id),
    said_on       day_text NOT NULL
);

-- Counted days, so that a page does not count 700,000 people. kind 0: all that somebody of that age needs.
CREATE TABLE digital_coverage (
    on_day        day_text NOT NULL,
    unit          unit_text NOT NULL,
    kind          integer NOT NULL,
    people        integer NOT NULL,
    holders       integer NOT NULL,
    PRIMARY KEY (on_day, unit, kind)
);
CREATE TABLE digital_coverage_day (
    on_day        day_text NOT NULL PRIMARY KEY,
    evidence      id_int NOT NULL,   -- the largest number of digital_evidence that is in it
    changes       integer NOT NULL,  -- withdrawals that are in it
    closed        bool_int NOT NULL,
    counted_at    instant_int NOT NULL
);
