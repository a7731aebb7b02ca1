-- The name and login under which the personnel list knows an officer: what the account carries comes from here (apply.c), so a
-- list of thousands asks nobody else. name_key is text_fold of name.
ALTER TABLE staff ADD COLUMN login text NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN name text NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN name_key text NOT NULL DEFAULT '';
UPDATE staff SET login = (SELECT a.login FROM account a WHERE a.id = staff.account),
    name = (SELECT a.name FROM account a WHERE a.id = staff.account),
    name_key = (SELECT a.name_key FROM account a WHERE a.id = staff.account);
CREATE INDEX staff_login ON staff (login);

-- The program that asked for a departure, as it was called then.
ALTER TABLE staff_held ADD COLUMN client_name text NOT NULL DEFAULT '';
UPDATE staff_held SET client_name = (SELECT a.name FROM account a WHERE a.id = staff_held.asked_by);
