"""Scenarios as plain text in dictionaries and lists: nothing is turned into a number, a truth value or a date.

PyYAML's own loaders read the level `yes` as true; here every scalar stays the text it was, and is written back bare.
"""

import yaml


class PlainDumper(yaml.SafeDumper):
    """Writes text without quotes wherever YAML can."""

    yaml_implicit_resolvers = {}

    def ignore_aliases(self, data):
        """The format has no aliases."""
        return True


def read(text):
    """The document, every scalar a str."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def written(document):
    """The document, of str, list and dict alone, as YAML; keys in their order."""
    return yaml.dump(document, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=110)
