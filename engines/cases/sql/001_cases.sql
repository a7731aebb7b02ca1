-- Flows as they were when cases followed them: a name and a version are one thing for ever.
CREATE TABLE case_flow (
    name    text NOT NULL,
    version integer NOT NULL,
    hash    hash_blob NOT NULL,
    body    text NOT NULL,
    PRIMARY KEY (name, version)
);

-- A case (hồ sơ). organ, day and n are its number: n counts up per organ and day without gaps, so that a number that is missing is a
-- question. service, version and flow are what it began with and stay. What is due is derived from case_clock and kept here for lists.
CREATE TABLE case_record (
    id            serial_int PRIMARY KEY,
    organ         text NOT NULL,                -- identification code of the receiving organ
    day           day_text NOT NULL,
    n             integer NOT NULL,
    secret        hash_blob NOT NULL,           -- of the code for following it
    revision      integer NOT NULL,             -- counts changes: who changes it says which one they saw
    service       text NOT NULL,                -- code
    version_id    id_int NOT NULL,              -- service_version
    version       integer NOT NULL,
    service_name  text NOT NULL,
    days          integer NOT NULL,             -- working days of that version; 0: the same day
    same_day_before integer NOT NULL,           -- minutes of the day, -1: the province's hour
    flow          text NOT NULL,
    flow_version  integer NOT NULL,
    state         text NOT NULL,
    owner         integer NOT NULL,             -- enum case_owner: whose turn it is
    open          bool_int NOT NULL,            -- a move is still to be made
    own_function  text NOT NULL,                -- legal function of the service
    function      text NOT NULL,                -- … that has its turn now: another one in a chain of agencies
    unit          unit_text NOT NULL,           -- where: the commune, or the province
    agency        text,                         -- who holds the function now; NULL: the commune's own authority
    officer       id_int,                       -- account that has taken it on
    officer_name  text NOT NULL,
    channel       integer NOT NULL,             -- enum case_channel
    level         integer NOT NULL,             -- evidence level of who applied
    party         integer NOT NULL,             -- enum case_party: a person, an organisation
    person        id_int,                       -- register entry of the applicant, linked and never shown
    pid           pid_text,
    name          text NOT NULL,
    name_key      text NOT NULL,
    organisation  text NOT NULL,                -- tax code, or empty
    phone         text NOT NULL,
    email         text NOT NULL,
    acts_as       integer NOT NULL,             -- enum case_acting: for oneself, by proxy, as guardian
    filer_pid     pid_text,                     -- who filed, when not the applicant
    filer_name    text NOT NULL,
    account       id_int,                       -- the citizen's account it is shown in
    helper        id_int,                       -- account of who filed it at a counter or helped
    facts         hash_blob NOT NULL,           -- service and what it is about: two open ones are a double filing
    made_at       instant_int NOT NULL,
    received_at   instant_int,
    turn_at       instant_int NOT NULL,         -- the order of queues: when the agency that has it must be done, else when it came
    due_at        instant_int,                  -- of the whole term; NULL: not started, or standing
    share_due_at  instant_int,                  -- of the agency that has it now
    promised_on   day_text,                     -- the one new day
    clock         integer NOT NULL,             -- enum clock_state
    stop          integer NOT NULL,             -- enum clock_stop
    ended_at      instant_int,
    on_time       bool_int,                     -- when ended
    result_at     instant_int,                  -- when the result was handed over
    fee           money_int NOT NULL,
    paid          money_int NOT NULL,
    payment       integer NOT NULL,             -- enum case_payment
    delivery      integer NOT NULL,             -- enum case_delivery
    address       text NOT NULL,                -- where a result is sent by post
    papers_needed integer NOT NULL,
    papers_here   integer NOT NULL,
    mode          text NOT NULL
);
CREATE UNIQUE INDEX case_record_number ON case_record (organ, day, n);
CREATE INDEX case_record_queue ON case_record (unit, owner, turn_at, id) WHERE open = 1;
CREATE INDEX case_record_agency ON case_record (agency, owner, turn_at, id) WHERE open = 1 AND agency IS NOT NULL;
CREATE INDEX case_record_officer ON case_record (officer, turn_at, id) WHERE open = 1 AND officer IS NOT NULL;
CREATE INDEX case_record_due ON case_record (due_at, id) WHERE open = 1 AND due_at IS NOT NULL;
CREATE INDEX case_record_facts ON case_record (facts) WHERE open = 1;
CREATE INDEX case_record_account ON case_record (account, id) WHERE account IS NOT NULL;
CREATE INDEX case_record_pid ON case_record (pid, id) WHERE pid IS NOT NULL;
CREATE INDEX case_record_name ON case_record (unit, name_key, id);
CREATE INDEX case_record_service ON case_record (service, made_at);

-- What the applicant answered, beside the record so that lists stay narrow. sources: where each prefilled answer came from.
CREATE TABLE case_answers (
    case_id id_int NOT NULL PRIMARY KEY REFERENCES case_record (id),
    body    text NOT NULL,
    hash    hash_blob NOT NULL
);

-- Each move, in order. audit is the record of the log that proves it.
CREATE TABLE case_step (
    id         serial_int PRIMARY KEY,
    case_id    id_int NOT NULL REFERENCES case_record (id),
    at         instant_int NOT NULL,
    move       text NOT NULL,
    from_state text NOT NULL,
    to_state   text NOT NULL,
    account    id_int NOT NULL,               -- 0: the system
    name       text NOT NULL,
    role       text NOT NULL,
    agency     text NOT NULL,
    reason     text NOT NULL,
    audit      id_int NOT NULL
);
CREATE INDEX case_step_case ON case_step (case_id, id);

-- What happened to the clock, all that a due day is counted from. at is when it happened, recorded_at when the server heard: they
-- differ only for what a commune took in while it was cut off.
CREATE TABLE case_clock (
    id          serial_int PRIMARY KEY,
    case_id     id_int NOT NULL REFERENCES case_record (id),
    kind        integer NOT NULL,             -- enum clock_event_kind
    at          instant_int NOT NULL,
    recorded_at instant_int NOT NULL,
    days        integer NOT NULL,
    late_minute integer NOT NULL,
    end_minute  integer NOT NULL,
    edition     integer NOT NULL,
    stop        integer NOT NULL,
    promised    day_text,
    who         text NOT NULL
);
CREATE INDEX case_clock_case ON case_clock (case_id, id);

-- Bytes of scans, once under their SHA-256, after scan_check.c.
CREATE TABLE case_blob (
    hash       hash_blob NOT NULL PRIMARY KEY,
    media_type text NOT NULL,
    size       integer NOT NULL,
    bytes      blob NOT NULL
);

-- What stands in a slot for papers: a scan, a value fetched from a source, a declaration. What is replaced stays, withdrawn.
CREATE TABLE case_paper (
    id        serial_int PRIMARY KEY,
    case_id   id_int NOT NULL REFERENCES case_record (id),
    slot      text NOT NULL,                  -- id of the paper in the service's version
    name      text NOT NULL,
    kind      integer NOT NULL,               -- enum case_paper_given
    source    text NOT NULL,                  -- "yte.birth", "vault", "applicant"
    file_name text NOT NULL,
    hash      hash_blob,                      -- of case_blob; a fetched value's own hash
    body      text NOT NULL,                  -- of a fetched value or a declaration: canonical JSON
    as_of     instant_int NOT NULL,           -- when the source said so
    level     integer NOT NULL,
    account   id_int NOT NULL,
    added_at  instant_int NOT NULL,
    withdrawn bool_int NOT NULL
);
CREATE INDEX case_paper_case ON case_paper (case_id, id);

CREATE TABLE case_fee (
    case_id   id_int NOT NULL REFERENCES case_record (id),
    fee       text NOT NULL,
    label     text NOT NULL,
    amount    money_int NOT NULL,
    confirmed bool_int NOT NULL,
    PRIMARY KEY (case_id, fee)
);

-- Papers that the authority gave: forms 01 to 05 and the result. body is all that stands in them, so that a copy is always the same.
CREATE TABLE case_letter (
    id       serial_int PRIMARY KEY,
    case_id  id_int NOT NULL REFERENCES case_record (id),
    kind     integer NOT NULL,                -- enum case_paper_kind
    at       instant_int NOT NULL,
    account  id_int NOT NULL,
    name     text NOT NULL,                   -- of who gave it
    body     text NOT NULL,
    audit    id_int NOT NULL
);
CREATE INDEX case_letter_case ON case_letter (case_id, id);

CREATE TABLE case_message (
    id       serial_int PRIMARY KEY,
    case_id  id_int NOT NULL REFERENCES case_record (id),
    at       instant_int NOT NULL,
    from_citizen bool_int NOT NULL,
    account  id_int NOT NULL,
    name     text NOT NULL,
    body     text NOT NULL,
    seen_at  instant_int
);
CREATE INDEX case_message_case ON case_message (case_id, id);

CREATE TABLE case_rating (
    case_id  id_int NOT NULL PRIMARY KEY REFERENCES case_record (id),
    at       instant_int NOT NULL,
    stars    integer NOT NULL,                -- 1 to 5
    words    text NOT NULL,
    officer  id_int,
    answer   text NOT NULL,
    answered_at instant_int,
    answered_by text NOT NULL
);

CREATE TABLE case_complaint (
    id       serial_int PRIMARY KEY,
    case_id  id_int NOT NULL REFERENCES case_record (id),
    at       instant_int NOT NULL,
    body     text NOT NULL,
    name     text NOT NULL,
    answer   text NOT NULL,
    answered_at instant_int,
    answered_by text NOT NULL
);
CREATE INDEX case_complaint_case ON case_complaint (case_id, id);
CREATE INDEX case_complaint_open ON case_complaint (id) WHERE answered_at IS NULL;

-- Two open cases about one thing, for somebody to look at; settled: what was decided.
CREATE TABLE case_double (
    case_id  id_int NOT NULL REFERENCES case_record (id),
    other    id_int NOT NULL REFERENCES case_record (id),
    found_at instant_int NOT NULL,
    settled_at instant_int,
    settled_by text NOT NULL,
    words    text NOT NULL,
    PRIMARY KEY (case_id, other)
);
CREATE INDEX case_double_open ON case_double (found_at) WHERE settled_at IS NULL;

-- What was taken in while cut off: the same act sent again finds its case.
CREATE TABLE case_offline (
    client   text NOT NULL,
    sequence integer NOT NULL,
    case_id  id_int NOT NULL REFERENCES case_record (id),
    local_at instant_int NOT NULL,
    evidence text NOT NULL,
    PRIMARY KEY (client, sequence)
);

-- Half a form, kept until it is sent or its time is over.
CREATE TABLE case_draft (
    id         serial_int PRIMARY KEY,
    account    id_int NOT NULL,
    service    text NOT NULL,
    version_id id_int NOT NULL,
    page       text NOT NULL,
    body       text NOT NULL,
    revision   integer NOT NULL,
    saved_at   instant_int NOT NULL,
    expires_at instant_int NOT NULL
);
CREATE INDEX case_draft_account ON case_draft (account, id);
CREATE INDEX case_draft_expires ON case_draft (expires_at);

-- What others may follow without this engine knowing them. audit orders it: a row is read only when the log up to it is sealed, so no
-- earlier row can still appear.
CREATE TABLE case_event (
    audit    id_int NOT NULL PRIMARY KEY,
    case_id  id_int NOT NULL REFERENCES case_record (id),
    at       instant_int NOT NULL,
    kind     text NOT NULL,                   -- "submitted", "moved", "message", "paid", "promised"
    state    text NOT NULL,
    move     text NOT NULL,
    national integer NOT NULL
);
CREATE TABLE case_follower (
    name  text NOT NULL PRIMARY KEY,
    after id_int NOT NULL
);
