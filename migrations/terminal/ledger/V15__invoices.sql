-- Invoices of completed sales: where each is found, and how often it was given out. Touched only by invoices.

create table invoice (
    sale blob primary key,
    arrival integer not null,
    number text not null unique,
    given integer not null default 0
) strict, without rowid;

insert into table_class (name, class) values ('invoice', 'immediate');
