-- Visits written without a network and sent later. client and seq are the phone's own: the same visit sent twice is one row, so that
-- nobody has to know whether an answer got lost. visited_at is the phone's clock. outcome: 1 recorded, 2 recorded and waits beside
-- another visit (digital_visit.state 2), 3 a person must look, 4 looked at and set aside, 5 looked at and recorded for those who are
-- still there. said: "person=reason" parted by spaces, as it was typed.
ALTER TABLE digital_visit ADD COLUMN offline bool_int NOT NULL DEFAULT 0;
CREATE TABLE digital_offline_visit (
    client        text NOT NULL,
    seq           integer NOT NULL,
    household     id_int NOT NULL REFERENCES household (id),
    unit          unit_text NOT NULL,
    said          text NOT NULL,
    note          text NOT NULL,
    visited_at    instant_int NOT NULL,
    received_at   instant_int NOT NULL,
    recorded_by   id_int NOT NULL,
    recorded_name text NOT NULL,
    outcome       integer NOT NULL CHECK (outcome BETWEEN 1 AND 5),
    why           text NOT NULL,
    visit         id_int REFERENCES digital_visit (id),
    settled_by    id_int,
    settled_at    instant_int,
    PRIMARY KEY (client, seq)
);
CREATE INDEX digital_offline_outcome ON digital_offline_visit (outcome, received_at);
CREATE INDEX digital_offline_household ON digital_offline_visit (household, client);
