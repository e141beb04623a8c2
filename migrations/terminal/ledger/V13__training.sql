-- Training: who is training is remembered over a restart, and what was sold in training is found again by its id, for its
-- paper. Nothing of it stands in any other projection.

-- Who is training, until they stop.
create table training (
    operator blob primary key,
    began_at integer not null
) strict, without rowid;

-- The fact of each sale that was completed in training.
create table training_sale (
    sale blob primary key,
    arrival integer not null
) strict, without rowid;

insert into table_class (name, class) values
    ('training', 'working'),
    ('training_sale', 'immediate');
