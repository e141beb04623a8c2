-- The ledger: what happened, for ever, and what is derived from it to go on selling. Why one file: a sale, its number,
-- its drawer and its print job commit together or not at all.

-- Every table has a class (ARCHITECTURE.md, "Tables have a class"); a test refuses a table without one.
create table table_class (
    name text primary key,
    class text not null check (class in ('fact', 'immediate', 'deferred', 'working', 'schema'))
) strict, without rowid;

insert into table_class (name, class) values
    ('table_class', 'schema'),
    ('refinery_schema_history', 'schema'),
    ('fact', 'fact'),
    ('detached', 'fact'),
    ('signed_head', 'fact'),
    ('log', 'immediate'),
    ('number', 'immediate'),
    ('sale', 'immediate'),
    ('sale_cancelled', 'immediate'),
    ('drawer', 'immediate'),
    ('on_hand', 'immediate'),
    ('record', 'immediate'),
    ('record_version', 'immediate'),
    ('sales_by_day', 'deferred'),
    ('tax_by_day', 'deferred'),
    ('audit', 'deferred'),
    ('watermark', 'deferred'),
    ('open_sale', 'working'),
    ('open_line', 'working'),
    ('open_trail', 'working'),
    ('print_job', 'working'),
    ('request', 'working'),
    ('draft_mark', 'working');

-- Facts in the order they arrived here. `envelope` is hashed and chained; `payload` is JSON exactly as written, and its
-- salted hash stands in the envelope. docs/ledger-format.md describes the bytes.
create table fact (
    arrival integer primary key,
    log integer not null,
    seq integer not null,
    kind text not null,
    envelope blob not null,
    salt blob not null,
    payload blob not null
) strict;

-- One fact per place in a log.
create unique index fact_identity on fact (log, seq);

-- The catalogue follows record changes; sales between them are skipped without being read.
create index fact_record_changed on fact (arrival) where kind = 'record.changed';

-- How the till is reads the last faults and jumps of the clock; they are few among the sales.
create index fact_of_health on fact (arrival) where kind = 'fault.recorded' or kind = 'clock.jumped';

-- Facts are never changed or removed (invariant 3).
create trigger fact_is_not_updated before update on fact
begin
    select raise(abort, 'facts are never changed');
end;

create trigger fact_is_not_deleted before delete on fact
begin
    select raise(abort, 'facts are never removed');
end;

-- Personal values that facts only commit to; `value` is null once erased.
create table detached (
    arrival integer not null,
    field text not null,
    salt blob not null,
    value blob,
    primary key (arrival, field)
) strict, without rowid;

-- Heads of logs signed by the terminal's key: each vouches for every fact up to its place.
create table signed_head (
    log integer not null,
    seq integer not null,
    hash blob not null,
    public_key blob not null,
    signature blob not null,
    primary key (log, seq)
) strict, without rowid;

-- The logs this file holds, and where each stands.
create table log (
    id integer primary key,
    organisation blob not null,
    store blob not null,
    terminal blob not null,
    incarnation blob not null unique,
    series text not null,
    training integer not null,
    head_seq integer not null,
    head_hash blob not null,
    head_hlc integer not null
) strict;

-- The last gapless number taken of each series of documents.
create table number (
    log integer not null,
    document text not null,
    last integer not null,
    primary key (log, document)
) strict, without rowid;

-- Completed sales, to be found again; everything else about them stands in the fact.
create table sale (
    id integer primary key,
    sale blob not null,
    arrival integer not null,
    receipt_number text not null,
    completed_at integer not null,
    total integer not null,
    currency text not null,
    copies integer not null default 0
) strict;

-- A sale is asked for by its id after a lost answer, and by its number on paper.
create unique index sale_by_id on sale (sale);
create unique index sale_by_receipt_number on sale (receipt_number);

-- Sales that were given up, so that a late call about one can be told so.
create table sale_cancelled (
    sale blob primary key,
    arrival integer not null
) strict, without rowid;

-- The cash the drawer should hold, in minor units.
create table drawer (
    currency text primary key,
    cash integer not null
) strict, without rowid;

-- What the shop should have of each product, in thousandths of its unit; may be negative.
create table on_hand (
    product blob primary key,
    thousandths integer not null
) strict, without rowid;

-- Shop settings, devices, roles, operators and tax categories as they stand, as JSON.
create table record (
    entity text not null,
    id blob not null,
    version integer not null,
    fields text not null,
    primary key (entity, id)
) strict, without rowid;

-- Earlier versions of the shop's settings: a reprint shows the shop as it was.
create table record_version (
    entity text not null,
    id blob not null,
    version integer not null,
    fields text not null,
    primary key (entity, id, version)
) strict, without rowid;

-- Rollups: folded behind the sale; `watermark` says how far.
create table sales_by_day (
    day integer not null,
    currency text not null,
    sales integer not null,
    lines integer not null,
    net integer not null,
    tax integer not null,
    total integer not null,
    primary key (day, currency)
) strict, without rowid;

create table tax_by_day (
    day integer not null,
    currency text not null,
    rate integer not null,
    net integer not null,
    tax integer not null,
    primary key (day, currency, rate)
) strict, without rowid;

-- Who did what: every fact, and every entry of a sale's trail (`part` from 1), with what it says of itself.
create table audit (
    arrival integer not null,
    part integer not null,
    day integer not null,
    operator blob not null,
    operation text not null,
    primary key (arrival, part)
) strict, without rowid;

create index audit_by_operator on audit (operator, arrival, part, day);
create index audit_by_operation on audit (operation, arrival, part, day);

create table watermark (
    projection text primary key,
    arrival integer not null
) strict, without rowid;

-- Open sales: saved at every key, durable within 250 ms of idling. At most one per sign-on's operator is active.
create table open_sale (
    sale blob primary key,
    operator blob not null unique,
    header text not null
) strict, without rowid;

create table open_line (
    sale blob not null,
    number integer not null,
    revision integer not null,
    line text not null,
    primary key (sale, number)
) strict, without rowid;

create table open_trail (
    sale blob not null,
    entry integer not null,
    act text not null,
    primary key (sale, entry)
) strict, without rowid;

-- What has to be printed or kicked; in the transaction of the sale. `key` keeps one event from being queued twice.
create table print_job (
    id integer primary key,
    key text not null unique,
    kind text not null,
    sale blob not null,
    receipt_number text not null,
    copy integer not null,
    state text not null,
    queued_at integer not null,
    not_after integer,
    bytes_total integer,
    bytes_sent integer,
    reason text
) strict;

-- The spooler asks for jobs that wait; done ones cost it nothing. With `in`, every job written would build its list as
-- a table: 18,000 instructions each.
create index print_job_open on print_job (id) where state = 'queued' or state = 'sending' or state = 'uncertain';

-- Effects of calls by their request id: the second call is answered from here.
create table request (
    id blob primary key,
    caller blob not null,
    operation text not null,
    payload_hash blob not null,
    effect text not null,
    at integer not null
) strict, without rowid;

-- Written by a durable commit that has nothing else to say, to carry drafts to the disk.
create table draft_mark (
    id integer primary key check (id = 1),
    marks integer not null
) strict;

insert into draft_mark (id, marks) values (1, 0);
