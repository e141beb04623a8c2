-- What is printed need not be about a sale (a drawer opened without one, a test page), and what is known of a print is
-- more than that its bytes left: which printer, how often it was tried, how it was confirmed, when it came to its state.
alter table print_job rename column sale to about;
alter table print_job add column printer text;
alter table print_job add column attempts integer not null default 0;
alter table print_job add column confirmed_by text;
alter table print_job add column moved_at integer;
