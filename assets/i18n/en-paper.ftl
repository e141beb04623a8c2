# What the till itself writes: receipts, and the names a new shop begins with.

paper-moment = { $year }-{ $month }-{ $day } { $hour }:{ $minute }
paper-receipt = Receipt
paper-tax_number = Tax no.
paper-served_by = Served by
paper-returned = RETURN
paper-total = TOTAL
paper-refund = REFUND
paper-cash = Cash
paper-change = Change
paper-tax = Tax
paper-rate = Rate
paper-net = Net
paper-gross = Gross
paper-plus_tax = plus tax
paper-duplicate = DUPLICATE
paper-instead_of = instead of

role-admin = Owner
role-manager = Manager
role-cashier = Cashier
role-trainee = Trainee
