select currency, kind, sum(taken_times), sum(taken), sum(given_times), sum(given)
from tender_by_day
where day between ?1 and ?2
group by currency, kind
order by currency, sum(taken) desc
