#!/usr/bin/env python3
"""Makes the table of states and organisations from iso-codes and this folder's own two tables.

Usage: make-parties.py ISO_CODES_PREFIX COUNTRIES.tsv ORGANISATIONS.tsv OUTPUT
Columns of the output: kind, code, English, Turkish, Russian, other names with ';' between.
"""

import gettext
import json
import os
import sys


def read_table(path):
    with open(path, encoding='utf-8') as stream:
        for line in stream:
            line = line.rstrip('\n')
            if line and not line.startswith('#'):
                yield line.split('\t')


def catalogue(prefix, language):
    for domain in ('iso_3166-1', 'iso_3166'):
        path = os.path.join(prefix, 'share', 'locale', language, 'LC_MESSAGES', domain + '.mo')
        if os.path.exists(path):
            with open(path, 'rb') as stream:
                translations = gettext.GNUTranslations(stream)
        # Some Russian entries carry stress marks.
        return lambda text: translations.gettext(text).replace('\u0301', '')
    return lambda text: text


def main(prefix, countries, organisations, output):
    with open(os.path.join(prefix, 'share', 'iso-codes', 'json', 'iso_3166-1.json'), encoding='utf-8') as stream:
        states = json.load(stream)['3166-1']
    translate = [lambda text: text, catalogue(prefix, 'tr'), catalogue(prefix, 'ru')]
    extra = {row[0]: row for row in read_table(countries)}
    rows = []
    for state in sorted(states, key=lambda state: state['alpha_2']):
        row = extra.get(state['alpha_2'], [''] * 5)
        name = state.get('common_name', state['name'])
        names = [own or gettext_(name) for own, gettext_ in zip(row[1:4], translate)]
        others = [state['alpha_3']] + [other for other in row[4].split(';') if other]
        for key in ('name', 'common_name', 'official_name'):
            if key in state:
                others += [gettext_(state[key]) for gettext_ in translate]
        rows.append(['state', state['alpha_2'], names, others])
    for row in read_table(organisations):
        others = row[4].split(';') if row[4] else []
        if '-' not in row[0]:
            others.insert(0, row[0])
        rows.append(['organisation', row[0], row[1:4], others])
    taken = {row[1] for row in rows if row[0] == 'state'}
    with open(output, 'w', encoding='utf-8') as stream:
        for kind, code, names, others in rows:
            kept = []
            for other in others:
                if other not in names and other not in kept and other not in taken:
                    kept.append(other)
            stream.write('\t'.join([kind, code, *names, ';'.join(kept)]) + '\n')


main(*sys.argv[1:])
