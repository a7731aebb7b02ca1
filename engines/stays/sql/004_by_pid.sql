-- Stays by the number on the card. The index that was kept with each guest had one page to write for nearly every guest declared, since
-- numbers lie all over it: most of what a declaration put on the disk. A job enters declared guests later (platform/jobs/late_index.h); a
-- draft that is declared when the mark has passed it enters itself.
CREATE TABLE stay_pid (
    pid        pid_text NOT NULL,
    arrives_at instant_int NOT NULL,
    guest      id_int NOT NULL,
    PRIMARY KEY (pid, arrives_at, guest)
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both

-- One row: declared guests up to this one are entered. On PostgreSQL there is none: numbers do not appear in order there, so no mark
-- tells up to where all are there. The index stays, and all guests count as not entered.
CREATE TABLE stay_entered (
    one  integer PRIMARY KEY CHECK (one = 1),
    last id_int NOT NULL
);
-- @sqlite
INSERT INTO stay_pid (pid, arrives_at, guest)
SELECT pid, arrives_at, id FROM stay_guest WHERE pid IS NOT NULL AND state > 0 ORDER BY pid, arrives_at, id;
INSERT INTO stay_entered (one, last) SELECT 1, coalesce(max(id), 0) FROM stay_guest WHERE state > 0;
DROP INDEX stay_guest_pid;
-- @both
