# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure whether what people wait for takes longer in a blog that has grown."""
