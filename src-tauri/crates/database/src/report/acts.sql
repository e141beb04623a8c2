select operator, act, detail, currency, sum(times), sum(amount)
from act_by_day
where day between ?1 and ?2 and (?3 is null or operator = ?3)
group by operator, act, detail, currency
