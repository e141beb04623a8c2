-- What customers paid of what they owe, so that the running shift knows it: cash that lies in the drawer, and what went by card.

-- Minor units. It is no turnover: what was sold was counted when it was sold.
alter table shift_sum add column account_cash integer not null default 0;
alter table shift_sum add column account_card integer not null default 0;
