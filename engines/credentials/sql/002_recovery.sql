-- Getting an account back at a desk: one officer sees the person and the papers, another confirms. The person then needs both halves:
-- a code from the first officer and a link from the second.
CREATE TABLE credential_recovery (
    id           serial_int PRIMARY KEY,
    account      id_int NOT NULL REFERENCES account (id),
    reason       text NOT NULL,
    level        integer NOT NULL,     -- evidence L0 to L4
    source       integer NOT NULL,     -- what was read
    raw          hash_blob NOT NULL,   -- of what was read
    fits         integer NOT NULL,     -- the paper's number: 0 nothing to compare, 1 the account's, 2 another
    code         hash_blob NOT NULL,   -- keyed by what is not in the store
    tries        integer NOT NULL,
    started_by   id_int NOT NULL REFERENCES account (id),
    started_at   instant_int NOT NULL,
    expires_at   instant_int NOT NULL,
    token        hash_blob UNIQUE,     -- of the link, from the confirmation on
    confirmed_by id_int REFERENCES account (id),
    confirmed_at instant_int,
    ended_at     instant_int,          -- called off, or tried too often
    used_at      instant_int
);
CREATE INDEX credential_recovery_account ON credential_recovery (account, id);

-- "I cannot get into my account", from somebody who by definition cannot sign in: nothing in it is verified.
CREATE TABLE credential_report (
    id         serial_int PRIMARY KEY,
    name       text NOT NULL,
    contact    text NOT NULL,
    login      text NOT NULL,
    story      text NOT NULL,
    made_at    instant_int NOT NULL,
    done_at    instant_int,
    done_by    id_int REFERENCES account (id)
);
CREATE INDEX credential_report_open ON credential_report (done_at, id);
