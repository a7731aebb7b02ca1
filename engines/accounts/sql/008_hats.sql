-- In which capacity a session acts: one of its account's grants. NULL: the account had only one when the session began. No reference:
-- a grant that an undone succession takes away leaves the session without a hat, not the grant without its end.
ALTER TABLE account_session ADD COLUMN hat id_int;

-- A role may be held for an organisation or for a person who cannot act alone. The register that knows of it gives and ends the grant;
-- source is its word for the fact behind it ("organisations.part/34"), behalf the name as that register has it now.
ALTER TABLE account_grant ADD COLUMN organisation id_int;
ALTER TABLE account_grant ADD COLUMN ward id_int;
ALTER TABLE account_grant ADD COLUMN behalf text;
ALTER TABLE account_grant ADD COLUMN scope text;
ALTER TABLE account_grant ADD COLUMN source text;
CREATE INDEX account_grant_ward ON account_grant (ward) WHERE ward IS NOT NULL;
