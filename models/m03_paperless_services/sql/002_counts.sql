-- How many papers services really took, counted every few minutes: a public page must not count a year's cases each time it is asked for.
CREATE TABLE paper_count (
    service    text NOT NULL PRIMARY KEY,
    counted_at instant_int NOT NULL,
    cases      integer NOT NULL,
    papers     integer NOT NULL,
    declared   integer NOT NULL,
    fetched    integer NOT NULL,
    cached     integer NOT NULL
);
