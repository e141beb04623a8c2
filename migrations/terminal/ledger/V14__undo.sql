-- Undo: what the last acts on an open sale changed, as it was before. A plain sale leaves nothing here, and what is here
-- goes with its sale.

create table open_act (
    sale blob not null,
    key integer not null,
    kept text not null,
    primary key (sale, key)
) strict, without rowid;

insert into table_class (name, class) values
    ('open_act', 'working');
