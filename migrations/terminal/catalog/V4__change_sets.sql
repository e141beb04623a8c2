-- A change-set that is missing or damaged does not stop the facts behind it: what the catalogue lacks is told, and the
-- catalogue is made anew once the set is back.

create table unapplied (
    arrival integer primary key,
    change_set text not null
) strict;

insert into table_class (name, class) values ('unapplied', 'deferred');
