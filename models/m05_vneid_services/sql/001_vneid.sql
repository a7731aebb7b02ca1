-- Tokens of VNeID's that count once, by the hash of issuer and jti.
CREATE TABLE vneid_token (
    token      hash_blob NOT NULL PRIMARY KEY,
    expires_at instant_int NOT NULL
);
CREATE INDEX vneid_token_expires ON vneid_token (expires_at);

-- What VNeID has said of somebody who is about to come: under the hash of a code that lives a minute, then under the hash of what the
-- browser got for it.
CREATE TABLE vneid_arrival (
    id         serial_int PRIMARY KEY,
    code       hash_blob NOT NULL,
    cookie     hash_blob,                 -- NULL: nobody has come yet
    issuer     text NOT NULL,
    subject    text NOT NULL,
    pid        pid_text NOT NULL,
    service    text NOT NULL,
    known      text NOT NULL,             -- services_known_json
    level      integer NOT NULL,
    mode       text NOT NULL,
    made_at    instant_int NOT NULL,
    expires_at instant_int NOT NULL,
    offer      id_int                     -- case_offer made of it; NULL: not yet
);
CREATE UNIQUE INDEX vneid_arrival_code ON vneid_arrival (code);
CREATE UNIQUE INDEX vneid_arrival_cookie ON vneid_arrival (cookie) WHERE cookie IS NOT NULL;
CREATE INDEX vneid_arrival_expires ON vneid_arrival (expires_at);

-- Cases that are shown in VNeID. sequence counts what was put into vneid_out for each.
CREATE TABLE vneid_case (
    case_id  id_int NOT NULL PRIMARY KEY,
    number   text NOT NULL,
    sequence integer NOT NULL,
    made_at  instant_int NOT NULL,
    mode     text NOT NULL
);
CREATE UNIQUE INDEX vneid_case_number ON vneid_case (number);

-- What VNeID is to be told, in order of what happened. said_as is the key under which it knows a message again.
CREATE TABLE vneid_out (
    id         serial_int PRIMARY KEY,
    case_id    id_int NOT NULL REFERENCES vneid_case (case_id),
    sequence   integer NOT NULL,
    said_as    text NOT NULL,
    kind       text NOT NULL,             -- enum vneid_kind by name
    national   integer NOT NULL,
    result     text NOT NULL,             -- hash of the result paper, or empty
    body       text NOT NULL,             -- CloudEvent, canonical JSON
    at         instant_int NOT NULL,      -- when it happened
    state      integer NOT NULL,          -- enum vneid_out_state
    tries      integer NOT NULL,
    next_at    instant_int NOT NULL,
    answered_at instant_int,
    answer     text NOT NULL,             -- VNeID's number, or why not
    read_at    instant_int,               -- when the citizen opened it there
    mode       text NOT NULL
);
CREATE UNIQUE INDEX vneid_out_said_as ON vneid_out (said_as);
CREATE UNIQUE INDEX vneid_out_sequence ON vneid_out (case_id, sequence);
CREATE INDEX vneid_out_due ON vneid_out (id) WHERE state IN (0, 1);
CREATE INDEX vneid_out_waits ON vneid_out (case_id, id) WHERE state IN (0, 1);
CREATE INDEX vneid_out_answered ON vneid_out (answered_at, case_id) WHERE answered_at IS NOT NULL;

-- What VNeID has told: each id once, with what became of it.
CREATE TABLE vneid_in (
    said_as  text NOT NULL PRIMARY KEY,
    kind     text NOT NULL,
    number   text NOT NULL,
    at       instant_int NOT NULL,
    taken_at instant_int NOT NULL,
    outcome  text NOT NULL,
    mode     text NOT NULL
);

-- Nights on which both lists were laid side by side.
CREATE TABLE vneid_run (
    day      day_text NOT NULL PRIMARY KEY,
    at       instant_int NOT NULL,
    ours     integer NOT NULL,
    theirs   integer NOT NULL,
    same     integer NOT NULL,
    on_way   integer NOT NULL,
    found    integer NOT NULL,
    mode     text NOT NULL
);

-- Differences are duties: somebody's, until something was done and said why.
CREATE TABLE vneid_diff (
    id          serial_int PRIMARY KEY,
    day         day_text NOT NULL,
    kind        integer NOT NULL,         -- enum vneid_diff_kind
    number      text NOT NULL,
    case_id     id_int,                   -- NULL: not ours
    ours        text NOT NULL,
    theirs      text NOT NULL,
    owner       id_int,
    owner_name  text NOT NULL,
    found_at    instant_int NOT NULL,
    done_at     instant_int,
    done_by     text NOT NULL,
    action      text NOT NULL,
    reason      text NOT NULL,
    mode        text NOT NULL
);
CREATE UNIQUE INDEX vneid_diff_open ON vneid_diff (number, kind) WHERE done_at IS NULL;
CREATE INDEX vneid_diff_number ON vneid_diff (number, kind, id);

-- Services switched by an administrator; the newest row of a service holds, else the pack.
CREATE TABLE vneid_switch (
    id      serial_int PRIMARY KEY,
    service text NOT NULL,
    offered bool_int NOT NULL,
    reason  text NOT NULL,
    at      instant_int NOT NULL,
    by_name text NOT NULL
);
CREATE INDEX vneid_switch_service ON vneid_switch (service, id);
