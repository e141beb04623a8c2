select currency, rate, sum(net), sum(tax)
from tax_by_day
where day between ?1 and ?2
group by currency, rate
order by currency, rate desc
