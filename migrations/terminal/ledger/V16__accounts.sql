-- Customers' accounts with the shop, so that what somebody has of store credit is known where they pay.

-- What each fact moved and what the account stood at then; `kind` is that of the tender. The balance is that of the last
-- row, and a statement is read in the order of the key. Touched only by sales that go by an account.
create table account_movement (
    customer blob not null,
    kind text not null,
    currency text not null,
    arrival integer not null,
    minor integer not null,
    balance integer not null,
    primary key (customer, kind, currency, arrival)
) strict, without rowid;

insert into table_class (name, class) values ('account_movement', 'immediate');
