-- In which capacity a sign-in was: the grant that was the session's hat, when the app asked for it and the person agreed.
ALTER TABLE signon_family ADD COLUMN hat id_int;
