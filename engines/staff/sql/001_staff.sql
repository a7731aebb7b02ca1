-- Officers as the personnel list knows them. external_id is their number there; it never changes hands.
CREATE TABLE staff (
    id          serial_int PRIMARY KEY,
    external_id text NOT NULL UNIQUE,
    account     id_int NOT NULL UNIQUE REFERENCES account (id),
    title       text NOT NULL,
    email       text NOT NULL,
    agency      text NOT NULL,          -- code; '' none
    active      bool_int NOT NULL,
    gone        bool_int NOT NULL,      -- taken out over SCIM: the row stays for the log
    version     integer NOT NULL,       -- rises with every change: the ETag
    made_at     instant_int NOT NULL,
    changed_at  instant_int NOT NULL,
    left_by     id_int,                 -- account that ended it last, and when: limits on mass departures count these
    left_at     instant_int
);
CREATE INDEX staff_left ON staff (left_by, left_at) WHERE left_at IS NOT NULL;

-- Roles that came from the personnel list, by the grant that carries each. Roles given by hand are not in here and are not touched
-- when somebody moves.
CREATE TABLE staff_role (
    account_grant id_int NOT NULL PRIMARY KEY REFERENCES account_grant (id),
    staff       id_int NOT NULL REFERENCES staff (id),
    role        text NOT NULL,
    territory   text NOT NULL           -- '' none
);
CREATE INDEX staff_role_staff ON staff_role (staff);
CREATE INDEX staff_role_role ON staff_role (role, territory);

-- Departures that a program asked for beyond its limit: nothing has happened yet, a person decides. state: 1 waits, 2 done, 3 refused.
CREATE TABLE staff_held (
    id          serial_int PRIMARY KEY,
    staff       id_int NOT NULL REFERENCES staff (id),
    asked_by    id_int NOT NULL,
    asked_at    instant_int NOT NULL,
    state       integer NOT NULL CHECK (state IN (1, 2, 3)),
    settled_by  id_int,
    settled_at  instant_int
);
CREATE INDEX staff_held_state ON staff_held (state, id);
