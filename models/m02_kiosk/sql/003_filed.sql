-- What was handed in, by the key of the page it was handed in from: a kiosk that lost the answer seals the same pages, and they must not
-- become a second case. The other way round a request that was slow finds that its pages have come through the spool.
CREATE TABLE kiosk_filed (
    key     hash_blob NOT NULL PRIMARY KEY,
    case_id id_int NOT NULL REFERENCES case_record (id)
);
