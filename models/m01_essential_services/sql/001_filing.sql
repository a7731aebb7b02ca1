-- What stands beside a draft until it is sent: for whom, where it goes, how the result is wanted.
CREATE TABLE filing (
    draft        id_int NOT NULL PRIMARY KEY,   -- case_draft
    account      id_int NOT NULL,               -- who types
    acts_as      integer NOT NULL,              -- enum case_acting
    basis        text NOT NULL,                 -- on what somebody files for another
    pid          pid_text,                      -- for whom
    name         text NOT NULL,
    person       id_int,                        -- register entry, when it is known by signing in
    organisation id_int,
    phone        text NOT NULL,
    unit         unit_text,                     -- where it is sent; NULL: not chosen yet
    delivery     integer NOT NULL,              -- enum case_delivery
    address      text NOT NULL,
    assisted     bool_int NOT NULL,             -- typed by a helper: nothing is sent before the citizen has confirmed
    code         hash_blob,                     -- of the code that was sent to the citizen's phone
    code_until   instant_int,
    code_tries   integer NOT NULL,
    confirmed_at instant_int,
    confirmed_by text NOT NULL,                 -- "sms", "account"
    confirmed    hash_blob,                     -- of the answers that were confirmed: changed ones need another confirmation
    expires_at   instant_int NOT NULL
);
CREATE INDEX filing_expires ON filing (expires_at);
CREATE INDEX filing_assisted ON filing (pid, draft) WHERE assisted = 1 AND pid IS NOT NULL;

-- Scans of a draft. They become papers of the case, or go with the draft.
CREATE TABLE filing_scan (
    id         serial_int PRIMARY KEY,
    draft      id_int NOT NULL REFERENCES filing (draft),
    slot       text NOT NULL,                   -- id of a paper or of a file field of the version
    file_name  text NOT NULL,
    media_type text NOT NULL,
    hash       hash_blob NOT NULL,
    size       integer NOT NULL,
    bytes      blob NOT NULL,
    added_at   instant_int NOT NULL
);
CREATE INDEX filing_scan_draft ON filing_scan (draft, id);

-- Cases that came through the portal: for whom they were filed, so that each capacity lists its own.
CREATE TABLE filing_case (
    case_id      id_int NOT NULL PRIMARY KEY,   -- case_record
    account      id_int,
    person       id_int,                        -- filed for this ward
    organisation id_int,
    audit        id_int NOT NULL,               -- record of the log that proves the filing
    made_at      instant_int NOT NULL
);
CREATE INDEX filing_case_person ON filing_case (person, case_id) WHERE person IS NOT NULL;
CREATE INDEX filing_case_organisation ON filing_case (organisation, case_id) WHERE organisation IS NOT NULL;

-- The parts of a bundle: each child waits, is filed, or could not be, and says why. place is its place in the version's list.
CREATE TABLE filing_part (
    parent   id_int NOT NULL,                   -- case_record of the bundle
    place    integer NOT NULL,
    service  text NOT NULL,
    name     text NOT NULL,
    state    integer NOT NULL,                  -- enum part_state
    case_id  id_int,                            -- the child's case
    reason   text NOT NULL,
    after    integer NOT NULL,                  -- 1: begins when the parent has its result
    changed_at instant_int NOT NULL,
    PRIMARY KEY (parent, place)
);
CREATE INDEX filing_part_case ON filing_part (case_id) WHERE case_id IS NOT NULL;
