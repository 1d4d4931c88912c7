"""Run a statement from standard input and print its rows as JSON.

The PG* variables lead to the server. The statement is committed at once.
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
