-- Search as people type: words folded before they are indexed, rows in the order of what is sold most, and the words themselves, to find what was mistyped.

drop table search;

-- The words of a product, already folded and set apart by spaces: the tokenizer only cuts. The row is made of how often
-- the product is sold and of its id, so that the order of the rows is the order of the answer and no row waits for the
-- others to be numbered anew.
create virtual table search using fts5 (
    text,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '1 2 3 4 5 6 7 8',
    tokenize = 'ascii'
);

-- In how many lines a product was sold, as far as the facts have been counted.
create table search_sold (
    product integer primary key,
    lines integer not null
) strict;

-- Up to where they have been counted (the arrival of the last fact).
create table search_counted (
    id integer primary key check (id = 1),
    arrival integer not null
) strict;

insert into search_counted (id, arrival) values (1, 0);

-- Every word a product has or had: one that was mistyped has its beginning or its end in common with the right one.
create table search_word (
    word text primary key
) strict, without rowid;

create table search_word_backwards (
    word text primary key
) strict, without rowid;

insert into table_class (name, class) values
    ('search_sold', 'deferred'),
    ('search_counted', 'deferred'),
    ('search_word', 'deferred'),
    ('search_word_backwards', 'deferred');

-- What the ledger says is applied anew, into the new tables and by the keys of this version.
update applied set arrival = 0;
