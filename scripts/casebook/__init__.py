"""A library of cases: YAML files checked against schemas, and the views derived from them."""
