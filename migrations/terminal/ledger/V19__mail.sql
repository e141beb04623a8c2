-- The outbox: letters wait here for the shop's mail server, over restarts and for weeks. What is in a letter is written
-- anew from the ledger when it leaves.

-- `letter` is what its Message-ID is made of, the same however often it is tried; `may_repeat` that a person let it be sent
-- again although it may have gone. The address is gone once the letter was sent or given up, or its customer erased.
create table letter (
    id integer primary key,
    letter blob not null,
    kind text not null,
    about blob not null,
    number text not null,
    copy integer not null,
    address text,
    customer blob,
    may_repeat integer not null default 0,
    state text not null,
    reason text,
    reply text,
    attempts integer not null default 0,
    queued_at integer not null,
    moved_at integer not null
) strict;

-- The worker asks after every commit what waits; letters that are done cost it nothing.
create index letter_open on letter (id)
    where state = 'queued' or state = 'sending' or state = 'uncertain' or state = 'failed';

insert into table_class (name, class) values ('letter', 'working');
