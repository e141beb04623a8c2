# Rapports : leurs noms, leurs colonnes et les mots qu’ils contiennent, à l’écran, sur papier et en fichier.

## Reports
report-days = Journées
report-weekdays = Jours de la semaine
report-hours = Heures
report-operators = Opérateurs
report-categories = Catégories
report-products = Articles
report-slow_products = Ventes lentes
report-taxes = TVA
report-tenders = Règlements
report-tips = Pourboires
report-discounts = Remises
report-returns = Retours
report-cancelled = Annulations
report-no_sales = Tiroir sans vente
report-low_days = Jours faibles
report-statement = Relevé de compte

## Columns
column-day = Jour
column-weekday = Jour
column-hour = Heure
column-operator = Opérateur
column-category = Catégorie
column-product = Produit
column-rate = Taux
column-tender = Règlement
column-act = Quoi
column-reason = Motif
column-sales = Ventes
column-items = Articles
column-average = Panier
column-net = HT
column-tax = TVA
column-gross = TTC
column-total = Total
column-days_open = Jours
column-least = Minimum
column-most = Maximum
column-day_average = Par jour
column-usual = Habituel
column-change = Écart
column-before = Avant
column-quantity = Quantité
column-lines = Lignes
column-on_hand = En stock
column-products = Références
column-taken_times = Reçus
column-taken = Encaissé
column-given_times = Rendus
column-given = Remboursé
column-times = Fois
column-amount = Montant
column-customer = Client
column-customer_number = Nº
column-account = Compte
column-entry = Opération
column-number = Numéro
column-balance = Solde

## Words in rows
word-tender_cash = Espèces
word-tender_card = Carte
word-tender_voucher = Bon
word-tender_store_credit = Avoir
word-tender_on_account = Sur compte
word-statement_opening = Solde initial
word-statement_closing = Solde final
word-statement_purchase = Achat
word-statement_return = Retour
word-statement_payment = Paiement
word-statement_write_off = Passé en perte
word-act_return = Retour
word-act_override = Prix saisi
word-act_discount = Remise
word-act_void_line = Ligne retirée
word-act_cancel = Vente annulée
word-act_reprint = Ticket réimprimé
word-reason_give_change = Faire la monnaie
word-reason_correct_change = Corriger la monnaie
word-reason_count = Compter
word-reason_try = Essai
word-reason_goodwill = Geste commercial
word-reason_faulty = Marchandise défectueuse
word-reason_short_dated = Date courte
word-reason_price_match = Moins cher ailleurs
word-reason_staff = Personnel
word-reason_other = Autre
word-open_item = Article libre
word-no_category = Sans catégorie
word-product_unknown = Produit inconnu
word-till_itself = La caisse
word-person_erased = Effacé

## Days of the week
weekday-1 = Lundi
weekday-2 = Mardi
weekday-3 = Mercredi
weekday-4 = Jeudi
weekday-5 = Vendredi
weekday-6 = Samedi
weekday-7 = Dimanche

## On paper and in files
file-compared = Avant : du { $from } au { $to }
file-more = { $count } autres lignes sont dans le fichier pour tableur.
file-more-entries = D’autres opérations sont dans le fichier pour tableur.
file-nothing = Rien pour ces jours
