-- Who looked at whom, for "Ai đã xem dữ liệu của tôi". An index over the records had one page to write for nearly every look, since the
-- persons looked at lie all over it: three quarters of what a look put on the disk. Instead a job enters some thousand records at a
-- time in the order of persons, and whoever reads looks through the few that are not entered yet one by one.
CREATE TABLE audit_subject (
    subject id_int NOT NULL,
    record  id_int NOT NULL,
    PRIMARY KEY (subject, record)
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both

-- One row: records up to this one are entered.
CREATE TABLE audit_entered (
    one  integer PRIMARY KEY CHECK (one = 1),
    last id_int NOT NULL
);
INSERT INTO audit_subject (subject, record) SELECT subject, id FROM audit_record WHERE subject IS NOT NULL;
INSERT INTO audit_entered (one, last) SELECT 1, coalesce(max(id), 0) FROM audit_record;
DROP INDEX audit_record_subject;
