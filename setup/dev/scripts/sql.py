"""Run by the environment's Python: statements in, the rows of the last one out.

A JSON list of statements comes on stdin; PG* variables say where they go.
"""

import json
import sys

import psycopg2

try:
    connection = psycopg2.connect("")
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in json.load(sys.stdin):
            cursor.execute(statement)
        json.dump(cursor.fetchall() if cursor.description else [], sys.stdout)
except psycopg2.Error as error:
    sys.exit(str(error))
