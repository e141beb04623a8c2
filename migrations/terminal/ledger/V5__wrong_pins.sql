-- Wrong PINs in a row, by operator: who guesses does not get new tries by starting the till again.
insert into table_class (name, class) values ('wrong_pin', 'working');

create table wrong_pin (
    operator blob primary key,
    wrong integer not null,
    at integer not null
) strict, without rowid;
