# Les mots des écrans.

## Partout
close = Fermer
save = Enregistrer
why-name = Tapez d’abord un nom.
why-tax = Choisissez d’abord une taxe.
why-wrong = Corrigez ce qui est marqué.
why-pack = Il manque à un lot son code ou son contenu.
why-price = Un prix de tarif ou d’un autre jour n’est pas complet.
why-deposit = Dites combien de consignes vont avec.
why-place = La place est un nombre entier.
why-rate = Tapez d’abord le taux.
why-nothing = Rien n’est encore à modifier.
saved = Enregistré.
search = Chercher
undo = Annuler
more = Afficher la suite
name = Nom
status = État
history = Historique
history-none = Rien n’a encore été modifié.
total = Total
price = Prix
price-for = { $price } / { $unit }
keypad = Pavé numérique
key-back = Effacer le dernier chiffre
key-clear = Effacer
key-times = Fois : combien
key-separator = Séparateur décimal
key-enter = Entrée
on-screen-keyboard = Clavier à l’écran
on-screen-keyboard-away = Ranger le clavier
keyboard-touch = Au toucher
keyboard-always = Toujours
keyboard-never = Jamais
key-shift = Majuscules
key-back-letter = Effacer la dernière lettre
key-accents = Accents
key-language = Autres lettres
key-space = Espace
reference = Référence { $reference }
unreachable = La caisse ne répond pas.
unreachable-next = Elle est relancée toute seule. Si cela dure, redémarrez Tillkeeper.
waiting-for-till = En attente de la caisse…
not-a-number = « { $typed } » n’est pas un montant.
not-a-number-next = Effacez avec C et tapez à nouveau.

## La ligne du haut
menu = Menu
lock = Se déconnecter
demo = Magasin de démo
on-this-till = Sur cette caisse
connection-lost = Reconnexion…
sign-out = Déconnecter { $name }
theme = Apparence
theme-system = Système
theme-light = Clair
theme-dark = Sombre

## Écrans
sell = Vente
receipts = Tickets
products = Articles
reports = Rapports
people = Équipe
devices = Appareils
settings = Magasin
settings-shop = Le magasin
settings-codes = Codes de la balance
code-rules-lead = Les balances impriment leurs propres numéros, qui portent un poids, un prix ou un nombre. Un schéma dit ce qui est où : des chiffres tels quels, I pour le numéro de l’article, V pour la valeur, K pour la clé de la valeur, C pour la dernière clé. La première règle qui convient lit le numéro ; un article qui a le numéro entier passe avant toutes.
code-rules-none = Aucun numéro n’est encore lu ainsi
code-rules-none-next = Commencez avec les règles d’un pays, ou ajoutez une règle.
code-rules-begin = Commencer avec les règles de
code-rules-unsound = Un schéma ne dit encore rien.
code-rule-add = Ajouter une règle
code-rule-remove = Enlever la règle { $number }
code-layout = Schéma
code-layout-wrong = Par exemple 23IIIIIIVVVVC
code-holds = V est
code-holds-weight = un poids
code-holds-price = un prix
code-holds-count = un nombre
code-decimals = Décimales
code-sample = Un numéro à essayer
code-sample-hint = Scannez une étiquette, ou tapez-le
code-read-by = Lu par la règle { $number }
code-read-by-none = Aucune règle ne lit ce numéro.
code-says-item = Article { $item }
code-says-price = coûte { $price }
code-says-weight = pèse { $quantity }
code-says-count = contient { $quantity }
health = État
keys = Touches

## Premier démarrage
set-up-title = Bienvenue. Préparons votre magasin.
set-up-lead = Quelques minutes, et vous pouvez vendre. Tout peut être changé plus tard, sauf la devise.
set-up-steps = Étapes
set-up-step-country = Pays
set-up-step-shop = Votre magasin
set-up-step-money = Monnaie et taxes
set-up-step-owner = Vous, propriétaire
set-up-step-goods = Premiers articles
set-up-next = Suivant
set-up-back = Retour
set-up-save = Ouvrir le magasin
set-up-why-shop = Comment s’appelle votre magasin ?
set-up-why-till = Comment s’appelle cette caisse ?
set-up-why-rates = Chaque taux a un nom à lui et va de 0 à 100 %
set-up-why-owner = Comment vous appelez-vous ?
set-up-why-pin = Tapez votre PIN deux fois
set-up-owner-lead = Vous pouvez tout faire ici. Les collègues viennent plus tard, chacun avec son PIN.
set-up-rates-lead = Habituels là où est votre magasin. Vérifiez-les, et retirez ce qui ne sert pas.
set-up-rates-none = Tapez les taux que votre magasin applique. Sans taux, rien ne peut être vendu.
set-up-ready = { $name } est ouvert
set-up-ready-lead = Que voulez-vous faire d’abord ? Tout le reste est dans le menu.
set-up-import = Apporter mes articles d’un fichier
set-up-import-lead = Un tableau d’un tableur ou d’une autre caisse
set-up-products = Ajouter des articles à la main
set-up-products-lead = Nom, prix et code-barres, l’un après l’autre
set-up-devices = Brancher imprimante et lecteur
set-up-devices-lead = Chacun est essayé avant la première vente
set-up-sell = Aller à la caisse
set-up-sell-lead = Les montants se tapent ; les articles viennent plus tard
country = Pays
country-hint = Propose la devise et les taux de taxe
tax-rates = Taux de taxe
rate-standard = Normal
rate-reduced = Réduit { $number }
rate-add = Un autre taux
rate-remove = Retirer { $name }
recovery-type-last = Tapez son dernier groupe
recovery-last-wrong = Ce n’est pas la fin du code
recovery-why = Tapez le dernier groupe du code : il est alors bien sur papier
try-again = Réessayer
shop-name = Nom du magasin
till-name = Nom de cette caisse
till-name-first = Caisse 1
address = Adresse
address-hint = Telle qu’elle figure sur le ticket, ligne par ligne
tax-number = Numéro de TVA
tax-number-hint = Laissez vide si vous n’en avez pas
language = Langue
language-hint = Tickets en arabe, écrans en anglais, pour العربية
currency = Devise
currency-hint = Fixée après la première vente
currency-fixed = Fixée, car des ventes ont été faites
tax-mode = Prix affichés
tax-mode-included = taxes comprises
tax-mode-added = hors taxes
your-name = Votre nom
pin = Code PIN
pin-again = PIN, encore une fois
pin-hint = 4 à 12 chiffres
pin-forgotten = PIN oublié ?
badge = Badge
badge-hint = Scannez-le ici. Il connecte sans PIN.
badge-keep-hint = Scannez-en un autre pour le remplacer.
badge-now = Le badge actuel
badge-take-away = Le reprendre
role-bounds = Limites
own-sales-only = Ne voit que ses propres ventes
trains-only = Ne fait que s’entraîner : rien ne compte
badge-needs-pin = Un badge demande aussi le PIN
recover-title = Un nouveau PIN pour { $name }
recover-done = Le PIN est changé. Connectez-vous avec, et faites un autre code de secours.
recovery-code = Code de secours
recovery-code-hint = Tel qu’il a été noté ; majuscules ou minuscules
recovery-of = Code de secours de { $name }
recovery-what = Il vous donne un nouveau PIN si vous perdez le vôtre. Il n’est montré que maintenant : notez-le ou imprimez-le, et gardez-le où personne d’autre ne regarde.
recovery-print = Imprimer
recovery-kept = Je l’ai gardé
recovery-make = Nouveau code de secours
recovery-none = Vous n’avez pas encore de code de secours. Sans lui, un PIN perdu peut vous coûter le magasin.
lock-after = Se verrouille
lock-after-hint = Quand personne ne touche la caisse ; les ventes ouvertes attendent qui les a commencées
lock-never = Jamais
lock-minutes = { $minutes ->
    [one] Après { $minutes } minute
   *[other] Après { $minutes } minutes
}
pins-differ = Les deux codes diffèrent

## Connexion
who-are-you = Qui est à la caisse ?
pin-of = Code PIN de { $name }
pin-digits = { $count ->
    [0] Aucun chiffre tapé
    [one] 1 chiffre tapé
   *[other] { $count } chiffres tapés
  }
pin-wait = Trop de codes faux. Prochain essai dans { $seconds } s.
pin-wait-next = Les autres peuvent se connecter entre-temps.
demo-pin = PIN { $pin }
demo-shop = Magasin de démo : rien n’est vraiment vendu.
scan-before-sign-in = Non enregistré, car personne n’est connecté : { $code }.
scan-before-sign-in-next = Connectez-vous et scannez à nouveau.

## Vente
cart = Articles de cette vente
cart-empty = Prêt pour le client suivant
cart-empty-next = Scannez, touchez une tuile ou tapez un nom.
items = { $count ->
    [one] { $count } article
   *[other] { $count } articles
  }
tax-of = TVA { $rate } { $amount }
tax-sum = TVA { $amount }
line-at = à { $price }
line-returned = Retour
line-returned-from = Retour { $number }
line-tools = Article choisi
line-less = Un de moins
line-more = Un de plus
line-void = Retirer l’article
line-taken-out = { $name } a été retiré.
undo-last = Annuler le dernier geste
undone-whole-sale = la vente
undone-line_added = Annulé : ajout de { $name }
undone-counted = Annulé : un { $name } de plus
undone-quantity_changed = Annulé : quantité de { $name }
undone-price_overridden = Annulé : prix de { $name }
undone-discounted = Annulé : remise sur { $name }
undone-line_voided = Annulé : retrait de { $name }
undone-noted = Annulé : note sur { $name }
undone-customer_set = Annulé : client
undone-takeaway_set = Annulé : à emporter
undone-tax_exempted = Annulé : exonération de taxe
undone-age_confirmed = Annulé : contrôle d’âge
undone-seller_set = Annulé : vendeur
undone-taken_back = Annulé : retour du ticket
undone-reversed = Annulé : annulation du ticket
armed-quantity = { $quantity } × le prochain
armed-return = Le prochain est un retour
return = Retour
entry = Saisie
entry-empty = Chiffres, puis une touche
open-item = Divers
open-item-name = Divers
open-item-price = Tapez son prix sur le pavé
open-item-add = Ajouter à la vente
age-check = Âge du client
age-question = Le client a-t-il { $age } ans ou plus ?
age-question-next = Regardez sa carte. Scannez en attendant ; le paiement attend.
age-confirm = { $age } ans ou plus
create-more = Plus…
create-and-sell = Enregistrer et vendre
explain = D’où vient le prix
step-linked = Va avec son article, pour chacun
step-listed = { $list }, dès le { $day }
step-pack-own = Prix du lot
step-pack = Lot de { $quantity }
step-code-quantity = Quantité dans le code-barres
step-code-price = Prix dans le code-barres
step-typed = Prix saisi
step-extended = { $quantity } × { $price } = { $exact }, arrondi
step-discount = Remise de { $part }
step-discount-sale = Part de la remise sur la vente
step-returned = Ce qui a été payé sur { $number }
step-exempt = Exonéré de { $rate }
step-tax-in = dont { $name }
step-tax-on = plus { $name }
step-override = { $name } a saisi un prix à { $time }
step-override-agreed = { $name } a saisi un prix à { $time }, avec l’accord de { $other }
step-line = La ligne
tax-category = TVA
price-of = Nouveau prix pour { $name }
price-now = Actuellement { $price }
price-hint = Tapez le prix, puis Entrée.
price-take = Prendre ce prix
discount = Remise
reason = Motif
discount-of = Remise sur { $name }
discount-of-sale = Remise sur toute la vente
discount-on = Remise sur
discount-line = Cet article
discount-sale = Toute la vente
discount-parts = Remises usuelles
discount-now = Actuellement { $discount }
discount-hint = Touchez une part, ou saisissez puis % ou Entrée.
discount-remove = L’annuler
discount-as-part = Part
discount-as-amount = Montant
discount-sum = { $by } { $amount }
discount-reason-goodwill = Geste commercial
discount-reason-faulty = Marchandise défectueuse
discount-reason-short_dated = Date courte
discount-reason-price_match = Moins cher ailleurs
discount-reason-staff = Personnel
discount-reason-other = Autre chose
return-from = Retour sur { $number }
return-lines = Articles du ticket
return-left = { $left } à reprendre · { $amount }
return-all-back = Tout est revenu
return-less = Un { $name } de moins
return-more = Un { $name } de plus
return-wanted = { $name } repris
return-place = Destination
return-shelf = En rayon
return-scrap = Au rebut
return-everything = Tout
return-take = Reprendre
return-open = Retour d’articles
return-not-on-it = { $code } n’est pas sur ce ticket, ou tout est revenu.
return-not-on-it-next = Fermez le ticket pour le vendre.
return-reason-unwanted = Ne convient pas
return-reason-faulty = Défectueux
return-reason-mistake = Erreur
return-reason-other = Autre chose
reverse = Annuler la vente
note = Note
note-of = Sur quoi
note-of-line = Cet article
note-of-sale = Toute la vente
note-hint = Imprimée avec lui. Laissez vide pour la retirer.
note-save = Noter
seller = Vendeur
seller-of = Qui vend quoi
seller-next = Dès maintenant
seller-hint = Sinon, c’est la personne connectée qui vend.
sold-by = Vendu par { $name }
sale-more = Autour de cette vente
takeaway = À emporter
exempt = Exonérée de taxe
exempt-reason-diplomatic = Diplomatique
exempt-reason-export = Exportation
exempt-reason-resale = Pour revente
exempt-reason-non_profit = But non lucratif
exempt-reason-other = Selon la loi
exempt-not = Avec taxe
line-exempt = sans taxe de { $rate }
sale-customer = Client de la vente
sale-customer-off = Retirer le client
sale-customer-hint = Tapez un nom, un numéro ou un téléphone, ou scannez une carte.
sale-customer-more = Il y en a d’autres : continuez à taper.
suspend = Mettre la vente en attente
suspended = En attente
suspended-none = Rien n’est en attente.
suspended-done = La vente est en attente.
suspended-name = La nommer
suspended-rename = Nom de { $name }
suspended-since = { $time } · { $minutes } min · { $name }
resume = La reprendre
resume-waiting = Reprendre une vente en attente : { $count }
cancel-why = Motif de l’annulation
cancel-reason-customer_left = Client parti
cancel-reason-not_paid = Non payée
cancel-reason-mistake = Erreur
cancel-reason-trial = Simple essai
cancel-reason-other = Autre chose
find-products = Chercher des articles
search-placeholder = Tapez un nom, un code ou scannez
found = Articles trouvés
nothing-found = Rien trouvé
nothing-found-next = Vérifiez l’orthographe ou tapez moins de lettres.
categories = Catégories
tiles = Articles
all-products = Tous
no-price = Sans prix
no-products = Pas encore d’articles
no-products-next = Les articles ajoutés apparaissent ici en tuiles.
quick-cash = Montants remis
cash = Espèces
card = Carte
voucher = Bon d’achat
store-credit = Avoir
credit-left = Avoir restant
credit-has = Avoir { $amount }
credit-take = Avoir { $amount }
credit-give = En avoir
credit-none = Pas encore d’avoir
credit-whose = Avoir : de qui ?
on-account = Sur compte
on-account-whose = Sur compte : de qui ?
on-account-take = Sur compte, { $amount } libres
on-account-none = N’achète pas sur compte
owed = Dû sur compte
owed-has = Doit { $amount }
pay = Payer…
still-due = Reste à payer
still-back = Reste à rendre
correct-payment = Mauvais paiement ?
correct-title = Comment a-t-on payé ?
correct-hint = Le montant reste. Le service d’aujourd’hui prend l’écart.
correct-of = { $tender }, { $amount }
correct-to = C’était
correct-save = Corriger
correct-done = Le ticket { $number } a été payé par { $tender }.
corrected-line = { $to }, et non { $from } : { $amount }
corrected-by = { $operator }, { $at }
corrections = Corrections
tender-number = Numéro du bon, ou code du lecteur de cartes
correct-reason-wrong_key = Mauvaise touche
correct-reason-paid_otherwise = Payé autrement
correct-reason-reader_differs = Le lecteur dit autre chose
correct-reason-other = Autre
paid-so-far = Déjà payé
pay-hint = Le tout, ou tapez d’abord une partie.
pay-part = { $amount } du total
take-back = Rendre
voucher-number = Numéro du bon
voucher-take = Prendre le bon
due-of = reste { $amount } à payer
due-in-cash = { $amount } en espèces
cash-rounding = Arrondi des espèces
cash-rounding-none = Au centime près
cash-rounding-hint = La plus petite pièce en usage. Cartes et taxes gardent chaque centime.
cash-tie = Un montant au milieu
cash-tie-up = monte
cash-tie-down = descend
tenders = Moyens de paiement
tenders-cash = Espèces
tenders-card = Carte, sur un terminal à côté de la caisse
tenders-voucher = Bons d’achat, par leur numéro
tenders-voucher_change = La monnaie d’un bon est rendue en espèces
tenders-store_credit = Avoirs des clients
tenders-on_account = Sur compte, jusqu’à ce que chaque client peut devoir
tenders-tips = Pourboires
tip = Pourboire
tip-of = Pourboire { $amount }
tip-typed = Taper un pourboire
tip-off = Sans pourboire
payment = Paiement par carte
payment-on-reader = Sur le terminal de carte
payment-back = Retour sur la carte
payment-next = Faites-le sur le terminal. Que dit-il ?
payment-unknown-next = Regardez la liste du terminal, ou appelez sa banque. La vente attend.
payment-reference = Code d’autorisation
payment-reference-hint = Si besoin ; jamais le numéro d’une carte
payment-approved = Accepté
payment-declined = Refusé
payment-unknown = Pas sûr
change = À rendre
give-back = À rembourser
paid = Payé · ticket { $number }
tendered = Remis
completed-at = Heure
drawer-opens = Le tiroir s’ouvre.
next-sale = Le prochain scan commence la vente suivante.
receipt-preview = Ticket
receipt-reprint = Réimprimer
receipt-reprinted = Le ticket { $number } est réimprimé, marqué duplicata.
receipt-gift = Ticket cadeau
receipt-gift-printed = Un ticket cadeau pour { $number } est imprimé.
receipt-save = Fichier PDF
receipt-save-png = Image
receipt-saved = Enregistré sous { $name }.
receipt-title = Ticket { $number }
invoice-invoice = Facture
invoice-credit_note = Avoir
invoice-open-invoice = Facture { $number }
invoice-open-credit_note = Avoir { $number }
invoice-title-invoice = Facture du ticket { $number }
invoice-title-credit_note = Avoir du ticket { $number }
invoice-name = Nom ou société
invoice-tax-number = N° fiscal
invoice-tax-number-hint = S’il y en a un
invoice-hint = Ce document prend le numéro suivant et reste tel quel. Ce qui a été vendu et payé est comme sur le ticket.
invoice-write-invoice = Établir la facture
invoice-write-credit_note = Établir l’avoir
invoice-written = { $number } : document établi.
invoice-print = Imprimer
invoice-printed = { $number } s’imprime.
invoice-save = Enregistrer en PDF
invoice-copies = { $count ->
    [one] Déjà remise une fois : la prochaine porte la mention copie.
   *[other] Déjà remise { $count } fois : la prochaine porte la mention copie.
}
sale-cancel = Abandonner
sale-cancel-really = Vraiment ?
sale-cancelled = La vente est abandonnée. Rien n’a été encaissé.
price-check = Combien coûte-t-il ?
price-check-hint = Scannez-le, ou tapez son code puis Entrée. Rien n’est vendu.
price-check-nothing = Aucun article n’a le code { $code }.
price-check-none = sans prix
price-check-stock = { $quantity } en stock
refused-count = { $count } codes de suite
scan-refused = { $code } n’a pas été enregistré.
scan-not-agreed = Personne n’a donné son accord.
scanned-into-sale = { $name } a été ajouté à la vente.

## Accord
approval = Quelqu’un doit donner son accord
approval-what = Il faut quelqu’un qui peut : { $permission }
approval-who = Qui donne son accord
training = FORMATION
training-note = Rien ne compte
training-start = Commencer la formation
training-stop = Arrêter la formation
training-started = Formation. Rien de ce que vous vendez ne compte.
training-stopped = La formation est finie. Ce que vous vendez compte.
demo-leave = Commencer votre magasin
demo-leave-what = Le magasin de démonstration reste dans son dossier, avec tout ce que vous avez essayé. La caisse redémarre, vide, et vous aide à préparer votre magasin.
demo-leave-do = Commencer mon magasin
demo-stay = Rester dans la démonstration
demo-left = La caisse redémarre. Le magasin de démonstration reste dans { $folder }.
approval-how = Tapez le PIN, ou scannez un badge
approval-give-up = Renoncer
approval-allow = Autoriser une fois

## Tickets
no-receipts = Pas encore de ventes
no-receipts-next = Les tickets des ventes terminées sont listés ici.
receipts-find = Numéro, montant, article ou personne
receipts-filter = Filtrer
receipts-all = Tout afficher
receipts-hints = Ce qui est cherché
receipts-nothing-next = Tapez le montant avec ses centimes, ou enlevez un filtre.
found-with-product = Ventes avec cet article
found-for-customer = Ventes à ce client
found-by-operator = Ventes de cette personne
print-question = Question sur une impression
print-uncertain-report = L’imprimante n’a pas confirmé { $number }. Est-ce sorti ?
print-uncertain = L’imprimante n’a pas confirmé le ticket { $number }. Est-il sorti ?
print-more = { $count ->
    [one] Encore un après celui-ci.
   *[other] Encore { $count } après celui-ci.
  }
print-came-out = Oui, il est sorti
print-again = Non, réimprimer

## Articles
product-new = Nouvel article
product-saved = { $name } est enregistré.
product-active = En vente
product-archived = Plus en vente
no-products-new = Ajoutez le premier avec +, scannez son code, ou importez toute une liste depuis un fichier.
select = Choisir
select-none = Ne rien choisir
selected-count = { $count ->
    [one] 1 choisi
   *[other] { $count } choisis
  }
filter-all = Tout
filter-only = Montrer
filter-low = Bientôt épuisé
low = Bientôt épuisé
merge = En faire un seul…
merge-title = Deux qui n’en font qu’un
merge-which = Lequel reste
merge-moves = Ce qui passe à { $name }
merge-codes = Codes-barres { $codes }
merge-packs = { $count ->
    [one] 1 lot
   *[other] { $count } lots
  }
merge-sku = Référence { $sku }
merge-stock = Stock { $quantity }
merge-leads = { $name } n’est plus vendu ; ses codes et ses tuiles mènent à celui qui reste.
merge-stays = Nom, prix, image, catégorie et taxe y restent tels quels.
merge-final = On ne peut pas revenir en arrière.
merge-do = En faire un seul
merged = Les deux sont maintenant { $name }.
merge-units = Ils se vendent dans des unités différentes.
merge-archived = Celui qui reste doit être en vente.
merge-variants = L’autre a des variantes ; elles perdraient leur parent.
many-preview = { $count ->
    [0] Aucun prix ne change.
    [one] Un article change.
   *[other] { $count } articles changent.
  }
many-unpriced-preview = { $count ->
    [one] Un n’a pas de prix qui le puisse.
   *[other] { $count } n’ont pas de prix qui le puisse.
  }
code-none = { $code } : ce n’est pas un code-barres.
code-check-digit = { $code } : le dernier chiffre d’un tel numéro serait { $digit }. Vérifiez-le.
code-claimed = { $code } : { $name } l’a déjà ; il faudrait choisir en caisse.
stock-count = Inventaire
count-what = Ce qui est compté
count-hint = Scannez-le, ou tapez son nom
count-reason = Pourquoi
count-reason-stocktake = Tout est compté
count-reason-opening = Les comptes commencent
count-reason-correction = Les comptes étaient faux
count-reason-damage = Cassé ou périmé
count-reason-loss = Manquant
count-none = Rien n’est encore compté
count-none-next = Scannez ce qui est en rayon et tapez combien il y en a. Rien ne change avant que vous le disiez.
count-of = Quantité de { $name }
count-expected = attendu { $quantity }
count-leave = Retirer { $name } de l’inventaire
count-nothing = Scannez ou choisissez d’abord quelque chose.
count-waiting = { $count ->
    [one] Un article attend sa quantité.
   *[other] { $count } articles attendent leur quantité.
  }
count-several = Plusieurs articles ont le code { $code }. Choisissez le bon par son nom.
count-complete = Valider
count-done = { $count ->
    [one] Un article est compté, { $different } différait.
   *[other] { $count } articles sont comptés, { $different } différaient.
  }
lacking-price = Sans prix
lacking-code = Sans code-barres
lacking-category = Sans catégorie
nothing-found-filter = Enlevez un filtre, ou tapez moins de lettres.
filters-away = Enlever les filtres
nothing-archived = Rien n’est archivé
from-a-file = Depuis un fichier…
products-likeliest = les plus probables d’abord
looking = Recherche…
on-hand = En stock
changed = Modifié
products-count = { $count ->
    [one] 1 article
   *[other] { $number } articles
  }
products-more-than = Plus de { $number } articles
change-many = Modifier…
change-many-lead = Ce que vous laissez tel quel reste tel quel.
change-many-most = { $most } à la fois au plus
keep = Laisser tel quel
prices-by = Hausse ou baisse des prix
prices-by-hint = 5 pour cinq pour cent de plus, -10 pour dix de moins
prices-by-wrong = De -100 à 1000 %
prices-from = Dès le
many-changed = { $count ->
    [one] 1 article a été modifié.
   *[other] { $count } articles ont été modifiés.
  }
many-same = { $count ->
    [one] 1 l’était déjà.
   *[other] { $count } l’étaient déjà.
  }
many-unpriced = { $count ->
    [one] 1 n’a pas de prix à modifier.
   *[other] { $count } n’ont pas de prix à modifier.
  }
picture = Image
picture-pick = Choisir une image
picture-remove = Enlever
price-wrong = Ce n’est pas un prix
day-wrong = Ce jour n’existe pas
day-pick = { $label } : choisir un jour
month-before = Le mois précédent
month-after = Le mois suivant
price-from = { $price } dès le { $day }
unit = Vendu
unit-each = À la pièce
unit-kilogram = Au kilo
unit-litre = Au litre
unit-metre = Au mètre
category = Catégorie
category-none = Aucune
category-new = Nouvelle catégorie
category-pick = Choisissez une catégorie
category-active = Affichée
category-archived = Masquée
no-categories = Pas encore de catégories
no-categories-next = Les catégories sont les pages de tuiles de l’écran de vente.
position = Place
position-hint = La plus petite vient en premier
codes = Codes-barres
codes-hint = Un par ligne, ou scannez-les
sku = Référence
sku-hint = La vôtre ; laissez vide si vous n’en avez pas
brand = Marque
pick-none = Enlever { $name }
packs = Lots
packs-count = { $count ->
    [one] 1 lot
   *[other] { $count } lots
  }
packs-lead = Plusieurs sous un seul code : un lot de six vend six fois cet article.
pack-code = Code-barres du lot
pack-quantity = Combien
pack-name = Nom
pack-price = Prix du lot
pack-add = Ajouter un lot
pack-remove = Enlever le lot { $code }
prices-other = Autres prix
prices-other-lead = Les prix d’un autre jour ou d’une liste de prix. Sans liste, c’est le prix ordinaire.
price-add = Ajouter un prix
price-remove = Enlever le prix du { $day }
price-list = Liste de prix
price-list-none = Prix ordinaire
price-lists = Listes de prix
price-list-new = Nouvelle liste
price-list-pick = Choisissez une liste
price-list-hint = Membres, personnel, heures creuses
price-list-active = En usage
price-list-archived = Plus en usage
no-price-lists = Pas encore de listes de prix
no-price-lists-next = Une liste donne à un article un autre prix pour certains clients ou moments.
deposit = Consigne
deposit-lead = Comptée avec l’article sur sa propre ligne, et rendue avec lui.
deposit-product = Ce qui est compté avec
deposit-quantity = Combien
age-and-stock = Âge et stock
age-min = Âge du client
age-min-hint = Confirmé une fois par vente
age-wrong = Un âge va de 1 à 120
age-from = dès { $age } ans
low-stock = Bas à
low-stock-hint = À cette quantité, l’article est dans la liste de ce qui manque
low-stock-at = bas à { $quantity }
quantity-wrong = Ce n’est pas une quantité
variant = Variante
variant-of = Une variante de
variant-of-hint = Tailles et couleurs sont des articles à part sous un même nom
option-name = Ce qui diffère
option-value = Celle-ci
option-example = Taille
option-add = Ajouter une différence
option-remove = Enlever { $name }
taxes = Taux de TVA
tax-new = Nouveau taux
tax-pick = Choisissez un taux
no-taxes = Pas encore de taux
no-taxes-next = Il faut un taux de TVA pour vendre un article.
rate = Taux
rates = Taux jusqu’ici
rate-wrong = Un taux va de 0 à 100 %
rate-from = Valable dès le
tax-takeaway = Pour ce qui est emporté
tax-takeaway-same = La même taxe
tax-takeaway-hint = Une touche de l’écran de vente fait basculer la vente.
rate-from-hint = Les ventes d’avant gardent leur taux
from-day = Dès le { $day }

## Pages de touches
tiles-laid = Touches
tile-page-new = Nouvelle page
tile-page-first = Favoris
tile-page-number = Page { $number }
tile-pages = Pages
tile-page-name = Nom de la page
tile-page-earlier = Page une place plus tôt
tile-page-later = Page une place plus tard
tile-page-remove = Retirer la page
no-tile-pages = L’écran de vente montre vos catégories
no-tile-pages-next = Composez vos propres pages : des favoris dans votre ordre, en couleurs.
no-tiles = Rien encore sur cette page
tile-add-product = Ajouter un produit
tile-add-category = Ajouter une catégorie
tile-pick = Glissez une touche à sa place, ou déplacez-la avec Alt et les flèches. Choisissez-en une pour lui donner une couleur.
tile-color = Couleur
tile-color-none = Sans
tile-color-red = Rouge
tile-color-orange = Orange
tile-color-yellow = Jaune
tile-color-green = Vert
tile-color-blue = Bleu
tile-color-violet = Violet
tile-color-grey = Gris
tile-earlier = Plus tôt
tile-later = Plus tard
tile-remove = Retirer de cette page
tile-gone = N’est plus vendu
tile-at = { $name }, place { $place } sur { $count }
tiles-undo = Annuler

## Tableaux pour un tableur
table-save = Tableau pour un tableur
table-products = Tous les produits de cette liste, tels qu’ils sont.
table-products-found = Les produits que montre cette liste, tels qu’ils sont.
table-customers = Tous les clients de cette liste, tels qu’ils sont.
table-customers-found = Les clients trouvés, tels qu’ils sont.
table-xlsx = Classeur (XLSX)
table-csv = Texte (CSV)
table-csv-semicolon = CSV à points-virgules
table-hint = Modifiez-le dans un tableur et importez-le de nouveau : chaque ligne retrouve sa fiche par la dernière colonne.
table-rows = { $number } lignes jusqu’ici
table-saved = { $count ->
    [one] Une ligne enregistrée sous { $name }.
   *[other] { $number } lignes enregistrées sous { $name }.
}

## Importation
import = Importer
import-steps = Étapes
import-step-file = Fichier
import-step-columns = Colonnes
import-step-check = Contrôle
import-step-done = Importation
import-choose = Beaucoup à la fois, d’un fichier
import-choose-lead = Un tableau CSV ou XLSX, un article ou un client par ligne ; avec des images, le tout dans un ZIP. Rien ne change avant que vous ayez vu ce qui changerait.
import-kind = Ce qu’il contient
import-customers = Clients
import-file = Choisir un fichier
import-arriving = { $part } % du fichier est arrivé
import-made = Importations jusqu’ici
import-undo-of = Annulation de { $file }
import-undo-really = Vraiment annuler ?
import-undone = Annulée
import-counts = { $created } nouveaux, { $updated } modifiés, { $skipped } laissés
import-columns-lead = Regardez ce qu’est chaque colonne ; c’est deviné d’après son nom et ses premières cases.
import-columns-unnamed = Une colonne au moins doit dire lequel : un nom, un numéro ou un code-barres.
import-pictures = { $count ->
    [one] Une image est venue avec.
   *[other] { $count } images sont venues avec.
  }
import-column-twice = Deux colonnes sont { $field }.
import-column = Colonne { $number }
import-column-none = Non lue
import-field-name = Nom
import-field-sku = Référence
import-field-code = Code-barres
import-field-price = Prix
import-field-brand = Marque
import-field-category = Catégorie
import-field-tax = TVA
import-field-unit = Vendu
import-field-age_min = Âge
import-field-low_stock = Bas à
import-field-picture = Image
import-field-id = Identifiant de la caisse
import-field-status = En service
import-field-number = Numéro
import-field-email = Courriel
import-field-phone = Téléphone
import-field-address = Adresse
import-field-note = Note
import-header = Première ligne
import-header-yes = Noms des colonnes
import-header-no = Déjà des données
import-decimal = Nombres
import-tax = TVA si le fichier n’en dit rien
import-tax-hint = Il en faut une aux nouveaux articles
import-prices-from = Prix valables dès le
import-create = Catégories nouvelles
import-create-yes = Les ajouter
import-create-no = Une erreur
import-check = Contrôler chaque ligne
import-checking = Chaque ligne est contrôlée…
import-checking-lead = Cela ne change rien.
import-importing = Importation…
import-importing-lead = La caisse vend pendant ce temps.
form-waits-import = Un import est en cours d’écriture. Ceci sera enregistré dès qu’il est fini.
import-undoing = Annulation…
import-progress = Où cela en est
import-rows = { $rows } lignes, { $part } %
import-cancel = Renoncer
import-created = Nouveaux
import-updated = Modifiés
import-unchanged = Inchangés
import-skipped = Laissés
import-no-problems = Aucune ligne n’a de problème.
import-errors = { $count ->
    [one] 1 erreur
   *[other] { $count } erreurs
  }
import-warnings = { $count ->
    [one] 1 avertissement
   *[other] { $count } avertissements
  }
import-error = Erreur
import-warning = Avertissement
import-problems-file = Tout dans un fichier
import-problems-saved = Enregistré sous { $name }.
import-problems-more = { $count ->
    [one] Encore un dans le fichier.
   *[other] Encore { $number } dans le fichier.
  }
import-row = Ligne
import-column-name = Colonne
import-problem = Le problème
import-cell = Il est écrit
import-other-row = ligne { $row }
import-problem-name_missing = Le nom manque
import-problem-text_too_long = Le texte est trop long
import-problem-code_invalid = Ce n’est pas un code-barres
import-problem-price_invalid = Ce n’est pas un prix
import-problem-tax_unknown = Cette TVA n’existe pas
import-problem-category_unknown = Cette catégorie n’existe pas
import-problem-unit_unknown = Rien ne se vend ainsi
import-problem-number_invalid = Ce nombre ne convient pas
import-problem-id_invalid = Ce n’est pas un identifiant de la caisse
import-problem-status_unknown = Ni actif ni archivé
import-problem-number_taken = Une autre fiche du magasin porte ce numéro
import-problem-double_in_file = Le même est sur une ligne précédente
import-problem-code_shared = Le même code-barres, écrit autrement, est sur une ligne précédente
import-problem-code_shared_with_shop = Un article du magasin a le même code-barres, écrit autrement
import-problem-price_missing = Il n’y a pas de prix
import-problem-picture_missing = L’archive n’a pas d’image de ce nom
import-problem-picture_unreadable = Cette image ne peut pas être affichée
import-problem-cell_beyond_columns = La ligne est plus longue que les noms des colonnes
import-commit = Importer { $number }
import-commit-warned = Importer { $number } malgré les avertissements
import-errors-first = Corrigez le fichier, ou laissez de côté les lignes avec erreurs.
import-leave-out = Laisser de côté chaque ligne avec une erreur
import-none = Aucune ligne ne peut être importée.
import-done = { $file } est importé.
import-undo-done = { $file } est annulé.
import-cancelled = Abandonné. Rien n’a changé.
import-another = Un autre fichier

## Clients
customers = Clients
customers-find = Trouver un client
customer-new = Nouveau client
customer-active = En usage
customer-archived = Archivés
customer-number-hint = De sa carte ; scannez-la
customer-erase = Effacer qui c’est
customer-erase-what = Nom, adresse, courriel, téléphone et note sont vidés partout dans l’histoire de cette caisse. Ses achats restent, sans nom.
customer-erased = Effacé.
account = Compte
account-owed = Doit
account-credit = Avoir
account-limit = Peut devoir jusqu’à
account-limit-hint = Vide : n’achète pas sur compte
account-set = Fixer
account-set-done = Ce que { $name } peut devoir est fixé.
account-pay = Règlement de compte
account-pay-of = { $name } règle son compte
account-pay-take = Encaisser
account-pay-hint = Ce qui est dû se paie en espèces ou par carte. Ce n’est pas une vente : c’était compté à l’achat.
account-pay-none = { $name } ne doit rien.
account-pay-find = Nom, numéro ou carte du client
account-pay-how = Payé par
account-pay-search = Chercher
account-paid-done = { $name } a payé { $paid } ; reste dû { $owed }.
no-customers = Pas encore de clients
no-customers-next = Ajoutez le premier avec +, ou importez une liste.

## Équipe
operators = Personnes
operator-new = Nouvelle personne
operator-pick = Choisissez une personne
operator-active = Travaille ici
operator-archived = Partie
operator-no-pin = Sans PIN
operator-erased = (effacé)
operator-erased-lead = Ce que cette personne a fait reste.
operator-erase = Effacer le nom et le code
operator-erase-what = Le nom et le code de { $name } seront vidés partout dans l’histoire de cette caisse, et dans les anciennes sauvegardes à leur prochain tour. Ce qui a été fait reste, sans nom. C’est définitif.
operator-erase-really = Effacer pour toujours
operator-erase-not = Garder
operator-erase-done = Le nom et le code sont effacés.
role = Rôle
roles = Rôles
role-new = Nouveau rôle
role-pick = Choisissez un rôle
role-grants = { $count ->
    [one] { $count } droit
   *[other] { $count } droits
  }
pin-new = Nouveau PIN
pin-keep-hint = Laissez vide pour garder le PIN
permissions-till = À la caisse
permissions-manage = En coulisses
roles-no-customers = Aucun rôle ne peut encore voir et modifier les clients. Ouvrez le rôle qui le doit, et cochez-le.
price-limit = Baisse de prix permise
discount-limit = Remise permise jusqu’à
cash-limit = Mouvement d’espèces jusqu’à
difference-limit = Clôture avec un écart jusqu’à
refund-limit = Remboursement permis jusqu’à
refund-elsewhere-limit = Autrement jusqu’à
account-limit-limit = Dette jusqu’à
price-limit-hint = Vide : sans limite
permission-sell = Vendre et encaisser
permission-sell_open_item = Vendre des articles divers
permission-override_price = Changer les prix
permission-discount = Accorder des remises
permission-refund = Reprendre sur ticket
permission-refund_elsewhere = Rembourser autrement que payé
permission-correct_tender = Corriger le paiement d’une vente
permission-return_without_receipt = Reprendre sans ticket
permission-open_drawer = Ouvrir le tiroir
permission-reprint_receipt = Réimprimer des tickets
permission-exempt_tax = Vendre sans taxe
permission-raise_account_limit = Laisser un client devoir plus
permission-manage_products = Changer articles et taxes
permission-manage_customers = Voir et changer les clients
permission-manage_settings = Changer le magasin
permission-manage_people = Changer l’équipe et les rôles
permission-manage_devices = Régler les appareils
permission-view_reports = Voir les rapports
permission-open_shift = Indiquer le fond de caisse
permission-move_cash = Déplacer des espèces
permission-close_shift = Compter et clôturer le tiroir
permission-see_expected_cash = Voir ce que le tiroir doit contenir

## Appareils
device-receipt_printer = Imprimante
device-backup_printer = Imprimante de secours
device-drawer = Tiroir
device-scanner = Scanner
device-absent = { $role ->
    [receipt_printer] pas réglée
    [scanner] comme un clavier
   *[other] pas réglé
  }
device-ready = { $role ->
    [receipt_printer] prête
   *[other] prêt
  }
device-busy = { $role ->
    [receipt_printer] occupée
   *[other] occupé
  }
device-degraded = marche, mais
device-not_ready = { $role ->
    [receipt_printer] pas prête
   *[other] pas prêt
  }
device-says = { $name } : { $text }
device-fine = Rien à faire.
device-receipt_printer-absent-next = Les ventes sont gardées, les tickets ne sont pas imprimés. Réglez une imprimante sous Appareils.
device-backup_printer-absent-next = Réglez-la sous Appareils, si vous en avez deux.
device-drawer-absent-next = Le tiroir s’ouvre par l’imprimante. Réglez une imprimante sous Appareils.
device-scanner-absent-next = Un scanner qui écrit comme un clavier marche sans réglage.
device-state = Leur état
printer-via = Connexion
printer-via-none = Aucune
printer-via-serial = Port série
printer-via-tcp = Réseau
printer-via-simulated = Simulée
printer-profile = Modèle
port = Port
baud = Vitesse
host = Adresse
tcp-port = Port réseau
scanner-kind = Type
scanner-wedge = Comme un clavier
scanner-serial = Port série
scanner-wedge-hint = Branchez-le et scannez : il marche sur chaque écran.
print-jobs = Impressions en attente
no-print-jobs = Aucune. Tout est sorti.
job-receipt = Ticket
job-report = Rapport ou bon
job-kick = Tiroir
job-calibration = Test des lettres
code-page-column = Les accents se lisent bien en colonne
code-page-of-profile = celle du profil (non testée)
code-page-hint = Si les accents ou l’euro sortent mal, imprimez le test et indiquez la ligne et la colonne lisibles.
code-page-line = À la ligne
calibration-print = Imprimer le test des lettres
calibration-printing = Le test des lettres s’imprime.
job-queued = attend
job-sending = en envoi
job-printed = imprimé
job-uncertain = inconnu
job-expired = trop tard
job-cancelled = abandonné
device-drawer-open = ouvert
device-try = Essayer
device-scans = { $read ->
        [0] Aucun code lu pour l’instant.
        [one] Un code lu : { $taken } pris, { $refused } refusé.
       *[other] { $read } codes lus : { $taken } pris, { $refused } refusés.
    }
device-log = Ce qui s’est dit
device-log-empty = Rien n’a encore été envoyé.
device-log-sent = envoyé
device-log-heard = reçu
device-log-more = { $count } octets
device-troubles = Ce qui n’allait pas récemment
device-find = Chercher des appareils
device-plugged-in = Vient d’être branché : touchez pour le régler
device-find-none = Rien n’a été trouvé. Nommez-le à la main.
device-taken-up = Repris. Enregistrez, puis essayez.
printer-via-usb_port = USB
printer-via-usb = USB, direct
printer-via-queue = File d’impression
printer-via-file = Fichier
printer-asks = Demander son état
printer-asks-hint = Papier, capot, et si c’est imprimé. À couper pour une imprimante qui ne sait pas répondre.
printer-asks-yes = Demander
printer-asks-no = Ne pas demander
path = Chemin
queue = File
usb-number = Numéro de marque et de modèle
simulated-fault = Ce qu’elle fait de travers
fault-none = Rien
fault-paper_out = Plus de papier
fault-paper_low = Bientôt plus de papier
fault-cover_open = Capot ouvert
fault-cutter_stuck = Couteau bloqué
fault-stall = S’arrête à mi-chemin
fault-reset = La ligne casse à mi-chemin
fault-mute = Ne dit rien
fault-garbage = Répond n’importe quoi
fault-stale_status = Répond en retard
fault-unplugged = Débranchée
backup-printer-hint = Imprime ce que l’imprimante ne peut pas, avant que rien n’en soit parti.
drawer-via = Ouvert par
drawer-via-printer = L’imprimante
drawer-via-serial = Sa propre ligne
drawer-pins = Broches de la prise de l’imprimante
drawer-pins-profile = Comme d’habitude pour le modèle
drawer-pins-two = Broche 2
drawer-pins-five = Broche 5
drawer-pins-both = Les deux
drawer-sensor = Dit qu’il est ouvert
drawer-sensor-none = Non
drawer-sensor-open_when_high = Oui
drawer-sensor-open_when_low = Oui, à l’envers
drawer-bytes = Ce qui l’ouvre
drawer-bytes-hint = En hexadécimal ; 07 pour la plupart
scanner-hid = USB, comme scanner
scanner-simulated = Simulé
scanner-prefix = Met devant
scanner-suffix = Met derrière
scanner-same = Même code encore
scanner-same-hint = En moins de tant de millisecondes, c’est la même lecture ; 0 : jamais
scanner-layout = Clavier sur lequel il est réglé
keyboard-american = Américain, comme la plupart
keyboard-system = Le même que cet ordinateur
keyboard-french = Français
keyboard-german = Allemand
scanner-learn = Apprendre par deux lectures
scanner-learn-scan = Scannez le code ci-dessous ({ $place } sur { $count }).
scanner-learn-failed = Cela ne correspond pas : recommencez par le premier code. Le lecteur est peut-être réglé sur un autre clavier.
scanner-learnt = C’est appris. Enregistrez pour le garder.
no-sale = Ouvrir le tiroir
no-sale-why = Pourquoi l’ouvrir ?
no-sale-give_change = Faire de la monnaie
no-sale-correct_change = Corriger un rendu
no-sale-count = Compter
no-sale-try = L’essayer
no-sale-other = Autre chose
no-sale-done = Le tiroir s’ouvre.
job-give-up = Abandonner
jobs-done = Les dernières
job-test = Page d’essai
job-sales_report = Rapport de ventes
job-gift = Ticket cadeau
job-invoice = Facture
job-unconfirmed = envoyé, non confirmé
job-failed = n’a pas pu être fait
job-confirmed-process_id = l’imprimante dit que c’est sorti
job-confirmed-in_order = l’imprimante l’a parcouru
job-confirmed-real_time = rien n’a arrêté l’imprimante
job-bytes = { $sent } octets sur { $total }

## Magasin
logo = Logo
receipt-header = En haut du ticket
receipt-header-hint = Sous l’adresse
receipt-footer = À la fin
receipt-footer-hint = Un mot, les horaires
receipt-draft = Aspect des tickets
layout-lines = Sur chaque ticket
layout-address = L’adresse
layout-tax_number = Le numéro de TVA
layout-till_name = Le nom de la caisse
layout-operator = Qui a servi
layout-unit_prices = Le prix unitaire sous chaque article
layout-large_total = Le total en double taille
layout-taxes = Les taxes
layout-taxes-at_end = À la fin
layout-taxes-before_total = Avant le total
layout-taxes-nowhere = Nulle part
layout-logo_size = Taille du logo
layout-logo_size-small = Petit
layout-logo_size-medium = Moyen
layout-logo_size-large = Grand
layout-code = Le numéro à scanner
layout-code-code128 = Barres
layout-code-qr = Code QR
layout-code-none = Aucun
sample-kind = Ce qui est montré
sample-sale = Ticket
sample-gift = Ticket cadeau
sample-duplicate = Duplicata
sample-invoice = Facture
sample-look = Comment
sample-text = Texte
sample-dots = Imprimé

## Rapports
report = Rapport
report-all = Tous les rapports
report-run = Afficher
from = Du
to = Au
report-empty = Rien pour ces jours
report-empty-next = Choisissez d’autres jours.
report-period = Période
report-from-hour = Dès
report-to-hour = Jusqu’à
report-everybody = Tout le monde
report-all-day = Toute la journée
report-all-categories = Toutes les catégories
report-compare = À côté de
report-compare-none = Rien
report-compare-weeks = Semaines d’avant
report-compare-year = Année d’avant
report-file = Fichier
report-print = Imprimer
report-file-pdf = PDF
report-file-made = { $name } est enregistré.
report-printing = Le rapport s’imprime.
report-first-rows = Les { $shown } premières lignes sur { $count } ; un fichier les a toutes.
report-compared = à côté de { $from } – { $to }
report-chart = Graphique : { $column }
period-today = Aujourd’hui
period-yesterday = Hier
period-week = Cette semaine
period-last-week = Semaine dernière
period-month = Ce mois
period-last-month = Mois dernier
period-year = Cette année
period-last-year = Année dernière
period-days = Autres jours
overview = Aujourd’hui
overview-sales = Ventes
overview-receipts = Tickets
overview-average = Par ticket
overview-items = Articles
overview-before = { $value } { $weekday } dernier à cette heure
overview-before-whole = { $value } { $weekday } dernier
overview-hours = Heure par heure
overview-top = Meilleures ventes
overview-top-none = Rien de vendu encore
overview-top-none-next = La première vente s’affiche ici aussitôt.
overview-attention = À regarder
overview-all-fine = Rien à signaler
overview-low-stock = { $count ->
    [one] { $count } produit est bas
   *[other] { $count } produits sont bas
}
overview-low-stock-more = { $count }+ produits sont bas

## Touches
keys-numbers = Chiffres, puis une touche
keys-lines = Articles
keys-else = Partout
keys-code = Enregistrer un code
keys-times = Six fois le prochain
keys-set-quantity = Six fois celui choisi
keys-price = Prix de celui choisi
keys-discount = Remise sur l’article choisi
keys-tendered = Espèces remises
keys-exact = Espèces, compte juste
keys-quick = Montants près d’Espèces
keys-card = Carte
keys-pay = Autres moyens de paiement
keys-reprint = Réimprimer le dernier ticket
keys-gift = Ticket cadeau de la dernière vente
keys-preview = Voir le dernier ticket
keys-select = Choisir un article
keys-step = Un de plus, un de moins
keys-void = Le retirer
keys-undo = Annuler le dernier geste
keys-explain = D’où vient son prix
keys-age = Le client a l’âge
keys-return = Le prochain est un retour
keys-suspend = Mettre en attente, ou reprendre
keys-return-from = Retour sur le ticket 12
keys-open-item = Article divers
keys-cancel = Abandonner la vente (deux fois)
keys-clear = Effacer la saisie
keys-search = Chercher des articles
keys-category = Autre catégorie

## How the till itself is; what is so and what to do stands in *-health.ftl
health-title = État de la caisse
health-reference = Référence
health-reference-hint = Un numéro qu’on vous a lu, comme AB12-CD34
health-find = Chercher
health-unknown = Rien n’est connu de { $reference }. Est-elle bien lue ?
health-in-ledger = Dans le journal
health-in-log = Dans le fichier de suivi
health-bundle = Fichier pour l’assistance
health-bundle-lead = Suivi, versions et état de cette caisse en un fichier. Ni noms, ni codes, ni ventes.
health-bundle-make = Préparer le fichier
health-bundle-saved = Le fichier est enregistré sous { $path }.
health-bundle-made = Le fichier { $name } est enregistré avec vos téléchargements.
health-about = Cette caisse
health-program = Programme
health-system = Système
health-series = Série des tickets
health-facts = Écritures du journal
health-folder = Dossier
health-reserve = Réservé pour un disque plein
health-faults = Dernières pannes
health-no-faults = Aucune panne.

## Sauvegardes
backups = Sauvegardes
backup-make = Sauvegarder maintenant
backup-making = Sauvegarde en cours…
backup-failed = La tentative du { $at } a échoué.
backup-none = Pas encore de sauvegarde
backup-none-next = La première se fait toute seule, dès les premières minutes calmes de la journée.
backup-daily = Automatique
backup-asked = Demandée
backup-before_migration = Avant une mise à jour
backup-facts = { $count } écritures
backup-checked = Relue et trouvée intacte le { $at }
backup-unchecked = Personne n’a vérifié ce fichier : il ne compte pas.
backup-of-damaged = Copie fidèle, mais le journal lui-même était abîmé.
backup-there-too = aussi au deuxième emplacement
backup-put-back = Restaurer
backup-put-back-title = Restaurer une sauvegarde
backup-elsewhere = D’un autre endroit…
backup-restore-consequence = Cette sauvegarde remplace ce que la caisse a maintenant. Rien n’est effacé : ce qui est là est gardé dans un dossier à part. Les nouveaux tickets reçoivent une nouvelle série de numéros. La caisse redémarre toute seule.
backup-adopt-consequence = Cette caisse continue à la place de celle qui a fait la sauvegarde, avec ses articles, son équipe et ses codes. Les nouveaux tickets reçoivent une nouvelle série de numéros. N’utilisez plus l’ancienne caisse.
backup-since = Ce qui a été vendu après le { $at } n’y est pas.
backup-another = En choisir une autre
backup-restarting = La caisse redémarre avec cette sauvegarde…
backup-kept-in = Ce qui était là avant est gardé dans { $folder }.
backup-place = Sauvegarde ou dossier
backup-place-hint = Laissez vide pour chercher sur chaque clé et chaque disque branchés.
backup-look = Chercher
backup-choose = Choisir
backup-none-found = Aucune sauvegarde trouvée
backup-none-found-next = Branchez la clé ou le disque et cherchez à nouveau, ou dites où elle est.
backup-second-place = Deuxième emplacement
backup-second-folder = Dossier sur un autre disque, une clé ou le réseau
backup-second-hint = Chaque sauvegarde y est copiée aussi. Ce disque peut tomber en panne ; il ne reste alors que cette copie.
backup-second-none = Pas de deuxième emplacement : toutes les sauvegardes sont sur le disque de cette caisse.
backup-second-up_to_date = La dernière sauvegarde y est.
backup-second-behind = La dernière sauvegarde y sera copiée.
backup-second-missing = Il n’est pas là. Branchez-le : la copie se fera toute seule.
backup-second-failed = La copie a échoué. Elle sera retentée toute seule.
backup-keep = Durée de conservation
backup-keep-days = Jours
backup-keep-weeks = Semaines
backup-keep-months = Mois
backup-keep-years = Années, pour les archives
backup-in = Elles sont dans { $folder }.
backup-secret = Une sauvegarde contient tout ce que sait la caisse. Qui l’a peut tout lire : gardez-la comme la clé du magasin.
backup-from = Continuer avec une sauvegarde
archives = Archives des mois passés
archives-lead = Signées par la caisse, pour qui contrôle les comptes.

## Qui a fait quoi ; les mots pour chaque chose sont dans *-audit.ftl
audit = Qui a fait quoi
audit-save = Enregistrer en tableau
audit-saved = { $count ->
    [one] 1 écriture est enregistrée dans { $name }.
   *[other] { $count } écritures sont enregistrées dans { $name }.
  }
audit-who = Qui
audit-everybody = Tout le monde
audit-till = La caisse elle-même
audit-what = Quoi
audit-everything = Tout
audit-word = Mot
audit-word-hint = Ticket, article…
audit-agreed = Accord de { $name }
audit-on-screen = Écran { $screen }
audit-screen-sign-in = Connexion
audit-screen-set-up = Première ouverture
audit-by-program = Un autre programme
audit-erased = (effacé)
audit-new = nouveau
audit-part = { $field } : { $value }
audit-amount = Montant
audit-nothing = rien
audit-to = devient
audit-looking = Recherche…
audit-further = Recherche plus loin…
audit-all = C’est ici que tout a commencé.
audit-none = Rien n’a encore été fait
audit-none-next = Tout ce qui se fait à cette caisse figurera ici.
audit-clear = Tout afficher
audit-more = { $count ->
    [one] 1 autre changement
   *[other] { $count } autres changements
  }

## Le tiroir et ses services
shift = Tiroir
shift-running = En cours
shift-closed-ones = Services clôturés
shift-state-open = Le service est ouvert
shift-state-begun = Fond de caisse non indiqué
shift-state-closed = Aucun service ouvert
shift-since = Depuis le { $at }, par { $name }
shift-begun-next = Une vente ou un mouvement a déjà eu lieu. Indiquez ce qu’il y avait dans le tiroir, ou continuez sans.
shift-state-closed-next = Indiquez ce qu’il y a dans le tiroir, ou vendez : la première vente ouvre un service.
shift-sales = Ventes
shift-open = Ventes en cours
shift-counted = Compté à { $at } : { $amount }
shift-report = Rapport (X)
shift-count-and-close = Compter et clôturer
shift-count = Compter le tiroir
shift-count-blind = Comptez tout ce qu’il y a dans le tiroir. Le montant attendu s’affiche ensuite.
shift-count-done = Compté
shift-count-again = Recompter
shift-close = Clôturer le service
shift-closed = { $number } est clôturé
shift-left = Reste dans le tiroir
shift-left-all = tout
shift-left-hint = Le fond du prochain service. Le reste sort du tiroir.
shift-put-aside = { $count ->
    [one] Une vente est encore en attente, depuis { $since }. Elle attend au prochain service.
   *[other] { $count } ventes sont encore en attente, la première depuis { $since }. Elles attendent au prochain service.
}
forgotten-sales = { $count ->
    [one] Une vente est en attente depuis { $since }.
   *[other] { $count } ventes sont en attente, la première depuis { $since }.
}
forgotten-show = Montrer
shift-held = Dont payé sur ventes en cours
shift-open-sales = { $count ->
    [one] Une vente en cours passe au prochain service.
   *[other] { $count } ventes en cours passent au prochain service.
}
shift-none = Aucun service clôturé
shift-none-next = Comptez le tiroir en fin de journée et clôturez le service : son rapport s’affiche ici.
shift-print-x = Imprimer
shift-print-again = Réimprimer
shift-printing = L’impression est lancée.
expected = Attendu
counted = Compté
difference = Écart
difference-none = Au centime près.
difference-reason = Motif de l’écart
difference-pick = Choisissez un motif
difference-why = Indiquez le motif de l’écart
difference-wrong_change = Erreur de rendu
difference-wrong_float = Fond de caisse erroné
difference-movement_missing = Mouvement oublié
difference-wrong_tender = Payé autrement
difference-unknown = Inconnu
float = Fond de caisse
float-state = Indiquer le fond
float-stated = Le service commence avec { $amount }.
float-left = { $amount } sont restés dans le tiroir à la dernière clôture.
float-is-left = C’est { $amount }
cash-by-notes = Billets et pièces
cash-by-sum = Le total
cash-why = Tapez ce qu’il y a
amount = Montant
amount-why = Tapez un montant
amount-wrong = Ce n’est pas un montant
cash-moved = Mouvements sans vente
cash-moved-none = Aucun mouvement dans ce service.
cash-paid_in = Entrée
cash-paid_out = Sortie
cash-expense = Dépense
cash-drop = Prélèvement
cash-hint-paid_in = Des espèces entrent dans le tiroir sans vente.
cash-hint-paid_out = Des espèces sortent du tiroir sans vente.
cash-hint-expense = Le magasin paie quelque chose avec le tiroir.
cash-hint-drop = Des espèces vont au coffre ou à la banque.
cash-moved-paid_in = { $amount } entrés.
cash-moved-paid_out = { $amount } sortis.
cash-moved-expense = { $amount } dépensés.
cash-moved-drop = { $amount } prélevés.
cash-reason = Motif
cash-reason-change = Monnaie
cash-reason-owner = Exploitant
cash-reason-tips = Pourboires
cash-reason-wages = Avance sur salaire
cash-reason-goods = Marchandises
cash-reason-supplies = Fournitures
cash-reason-postage = Affranchissement
cash-reason-travel = Déplacement
cash-reason-repair = Réparation
cash-reason-safe = Au coffre
cash-reason-bank = À la banque
cash-reason-correction = Correction
cash-reason-other = Autre chose
day-turns-at = La journée change à
day-turns-at-hint = Ce qui est vendu avant cette heure compte pour la veille.
difference-free = Écart sans motif
difference-free-hint = Un écart plus grand demande un motif.

## E-mail : comment il quitte la caisse, et ce qu’il devient
settings-mail = E-mail
mail-lead = Les tickets peuvent être envoyés par e-mail, par le serveur de messagerie du magasin. Ils attendent ici tant qu’il n’y a pas de réseau.
mail-host = Serveur de messagerie (SMTP)
mail-host-hint = Comme l’indique votre fournisseur, par exemple smtp.exemple.fr
mail-port = Port
mail-security = Chiffrement
mail-security-starttls = STARTTLS
mail-security-tls = TLS
mail-security-none = Aucun
mail-security-none-hint = Seulement pour un serveur dans le magasin même : personne ne s’y identifie.
mail-user = Utilisateur
mail-user-hint = Laissez vide si personne ne s’identifie
mail-password = Mot de passe
mail-password-hint = Gardé dans le trousseau de cet ordinateur, jamais affiché
mail-password-kept = Il y en a un. Saisissez-en un autre pour le remplacer.
mail-sender-name = Nom de l’expéditeur
mail-sender-address = Adresse de l’expéditeur
mail-try = Essayer
mail-try-hint = Envoyez-vous un e-mail. La réponse du serveur s’affiche dessous.
mail-try-send = Envoyer un essai
mail-address = Adresse e-mail
mail-address-wrong = Saisissez une seule adresse, comme nom@exemple.fr
mail-list = E-mails
mail-none = Aucun e-mail n’a encore été envoyé.
mail-letter-receipt = Ticket { $number }
mail-letter-test = Essai
mail-copy = Duplicata { $copy }
mail-state-queued = En attente
mail-state-sending = En cours d’envoi
mail-state-sent = Envoyé
mail-state-uncertain = Incertain
mail-state-failed = Refusé
mail-state-given_up = Abandonné
mail-again = Réessayer
mail-again-uncertain = Renvoyer
mail-arrived = Il est arrivé
mail-give-up = Abandonner
mail-server-said = Le serveur a répondu : { $reply }
mail-receipt = E-mail
mail-receipt-title = Envoyer le ticket { $number }
mail-receipt-duplicate = Il a déjà été remis : l’e-mail contient un duplicata.
mail-receipt-hint = Il part dès que le serveur de messagerie répond, aujourd’hui ou la semaine prochaine. L’adresse est alors oubliée.
mail-receipt-send = Envoyer
mail-receipt-queued = Le ticket { $number } va partir.
mail-not-set-up = Aucun serveur de messagerie n’est configuré. Une personne autorisée le fait sous Réglages, E-mail.
mail-show = Voir les e-mails
mail-letter-invoice = Facture { $number }
mail-letter-shift = Rapport Z { $number }
mail-letter-report = { $number }
mail-report = E-mail
mail-report-title = Envoyer ce rapport par e-mail
mail-report-hint = Il part dès que le serveur de messagerie répond, avec des pages à lire et un tableau à calculer. Si la période n’est pas finie, il contient ce qui a été vendu jusque-là.
mail-report-queued = Le rapport va partir.
mail-reports-to = Envoyer chaque rapport Z à
mail-reports-to-hint = Une adresse du propriétaire ; vide pour personne
invoice-mail = E-mail
invoice-mail-send = Envoyer
invoice-mailed = { $number } va partir.
