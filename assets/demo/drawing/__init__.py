"""The motifs of the demo shop's pictures: flat shapes as SVG, one module for each kind of thing on the shelves."""
