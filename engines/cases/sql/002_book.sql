-- The one-stop desk's book is asked for by unit and day.
CREATE INDEX case_record_book ON case_record (unit, made_at, id);
