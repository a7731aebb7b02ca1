-- What did not go together on the guest's paper (enum identity_warning, bits): shown beside the guest while they stand at the desk.
ALTER TABLE stay_guest ADD COLUMN warnings integer NOT NULL DEFAULT 0;
