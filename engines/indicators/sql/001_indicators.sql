-- Counts by measure, day and commune of 2023 (its successor is derived). What is not here is 0 once the day itself is here.
-- The primary key begins with measure and day because every reading names both.
CREATE TABLE indicator_value (
    measure     text NOT NULL,
    day         day_text NOT NULL,
    unit        unit_text NOT NULL,
    n           integer NOT NULL,
    computed_at instant_int NOT NULL,
    PRIMARY KEY (measure, day, unit)
);

-- Days that have been counted. A closed day is over and is not counted again, except by `bon indicators rebuild`.
CREATE TABLE indicator_day (
    day         day_text NOT NULL PRIMARY KEY,
    closed      bool_int NOT NULL,
    computed_at instant_int NOT NULL
);

-- How far the stays had come when they were last counted: their numbers only grow, so two look-ups tell whether anything is new.
CREATE TABLE indicator_source (
    id           id_int NOT NULL PRIMARY KEY CHECK (id = 1),
    declarations id_int NOT NULL,
    changes      id_int NOT NULL,
    rolled_at    instant_int NOT NULL
);
INSERT INTO indicator_source (id, declarations, changes, rolled_at) VALUES (1, 0, 0, 0);

-- Who is still here on a night: the few whose last day lies after it. And the declarations of one day.
CREATE INDEX indicator_stay_guest_leaves ON stay_guest (leaves_on);
CREATE INDEX indicator_stay_declaration_made ON stay_declaration (made_at);
