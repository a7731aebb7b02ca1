-- Through which door a filing began: the portal itself, or VNeID that brought the person here.
ALTER TABLE filing ADD COLUMN channel integer NOT NULL DEFAULT 0; -- enum case_channel
