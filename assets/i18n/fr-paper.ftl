# Ce que la caisse écrit elle-même : les tickets, et les noms avec lesquels commence un nouveau magasin.

paper-moment = { $day }/{ $month }/{ $year } { $hour }:{ $minute }
paper-receipt = Ticket
paper-tax_number = N° TVA
paper-served_by = Servi par
paper-returned = RETOUR
paper-total = TOTAL
paper-refund = À RENDRE
paper-cash = Espèces
paper-change = Rendu
paper-tax = TVA
paper-rate = Taux
paper-net = HT
paper-gross = TTC
paper-plus_tax = plus TVA
paper-duplicate = DUPLICATA
paper-instead_of = au lieu de

role-admin = Propriétaire
role-manager = Responsable
role-cashier = Caissier
role-trainee = Stagiaire
