-- A role held in somebody's place for a time (uỷ quyền). instead_of: the grant it stands on; it holds only while that one does and
-- its account is open, and nobody gives it on.
ALTER TABLE account_grant ADD COLUMN instead_of id_int REFERENCES account_grant (id);
ALTER TABLE account_grant ADD COLUMN reason text;
CREATE INDEX account_grant_instead_of ON account_grant (instead_of) WHERE instead_of IS NOT NULL;
