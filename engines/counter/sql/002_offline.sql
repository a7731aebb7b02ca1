-- Provisional numbers given to a machine before it is cut off. Blocks of one unit never overlap.
CREATE TABLE counter_block (
    id       serial_int PRIMARY KEY,
    unit     unit_text NOT NULL,
    client   text NOT NULL,                   -- the machine's own random name
    account  id_int NOT NULL,
    first_n  integer NOT NULL,
    last_n   integer NOT NULL,
    given_at instant_int NOT NULL,
    until    instant_int NOT NULL
);
CREATE UNIQUE INDEX counter_block_first ON counter_block (unit, first_n);
CREATE INDEX counter_block_client ON counter_block (client, unit);

-- What a machine that was cut off brought back, each act once by its own count. Those that nobody may take over without looking wait for a
-- person, with all that was written down.
CREATE TABLE counter_offline (
    client       text NOT NULL,
    seq          integer NOT NULL,
    unit         unit_text NOT NULL,
    account      id_int NOT NULL,
    account_name text NOT NULL,
    number       text NOT NULL,               -- provisional, as it stands on the paper given to the citizen
    service      text NOT NULL,
    service_name text NOT NULL,
    name         text NOT NULL,
    local_at     instant_int NOT NULL,        -- by the machine's clock
    received_at  instant_int NOT NULL,
    outcome      integer NOT NULL,            -- 1 a case, 2 somebody must look
    why          text NOT NULL,
    case_id      id_int,
    body         text NOT NULL,               -- of what must be looked at: JSON; else empty
    settled_at   instant_int,
    settled_by   text,
    settled      text,                        -- "opened", "aside"
    PRIMARY KEY (client, seq)
);
CREATE INDEX counter_offline_waits ON counter_offline (unit, received_at) WHERE outcome = 2 AND settled_at IS NULL;
