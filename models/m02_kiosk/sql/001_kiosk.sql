-- One person's time at a kiosk. What they type is kept sealed under a key that only their cookie gives: when the cookie is gone, nobody
-- can open what is left of it anywhere.
CREATE TABLE kiosk_session (
    id serial_int PRIMARY KEY,
    device id_int NOT NULL REFERENCES edge_device (id),
    token hash_blob NOT NULL,
    opened_at instant_int NOT NULL,
    seen_at instant_int NOT NULL,
    held blob,                     -- NULL: nothing yet, or forgotten
    covered bool_int NOT NULL,     -- somebody was called to help: the screen shows nothing until its owner says so
    ended_at instant_int,
    how text CHECK (how IN ('done', 'left', 'idle', 'late', 'locked')),
    forgotten hash_blob            -- SHA-256 of what was sealed, as the record on the log has it
);
CREATE UNIQUE INDEX kiosk_session_token ON kiosk_session (token);
CREATE INDEX kiosk_session_open ON kiosk_session (ended_at, seen_at);
CREATE INDEX kiosk_session_opened ON kiosk_session (opened_at);

-- Money asked for by a QR code. Each that was paid has a receipt, or stands in the list of what is to be paid back.
CREATE TABLE kiosk_payment (
    id serial_int PRIMARY KEY,
    reference text NOT NULL,
    case_id id_int NOT NULL REFERENCES case_record (id),
    device id_int NOT NULL REFERENCES edge_device (id),
    sum money_int NOT NULL,
    asked_at instant_int NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'receipted', 'refund')),
    paid_at instant_int,
    receipt text,
    why text,
    printed bool_int NOT NULL,     -- the receipt came out on paper
    CHECK (state <> 'receipted' OR receipt IS NOT NULL),
    CHECK (state <> 'refund' OR why IS NOT NULL)
);
CREATE UNIQUE INDEX kiosk_payment_reference ON kiosk_payment (reference);
CREATE INDEX kiosk_payment_case ON kiosk_payment (case_id);

CREATE TABLE kiosk_rating (
    id serial_int PRIMARY KEY,
    device id_int NOT NULL REFERENCES edge_device (id),
    at instant_int NOT NULL,
    stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5)
);
