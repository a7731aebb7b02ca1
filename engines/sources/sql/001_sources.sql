-- What the sources said about the papers of one filing that is not sent yet: a draft of the portal, an intake at a counter. It becomes
-- papers of the case, or goes with the draft.
CREATE TABLE source_take (
    holder     text NOT NULL,                -- "draft/17", "intake/5"
    slot       text NOT NULL,                -- paper of the service's version
    system     text NOT NULL,                -- "hotich", "dancu", "vault"
    state      integer NOT NULL,             -- enum source_state
    account    id_int NOT NULL,              -- who is told when the source is back; 0: nobody
    path       text NOT NULL,                -- where that filing goes on
    paper      text NOT NULL,                -- its name, for that message
    person     id_int NOT NULL,              -- register entry that was asked about
    question   text NOT NULL,                -- as it was put, to be put again
    body       text NOT NULL,                -- canonical JSON of what was said, or of the declaration; empty: nothing
    as_of      instant_int,                  -- when the source said so
    mode       text NOT NULL,                -- MÔ PHỎNG, THỬ, THẬT: of the source
    asked_at   instant_int NOT NULL,
    PRIMARY KEY (holder, slot)
);
CREATE INDEX source_take_waits ON source_take (asked_at) WHERE state = 3;

-- The last good answer about somebody, for when the source is down. about: of who was asked about.
CREATE TABLE source_kept (
    system   text NOT NULL,
    about    hash_blob NOT NULL,
    members  text NOT NULL,                  -- which members were asked for
    body     text NOT NULL,
    as_of    instant_int NOT NULL,
    mode     text NOT NULL,
    PRIMARY KEY (system, about, members)
);
CREATE INDEX source_kept_age ON source_kept (as_of);

-- A source that is known to be out of order: it is not asked until the outage is ended.
CREATE TABLE source_outage (
    system  text NOT NULL PRIMARY KEY,
    since   instant_int NOT NULL,
    reason  text NOT NULL,
    by_name text NOT NULL
);
