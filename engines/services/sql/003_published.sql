-- A published version stands: cases live by it. The store itself refuses, whoever writes.
-- @sqlite
CREATE TRIGGER service_version_never_changes BEFORE UPDATE ON service_version
BEGIN SELECT RAISE(ABORT, 'a published version is never changed'); END;
CREATE TRIGGER service_version_stays BEFORE DELETE ON service_version
BEGIN SELECT RAISE(ABORT, 'a published version is never changed'); END;
-- @postgres
CREATE FUNCTION service_version_stands() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    RAISE EXCEPTION ''a published version is never changed'';
END';
CREATE TRIGGER service_version_stands BEFORE UPDATE OR DELETE ON service_version
FOR EACH ROW EXECUTE FUNCTION service_version_stands();
-- @both
