"""The colours of the pictures. Every motif takes its colours from here, so that sixty pictures look like one shop."""

GROUND = "#F5EEE3"  # the warm paper everything stands on
SHADOW = "#3A2A1C"  # drawn thin, for shade and for the shadow on the ground

# The disc behind the motif: one quiet tint for each category, in the order of the shop.
TINTS = {
    "Bread": "#EFDFC6",
    "Pastry & cakes": "#F1DCD0",
    "Fruit & vegetables": "#DFE6CC",
    "Dairy & eggs": "#D9E5E8",
    "Pantry": "#F0DDBF",
    "Drinks": "#D3E4DF",
    "Wine & beer": "#E6D7DB",
    "Home & gifts": "#DEDCEA",
}

CREAM = "#FFF7E6"
WHITE = "#FFFDF8"
INK = "#4A382B"

FLOUR = "#FAEBCF"
CRUMB = "#F6DDAE"
DOUGH = "#EBBE78"
CRUST = "#D9964A"
BAKED = "#B86F2E"
BROWN = "#8A4F25"
CHOCOLATE = "#5A3422"
COCOA = "#7A4A30"
CARAMEL = "#C4702A"

RED = "#D1453B"
BERRY = "#B3273F"
WINE = "#7C1F38"
PINK = "#F0A8AC"
ORANGE = "#EE8A32"
AMBER = "#E3A13A"
YELLOW = "#F5CC4D"
BUTTER = "#F8DE8B"
GREEN = "#6F9A45"
LEAF = "#4C7A3A"
FOREST = "#2F5A3C"
LIME = "#B4C65A"
OLIVE = "#8C8C3A"
TEAL = "#2F8A86"
SKY = "#A9D0DC"
BLUE = "#3F6FA8"
NIGHT = "#34466B"
PLUM = "#6B3F73"
LILAC = "#B79ACB"

KRAFT = "#CDA674"
STEEL = "#BCC4C8"
STEEL_DARK = "#8D989E"
GLASS = "#DCEBEA"
