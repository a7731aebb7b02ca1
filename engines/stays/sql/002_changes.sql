-- A declared stay changes: longer, shorter, another room, void. The guest's row holds what is so now, each row here what was.
CREATE TABLE stay_change (
    id         serial_int PRIMARY KEY,
    guest      id_int NOT NULL REFERENCES stay_guest (id),
    revision   integer NOT NULL,        -- the guest's revision after it
    at         instant_int NOT NULL,
    kind       integer NOT NULL,        -- enum stay_change_kind
    was        text NOT NULL,
    is_now     text NOT NULL,
    reason     text NOT NULL,
    account    id_int NOT NULL
);
CREATE INDEX stay_change_guest ON stay_change (guest, id);

-- How often it changed since it was declared: the national side is told each revision once.
ALTER TABLE stay_guest ADD COLUMN revision integer NOT NULL DEFAULT 0;
