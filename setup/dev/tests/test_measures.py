"""The measures of `house`, each on a file made for it."""

import ast

import pytest
from devkit import measures
from devkit.commands import house


@pytest.fixture
def package(tmp_path):
    """Write modules of a package `it` and return their sources by name."""

    def write(**modules: str) -> dict[str, measures.Source]:
        for name, text in modules.items():
            path = tmp_path / "it" / f"{name.replace('__', '/', 1)}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return {it.name: it for it in measures.sources(tmp_path, ["it"])}

    return write


def circles(modules):
    return measures.circles(measures.imports(modules))


def test_a_docstring_that_opens_with_a_fronted_word_is_found(package):
    (source,) = package(
        one='"""Return it."""\n\n\ndef f():\n    """Whose it is."""\n'
        'class C:\n    """Of all, those: three."""\n'
    ).values()
    assert sorted(measures.fronted(source)) == [5, 7]


def test_the_percentile_is_the_nearest_rank():
    assert measures.percentile(range(1, 11), 0.9) == 9
    assert measures.percentile([3], 0.9) == 3
    assert measures.percentile([], 0.9) == 0


def test_a_circle_is_found_through_functions_and_by_way_of_others(package):
    modules = package(
        a="from . import b\n",
        b="def f():\n    from .c import x\n",
        c="from odoo.addons.it.a import y\n",
        d="from .a import y\n",
    )
    assert circles(modules) == [["it.a", "it.b", "it.c"]]


def test_imports_of_types_alone_and_of_the_package_itself_are_no_circle(package):
    modules = package(
        a="from .b import x\n",
        b="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import y\n",
        sub____init__="from . import one, two\n",
        sub__one="from .two import z\n",
        sub__two="import json\n",
    )
    assert "it.sub" in modules
    assert circles(modules) == []


def test_a_package_that_is_imported_by_its_own_part_is_a_circle(package):
    modules = package(
        sub____init__="from .one import x\ny = 1\n", sub__one="from . import y\n"
    )
    assert circles(modules) == [["it.sub", "it.sub.one"]]


def test_a_model_s_files_are_those_that_define_or_extend_it(package):
    modules = package(
        blog_ai_slot='class A:\n    _name = "blog.ai.slot"\n    _inherit = ["x"]\n',
        blog_ai_slot_day='class B:\n    _inherit = "blog.ai.slot"\n',
        other='class C:\n    _name = _inherit = "blog.ai.slot"\n    _order = "id"\n',
    )
    (model, files), *others = measures.models(modules.values()).items()
    assert (model, others) == ("blog.ai.slot", [])
    named = [measures.is_named_after(source, model) for source in files]
    assert named == [True, True, False]


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("def f() -> None", (1, 1)),
        ("def f(a, b: int, *c, d: int, **e)", (2, 6)),
        ("def f(a: int, /) -> int", (2, 2)),
    ],
)
def test_arguments_and_results_with_a_type_are_counted(signature, expected):
    (function,) = ast.parse(f"{signature}: ...").body
    assert measures.annotated(function, is_method=False) == expected


def test_neither_self_nor_the_result_of_init_needs_a_type(package):
    (source,) = package(
        one="class A:\n    def f(self, a: int) -> int: ...\n"
        "    @staticmethod\n    def g(a): ...\n"
        "    def __init__(self, b: int): ...\n"
    ).values()
    assert measures.annotations(source) == (3, 5)


def test_mixins_of_a_family_may_share_a_file_but_other_models_may_not(
    package, monkeypatch
):
    brief = 'class A:\n    _name = "blog.ai.brief.mixin"\n'
    package(
        models__blog_ai_brief_mixin=brief + 'class B:\n    _name = "x.full.mixin"\n',
        models__blog_ai_topic='class C:\n    _name = "x.full.mixin"\n',
    )
    part = [*package().values()]
    monkeypatch.setattr(house, "ROOT", part[0].path.parent)
    figure = house.misnamed_files(part)
    assert list(figure.places) == ["blog_ai_topic.py: x.full.mixin"]


def test_a_measure_that_misses_its_bound_shows_where(package, capsys, monkeypatch):
    part = [*package(one='"""Of it."""\n').values()]
    monkeypatch.setattr(house, "ROOT", part[0].path.parent)
    measure = house.Measure("fronted", "%", 2, house.fronted_docstrings)
    assert house.show(measure, [part])
    row, place = capsys.readouterr().out.splitlines()
    assert "MISSED" in row
    assert place.strip() == "one.py:1"


def test_a_long_xml_file_is_found_unless_it_is_one_record(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "ROOT", tmp_path)
    record = "<record>\n" + "<field />\n" * 348 + "</record>\n"
    for name, records in {"one": record, "two": record + "<menuitem />\n"}.items():
        (tmp_path / f"{name}.xml").write_text(f"<odoo>\n{records}</odoo>\n")
    figure = house.longest_document(measures.documents(tmp_path, ["."]))
    assert (figure.value, list(figure.places)) == (353, ["two.xml: 353"])


def test_the_xml_files_of_the_addons_are_measured():
    found = measures.documents(house.ROOT, house.PARTS)
    assert {"views", "data"} <= {it.path.parent.name for it in found}
    assert not house.show(house.OF_DOCUMENTS, house.by_part(found))
