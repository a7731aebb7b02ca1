-- A program waits for a person's yes that is given on another screen: ask.h. The store knows only the hash of what the program holds.
CREATE TABLE signon_ask (
    id          serial_int PRIMARY KEY,
    kind        integer NOT NULL,        -- enum ask_kind
    client      text NOT NULL REFERENCES signon_client (id),
    secret      hash_blob NOT NULL UNIQUE,
    user_code   text UNIQUE,             -- a device's, eight letters
    account     id_int REFERENCES account (id), -- who is asked (counter), or who answered (device)
    scope       text NOT NULL,
    message     text,                    -- what stands on the clerk's screen as well
    assurance   integer NOT NULL,        -- least level of the session that may say yes
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL,
    wait_s      integer NOT NULL,        -- between two polls
    polled_at   instant_int,
    state       integer NOT NULL,        -- enum ask_state
    decided_at  instant_int,
    session     id_int,                  -- in which it was decided, and what that session had shown
    level       integer,
    amr         text,
    auth_at     instant_int
);
CREATE INDEX signon_ask_account ON signon_ask (account, state);
CREATE INDEX signon_ask_expires ON signon_ask (expires_at);
