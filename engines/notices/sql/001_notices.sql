CREATE TABLE notice (
    id       serial_int PRIMARY KEY,
    account  id_int,
    kind     text NOT NULL,
    title    text NOT NULL,
    path     text NOT NULL,
    subject  text NOT NULL,
    said_as  text NOT NULL,                     -- the key: each once
    at       instant_int NOT NULL,
    seen_at  instant_int
);
CREATE UNIQUE INDEX notice_said_as ON notice (said_as);
CREATE INDEX notice_account ON notice (account, id) WHERE account IS NOT NULL;

-- What leaves the program. Its id is the number under which the carrier knows it, so that the same sent twice is one message there.
CREATE TABLE notice_out (
    id         serial_int PRIMARY KEY,
    notice     id_int NOT NULL REFERENCES notice (id),
    channel    integer NOT NULL,                -- enum notice_channel
    address    text NOT NULL,
    text       text NOT NULL,                   -- empty when it was secret and has left
    secret     bool_int NOT NULL,
    state      integer NOT NULL,                -- enum notice_state
    tries      integer NOT NULL,
    next_at    instant_int NOT NULL,
    carrier_no text NOT NULL,
    reason     text NOT NULL,
    changed_at instant_int NOT NULL
);
CREATE INDEX notice_out_due ON notice_out (next_at, id) WHERE state IN (0, 1);
CREATE INDEX notice_out_sent ON notice_out (changed_at, id) WHERE state = 2;
CREATE INDEX notice_out_notice ON notice_out (notice);

CREATE TABLE notice_contact (
    account  id_int NOT NULL PRIMARY KEY,
    phone    text NOT NULL,
    email    text NOT NULL,
    by_sms   bool_int NOT NULL,
    by_email bool_int NOT NULL
);
