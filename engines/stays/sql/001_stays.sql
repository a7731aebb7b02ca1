-- Places where people lodge. Codes are the province's own; unit is the commune of 2023 (its successor is derived).
CREATE TABLE facility (
    id       serial_int PRIMARY KEY,
    code     text NOT NULL UNIQUE,
    name     text NOT NULL,
    name_key text NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('hotel', 'nha_nghi', 'homestay', 'rental', 'hospital', 'coach')),
    unit     unit_text NOT NULL,
    address  text NOT NULL,
    phone    text NOT NULL,
    lat_e6   integer NOT NULL,
    lon_e6   integer NOT NULL,
    rooms    integer NOT NULL,
    open     bool_int NOT NULL
);
CREATE INDEX facility_unit ON facility (unit);

-- One submission by a facility: one to sixty guests, one receipt. Its number is facility, month and n: n counts up per facility
-- and month without gaps, so that a number that is missing is a question. audit is the record that proves it.
CREATE TABLE stay_declaration (
    id         serial_int PRIMARY KEY,
    facility   id_int NOT NULL REFERENCES facility (id),
    month      integer NOT NULL, -- yyyymm
    n          integer NOT NULL,
    made_at    instant_int NOT NULL,
    account    id_int NOT NULL,
    guests     integer NOT NULL,
    late       integer NOT NULL,
    audit      id_int NOT NULL,
    mode       text NOT NULL
);
CREATE UNIQUE INDEX stay_declaration_number ON stay_declaration (facility, month, n);

-- A guest from the first scan on. A draft has no declaration yet. source, level and raw are the identity evidence; person is
-- the register entry it matched (never shown to the facility); facility and unit are repeated for the police's lists.
CREATE TABLE stay_guest (
    id          serial_int PRIMARY KEY,
    declaration id_int REFERENCES stay_declaration (id),
    facility    id_int NOT NULL REFERENCES facility (id),
    unit        unit_text NOT NULL,
    state       integer NOT NULL,       -- enum stay_state
    state_note  text NOT NULL,          -- reason of a refusal or a void
    source      integer NOT NULL,
    level       integer NOT NULL,
    raw         hash_blob,
    pid         pid_text,
    document    text NOT NULL,
    name        text NOT NULL,
    name_key    text NOT NULL,
    born        birth_text,
    sex         integer NOT NULL,
    nationality text NOT NULL,
    address     text NOT NULL,
    is_child    bool_int NOT NULL,
    guardian    text NOT NULL,
    room        text NOT NULL,
    reason      text NOT NULL,
    arrives_at  instant_int NOT NULL,
    leaves_on   day_text NOT NULL,
    left_at     instant_int,            -- real end, when reported
    due_at      instant_int NOT NULL,
    declared_at instant_int,
    late        bool_int NOT NULL,
    late_cause  text NOT NULL,
    person      id_int,
    matched     integer NOT NULL,       -- enum person_match
    account     id_int NOT NULL,        -- who scanned
    made_at     instant_int NOT NULL
);
CREATE INDEX stay_guest_unit ON stay_guest (unit, arrives_at);
CREATE INDEX stay_guest_draft ON stay_guest (facility, id) WHERE state = 0;
CREATE INDEX stay_guest_declaration ON stay_guest (declaration);
CREATE INDEX stay_guest_pid ON stay_guest (pid, arrives_at) WHERE pid IS NOT NULL;
CREATE INDEX stay_guest_waiting ON stay_guest (state, id) WHERE state IN (1, 2); -- queued, sent: the dispatcher's worklist

-- Each try to hand a guest on to the national side, as it went.
CREATE TABLE stay_dispatch (
    id       serial_int PRIMARY KEY,
    guest    id_int NOT NULL REFERENCES stay_guest (id),
    at       instant_int NOT NULL,
    attempt  integer NOT NULL,
    outcome  text NOT NULL,             -- sent, accepted, refused, slow, error
    note     text NOT NULL,
    mode     text NOT NULL
);
CREATE INDEX stay_dispatch_guest ON stay_dispatch (guest, id);
CREATE TABLE stay_dispatch_turn (       -- when a guest that failed to go out is tried next
    guest    id_int NOT NULL PRIMARY KEY REFERENCES stay_guest (id),
    attempts integer NOT NULL,
    next_at  instant_int NOT NULL
);
CREATE INDEX stay_dispatch_turn_next ON stay_dispatch_turn (next_at);
