-- What imports changed: for the history of a record, which looks into the sets that touched it and into no other.

-- A record that an import changed: the arrival of its fact, and in its set the row's number and the bytes at which its
-- section and its line begin.
create table imported_change (
    record blob not null,
    arrival integer not null,
    row integer not null,
    section_at integer not null,
    line_at integer not null,
    primary key (record, arrival)
) strict, without rowid;

insert into table_class (name, class) values ('imported_change', 'deferred');

-- What was imported before is looked through once.
update applied set arrival = 0;
