-- An app that registered itself changes itself at its own address while it waits: what was given back waits again once it is
-- another version.
ALTER TABLE app ADD COLUMN returned_version integer;
CREATE INDEX signon_invitation_client ON signon_invitation (client) WHERE client IS NOT NULL;
