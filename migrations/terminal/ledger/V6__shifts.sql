-- Shifts: what a drawer's cash came from, what its running shift comes to, and where its papers are found again.

-- Facts of a drawer that are listed, shown and printed again; everything else about them stands in the fact.
create table shift_fact (
    arrival integer primary key,
    id blob not null,
    drawer integer not null,
    kind text not null,
    at integer not null,
    number text,
    copies integer not null default 0
) strict;

-- A paper is asked for by its id; a drawer by its last opening, count and close, and by its movements since.
create unique index shift_fact_by_id on shift_fact (id);
create index shift_fact_by_kind on shift_fact (drawer, kind, arrival);

-- What the running shift of a drawer comes to, minor units; emptied when it is closed, as its fact has it for ever.
create table shift_sum (
    drawer integer primary key,
    first_at integer,
    float integer not null default 0,
    float_stated integer not null default 0,
    taken integer not null default 0,
    change integer not null default 0,
    refunded_cash integer not null default 0,
    paid_in integer not null default 0,
    paid_out integer not null default 0,
    expenses integer not null default 0,
    drops integer not null default 0,
    sales integer not null default 0,
    sold integer not null default 0,
    refunds integer not null default 0,
    refunded integer not null default 0,
    rounding integer not null default 0,
    cancelled integer not null default 0,
    no_sales integer not null default 0,
    counts integer not null default 0
) strict;

create table shift_tax (
    drawer integer not null,
    rate integer not null,
    net integer not null,
    tax integer not null,
    primary key (drawer, rate)
) strict, without rowid;

create table shift_tender (
    drawer integer not null,
    kind text not null,
    count integer not null,
    taken integer not null,
    given integer not null,
    primary key (drawer, kind)
) strict, without rowid;

insert into table_class (name, class) values
    ('shift_fact', 'immediate'),
    ('shift_sum', 'deferred'),
    ('shift_tax', 'deferred'),
    ('shift_tender', 'deferred');

-- What is folded behind the facts is folded anew, with the running shift.
delete from sales_by_day;
delete from tax_by_day;
delete from audit;
delete from record_change;
delete from watermark;
