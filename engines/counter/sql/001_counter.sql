-- Somebody at the counter whose application is being taken in: kept until it becomes a case or is a day old. Who they say they
-- are, whether the register agrees, and what was answered so far.
CREATE TABLE counter_intake (
    id         serial_int PRIMARY KEY,
    account    id_int NOT NULL,                 -- the clerk's
    unit       unit_text NOT NULL,
    made_at    instant_int NOT NULL,
    expires_at instant_int NOT NULL,
    person     id_int,                          -- register entry that matched; linked, shown only after a recorded look
    pid        pid_text,
    name       text NOT NULL,
    born       birth_text,
    level      integer NOT NULL,                -- enum evidence_level
    source     integer NOT NULL,                -- enum evidence_source
    service    text NOT NULL,                   -- code; empty: not chosen yet
    version_id id_int NOT NULL,                 -- 0: not chosen yet
    answers    text NOT NULL,
    revision   integer NOT NULL
);
CREATE INDEX counter_intake_account ON counter_intake (account, id);
CREATE INDEX counter_intake_expires ON counter_intake (expires_at);

-- Papers laid on the desk for it.
CREATE TABLE counter_intake_paper (
    intake     id_int NOT NULL REFERENCES counter_intake (id),
    slot       text NOT NULL,                   -- id of the paper in the service's version
    kind       integer NOT NULL,                -- enum case_paper_given: a scan, or a sheet
    seen       bool_int NOT NULL,               -- the clerk has compared it with the original
    file_name  text NOT NULL,
    media_type text NOT NULL,
    quality    text NOT NULL,                   -- what was wrong with the scan and accepted all the same; or empty
    hash       hash_blob,
    bytes      blob,
    PRIMARY KEY (intake, slot)
);
