"""The finished site held against what readers need: accessibility, valid HTML, weight and speed. See scripts/audit."""
