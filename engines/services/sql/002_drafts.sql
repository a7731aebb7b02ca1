-- A new version before it is published. body is a service file with one version: names, words and all that is asked; it may be faulty while
-- somebody works on it. revision rises with every change, so that two editors cannot overwrite each other unseen.
-- state 0 open, 1 proposed (waits for a second person), 2 published, 3 dropped.
CREATE TABLE service_draft (
    id          serial_int PRIMARY KEY,
    service     text NOT NULL,
    base        id_int REFERENCES service_version (id),  -- what it began as; NULL: a new service
    state       integer NOT NULL CHECK (state BETWEEN 0 AND 3),
    revision    integer NOT NULL,
    body        text NOT NULL,
    since       day_text,                                -- when proposed: from which day
    made_by     id_int NOT NULL,
    made_name   text NOT NULL,
    changed_by  id_int NOT NULL,
    changed_name text NOT NULL,
    changed_at  instant_int NOT NULL,
    editors     text NOT NULL,                           -- accounts that have written in it, parted by spaces: none of them publishes it
    proposed_by id_int,
    proposed_name text
);
CREATE INDEX service_draft_state ON service_draft (state, changed_at);
