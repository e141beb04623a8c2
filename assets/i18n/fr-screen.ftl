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
set-up-lead = Une minute, et vous pouvez vendre. Tout peut être changé plus tard, sauf la devise.
set-up-shop = Le magasin
set-up-owner = Vous, propriétaire
set-up-save = Ouvrir le magasin
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
line-tools = Article choisi
line-less = Un de moins
line-more = Un de plus
line-void = Retirer l’article
line-taken-out = { $name } a été retiré.
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
receipt-save = Enregistrer en PDF
receipt-saved = Enregistré sous { $name }.
receipt-title = Ticket { $number }
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
approval-give-up = Renoncer
approval-allow = Autoriser une fois

## Tickets
no-receipts = Pas encore de ventes
no-receipts-next = Les tickets des ventes terminées sont listés ici.
print-question = Question sur une impression
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
import-choose-lead = Un tableau CSV ou XLSX, un article ou un client par ligne. Rien ne change avant que vous ayez vu ce qui changerait.
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
price-limit-hint = Vide : sans limite
permission-sell = Vendre et encaisser
permission-sell_open_item = Vendre des articles divers
permission-override_price = Changer les prix
permission-return_without_receipt = Reprendre sans ticket
permission-open_drawer = Ouvrir le tiroir
permission-reprint_receipt = Réimprimer des tickets
permission-manage_products = Changer articles et taxes
permission-manage_customers = Voir et changer les clients
permission-manage_settings = Changer le magasin
permission-manage_people = Changer l’équipe et les rôles
permission-manage_devices = Régler les appareils
permission-view_reports = Voir les rapports

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
report-run = Afficher
from = Du
to = Au
report-empty = Rien pour ces jours
report-empty-next = Choisissez d’autres jours.
report-days = Journées
report-taxes = TVA
column-day = Jour
column-sales = Ventes
column-net = HT
column-tax = TVA
column-gross = TTC
column-rate = Taux
column-lines = Lignes

## Touches
keys-numbers = Chiffres, puis une touche
keys-lines = Articles
keys-else = Partout
keys-code = Enregistrer un code
keys-times = Six fois le prochain
keys-set-quantity = Six fois celui choisi
keys-price = Prix de celui choisi
keys-tendered = Espèces remises
keys-exact = Espèces, compte juste
keys-quick = Montants près d’Espèces
keys-reprint = Réimprimer le dernier ticket
keys-preview = Voir le dernier ticket
keys-select = Choisir un article
keys-step = Un de plus, un de moins
keys-void = Le retirer
keys-undo = Le remettre
keys-explain = D’où vient son prix
keys-age = Le client a l’âge
keys-return = Le prochain est un retour
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
