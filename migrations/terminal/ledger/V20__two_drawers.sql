-- Two drawers on one till: whose cash lies in which, which one each operator uses, and which one a kick opens.

-- The cash each drawer should hold, in minor units. What there was lies in the first, the only one until now.
create table drawers (
    drawer integer not null,
    currency text not null,
    cash integer not null,
    primary key (drawer, currency)
) strict, without rowid;

insert into drawers (drawer, currency, cash) select 1, currency, cash from drawer;
drop table drawer;
alter table drawers rename to drawer;

-- The drawer each operator took last. Who never took one uses the first, and a till with one drawer has no row here. Asked for
-- by the operator, once for a sale, where there are two.
create table drawer_choice (
    operator blob primary key,
    drawer integer not null
) strict, without rowid;

insert into table_class (name, class) values ('drawer_choice', 'immediate');

alter table print_job add column drawer integer not null default 1;
