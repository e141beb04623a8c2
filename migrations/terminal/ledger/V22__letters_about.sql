-- A receipt that is sent, and whoever looks at a sale, ask what was sent of it before.
create index letter_about on letter (about);
