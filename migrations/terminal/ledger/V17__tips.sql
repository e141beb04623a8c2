-- What customers gave beside what was due, on a shift's papers. Only a shift with tips has more than nothing in it.

alter table shift_sum add column tips integer not null default 0;
