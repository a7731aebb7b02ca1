-- Plates of digital addresses. code: the commune's code of 2023, a number in it, a check digit; it is never used again. A household has
-- at most one plate in force. mounted_on: somebody saw it on the door; until then it is a number on a list.
CREATE TABLE digital_plate (
    id            serial_int PRIMARY KEY,
    code          text NOT NULL UNIQUE,
    unit          unit_text NOT NULL,
    number        integer NOT NULL,
    household     id_int NOT NULL REFERENCES household (id),
    hamlet        id_int NOT NULL REFERENCES hamlet (id),
    place         text NOT NULL,
    assigned_on   day_text NOT NULL,
    assigned_name text NOT NULL,
    mounted_on    day_text,
    seen_by       text,
    recorded_by   id_int,
    recorded_name text,
    recorded_at   instant_int,
    ended_on      day_text,
    ended_why     text
);
CREATE UNIQUE INDEX digital_plate_number ON digital_plate (unit, number);
CREATE UNIQUE INDEX digital_plate_household ON digital_plate (household) WHERE ended_on IS NULL;
CREATE INDEX digital_plate_hamlet ON digital_plate (hamlet, id);
