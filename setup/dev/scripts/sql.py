"""Run by the environment's Python: a statement in, its rows as JSON out.

PG* variables say where it goes; it is committed at once.
"""

import json
import sys

import psycopg2

try:
    connection = psycopg2.connect("")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sys.stdin.read())
        json.dump(cursor.fetchall() if cursor.description else [], sys.stdout)
except psycopg2.Error as error:
    sys.exit(str(error))
