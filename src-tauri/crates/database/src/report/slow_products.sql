select product, thousandths
from on_hand
where kept is null
