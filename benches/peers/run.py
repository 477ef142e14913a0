#!/usr/bin/env python3
"""Measures ICS Atlas beside other programs, on the same files and in turn, and writes
docs/performance.md.

    python3 benches/peers/run.py [--rounds N] [--only WORD]

It needs Python 3.9 and Rust, and installs mapshaper (npm), shapely (pip) and, where it may,
gdal-bin and python3-mapnik (apt) by themselves. What cannot be installed is left out of the table.
Files and tools are kept in target/peers.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "peers"
ATLAS = ROOT / "target" / "release" / "ics-atlas"
SIZES = ("small", "medium", "large")


def quiet(*command, **more):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


# What is compared with

def apt(package):
    if shutil.which("apt-get"):
        quiet("apt-get", "install", "-y", package)


def mapshaper():
    program = WORK / "node_modules" / ".bin" / "mapshaper"
    if not program.exists() and shutil.which("npm"):
        quiet("npm", "install", "--prefix", WORK, "mapshaper@0.7")
    return str(program) if program.exists() else None


def ogrinfo():
    if not shutil.which("ogrinfo"):
        apt("gdal-bin")
    return shutil.which("ogrinfo")


def python_with_shapely():
    folder = WORK / "venv"
    program = folder / "bin" / "python"
    if not program.exists():
        quiet(sys.executable, "-m", "venv", folder)
        quiet(program, "-m", "pip", "install", "shapely")
    works = program.exists() and quiet(program, "-c", "import shapely").returncode == 0
    return str(program) if works else None


def python_with_mapnik():
    for attempt in (0, 1):
        for program in ("/usr/bin/python3", sys.executable):
            if Path(program).exists() and quiet(program, "-c", "import mapnik").returncode == 0:
                return program
        if not attempt:
            apt("python3-mapnik")
    return None


GEOS_SIMPLIFY = """
import json, sys, shapely
from shapely.geometry import shape, mapping
features = json.load(open(sys.argv[1]))["features"]
shapes = [shape(f["geometry"]) for f in features]
count = sum(shapely.get_num_coordinates(s) for s in shapes)
low, high = 0.0, 0.01
for _ in range(int(sys.argv[3])):
    middle = (low + high) / 2
    thin = shapely.coverage_simplify(shapes, middle)
    if sum(shapely.get_num_coordinates(s) for s in thin) > count * 0.05:
        low = middle
    else:
        high = middle
thin = shapely.coverage_simplify(shapes, float(sys.argv[4]) if len(sys.argv) > 4 else high)
for feature, s in zip(features, thin):
    feature["geometry"] = mapping(s)
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[2], "w"))
print(high)
"""

GEOS_FIND = """
import json, random, sys, time, shapely
from shapely.geometry import shape
shapes = [shape(f["geometry"]) for f in json.load(open(sys.argv[1]))["features"]]
shapely.prepare(shapes)
tree = shapely.STRtree(shapes)
west, south, east, north = shapely.total_bounds(shapes)
draw = random.Random(1)
taken = []
for _ in range(5000):
    p = shapely.Point(draw.uniform(west, east), draw.uniform(south, north))
    began = time.perf_counter()
    tree.query(p, predicate="within")
    taken.append(time.perf_counter() - began)
taken.sort()
print(taken[len(taken) // 2] * 1e6)
"""

MAPNIK = """
import sys, mapnik
m = mapnik.Map(1920, 1080, "epsg:27700")
m.background = mapnik.Color("white")
style, rule = mapnik.Style(), mapnik.Rule()
fill, line = mapnik.PolygonSymbolizer(), mapnik.LineSymbolizer()
fill.fill = mapnik.Color("#9ecae1")
symbols = rule.symbols if hasattr(rule, "symbols") else rule.symbolizers
symbols.append(fill)
symbols.append(line)
style.rules.append(rule)
m.append_style("areas", style)
layer = mapnik.Layer("areas", "epsg:4326")
layer.datasource = mapnik.GeoJSON(file=sys.argv[1])
layer.styles.append("areas")
m.layers.append(layer)
m.zoom_all()
mapnik.render_to_file(m, sys.argv[2])
"""


# Measuring

class Once:
    """Seconds and kilobytes of a whole process."""

    def __init__(self, command):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.perf_counter() - began
        self.kilobytes = usage.ru_maxrss
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"{' '.join(map(str, command))} failed")


def in_turn(commands, rounds):
    """The median seconds and kilobytes of each command; each round runs them all."""
    for command in commands:
        Once(command)
    runs = [[Once(command) for command in commands] for _ in range(rounds)]
    columns = list(zip(*runs))
    seconds = [statistics.median(run.seconds for run in column) for column in columns]
    memory = [statistics.median(run.kilobytes for run in column) for column in columns]
    return seconds, memory


def shown(command):
    """A command as a reader would type it."""
    text = " ".join(str(part) for part in command)
    text = text.replace(str(WORK / "node_modules" / ".bin") + "/", "")
    text = text.replace(str(WORK) + "/", "").replace(str(ATLAS), "ics-atlas")
    for script, name in ((GEOS_SIMPLIFY, "GEOS_SIMPLIFY"), (MAPNIK, "MAPNIK")):
        text = text.replace(script, name)
    text = text.replace("venv/bin/python", "python3").replace(sys.executable, "python3")
    return text.replace("/usr/bin/", "")


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def table(title, peers, ours, rounds, lines):
    """Rows for each size: ours, theirs, and how many times longer they took."""
    names = list(peers)
    lines += [f"## {title}", "", "| | ICS Atlas | " + " | ".join(names) + " |"]
    lines.append("|---" * (len(names) + 2) + "|")
    commands = []
    for size in SIZES:
        file = WORK / f"{size}.geojson"
        row = [ours(file)] + [peer(file) for peer in peers.values()]
        times, memory = in_turn(row, rounds)
        cells = [seconds(times[0])]
        cells += [f"{seconds(t)}, **{t / times[0]:.1f}**" for t in times[1:]]
        lines.append(f"| {size} | " + " | ".join(cells) + " |")
        print(title, size, *cells, sep="  ", flush=True)
        if size == "large":
            commands = row
            peak = [f"{name} {kb / 1024:.0f} MB" for name, kb in zip(["ICS Atlas"] + names, memory)]
    lines += ["", "Peak memory with the large file: " + ", ".join(peak) + ".", "", "```sh"]
    lines += [shown(command) for command in commands]
    lines += ["```", ""]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=7, help="runs of each command")
    options.add_argument("--only", default="", help="measure only what has this word in its title")
    options.add_argument("--growth", type=int, default=13_000_000, help="vertices to grow to")
    arguments = options.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cargo", "build", "--release", "--example", "sizes", "--bin", "ics-atlas"],
                   cwd=ROOT, check=True)
    sizes = ROOT / "target" / "release" / "examples" / "sizes"
    for size in SIZES:
        subprocess.run([sizes, "write", size, WORK / f"{size}.geojson"], check=True)
    shaper, info = mapshaper(), ogrinfo()
    shapely, mapnik = python_with_shapely(), python_with_mapnik()
    lines = []

    def measure(title, peers, ours):
        peers = {name: command for name, command in peers.items() if command}
        if arguments.only.lower() in title.lower() and peers:
            table(title, peers, ours, arguments.rounds, lines)

    measure("Read and describe", {
        "mapshaper": shaper and (lambda file: [shaper, file, "-info"]),
        "GDAL": info and (lambda file: [info, "-al", "-so", file]),
    }, lambda file: [ATLAS, "check", file])
    measure("File to picture of 1920 by 1080 pixels", {
        "mapnik": mapnik and (lambda file: [mapnik, "-c", MAPNIK, file, WORK / "mapnik.png"]),
        "mapshaper (SVG)": shaper and (lambda file: [shaper, file, "-proj", "EPSG:27700", "-o",
                                                     WORK / "mapshaper.svg", "width=1920"]),
    }, lambda file: [ATLAS, "export", WORK / "atlas.png", "--file", file])
    geos = None
    if shapely:
        tolerance = {size: Once([shapely, "-c", GEOS_SIMPLIFY, WORK / f"{size}.geojson",
                                 WORK / "geos.geojson", "12"]).output.strip() for size in SIZES} \
            if "simplify".startswith(arguments.only.lower()) else {}
        geos = lambda file: [shapely, "-c", GEOS_SIMPLIFY, file, WORK / "geos.geojson", "0",
                             tolerance[file.stem]]
    measure("Simplify to 5 %", {
        "mapshaper": shaper and (lambda file: [shaper, file, "-simplify", "5%", "-o",
                                               WORK / "mapshaper.geojson", "force"]),
        "GEOS coverage": geos,
    }, lambda file: [ATLAS, "simplify", file, WORK / "atlas.geojson", "--keep", "5%"])
    if not arguments.only:
        found = Once([sizes, "find"]).output.strip()
        lines.extend(["## Which area is here", "", "```", found, "```", ""])
        if shapely:
            micros = [Once([shapely, "-c", GEOS_FIND, WORK / f"{s}.geojson"]).output for s in SIZES]
            them = ", ".join(f"{size} {float(m):.1f} µs" for size, m in zip(SIZES, micros))
            lines.extend([f"A tree of prepared shapes in shapely, median: {them}.", "",
                          "```sh", "cargo run --release --example sizes -- find", "```", ""])
        lines.extend(growth(sizes, arguments.growth))
        write(lines, shaper, info, arguments.rounds)


# How cost grows

def growth(sizes, largest):
    count, rows = 24_000, []
    while count < largest * 1.2:
        file = WORK / "growth.geojson"
        subprocess.run([sizes, "write", str(count), file], check=True)
        commands = [[ATLAS, "check", file],
                    [ATLAS, "simplify", file, WORK / "atlas.geojson", "--keep", "5%"]]
        vertices = json.loads(Once([ATLAS, "check", file, "--json"]).output)["vertices"]
        times, memory = in_turn(commands, 3)
        rows.append((vertices, times[0], times[1], memory[0]))
        print("growth", vertices, *map(seconds, times), sep="  ", flush=True)
        file.unlink()
        count *= 2
    plot(rows)
    worst = [max(b[i] / a[i] / (b[0] / a[0] / 2) for a, b in zip(rows, rows[1:])) for i in (1, 2)]
    lines = ["## How cost grows", "",
             "![Time against number of vertices, both doubling](growth.svg)", "",
             "| vertices | check | simplify to 5 % | memory of check |", "|--:|--:|--:|--:|"]
    lines += [f"| {v:,} | {seconds(c)} | {seconds(s)} | {m / 1024:.0f} MB |" for v, c, s, m in rows]
    lines += ["", f"Twice the vertices took at most {worst[0]:.2f} times as long to check and "
              f"{worst[1]:.2f} times as long to simplify.", ""]
    return lines


def plot(rows):
    """Two lines on doubling scales, as SVG."""
    from math import log2
    left, top, width, height = 70, 20, 640, 360
    low = min(row[1] for row in rows) / 1.5
    high = max(row[2] for row in rows) * 1.5
    x = lambda n: left + width * log2(n / rows[0][0]) / log2(rows[-1][0] / rows[0][0])
    y = lambda s: top + height - height * log2(s / low) / log2(high / low)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="440" font-family="sans-serif" '
           'font-size="13"><rect width="800" height="440" fill="#fff"/>']
    tick = 0.01
    while tick < high:
        if tick > low:
            out.append(f'<path d="M{left} {y(tick):.1f}h{width}" stroke="#ddd"/><text x="{left - 8}" '
                       f'y="{y(tick) + 4:.1f}" text-anchor="end">{seconds(tick)}</text>')
        tick *= 2
    for vertices, *_ in rows[::2]:
        label = f"{vertices / 1e6:.1f} M" if vertices > 1e6 else f"{vertices / 1e3:.0f} k"
        out.append(f'<text x="{x(vertices):.1f}" y="{top + height + 20}" text-anchor="middle">'
                   f'{label}</text>')
    for column, colour, name in ((1, "#1f77b4", "check"), (2, "#d62728", "simplify")):
        points = " ".join(f"{x(row[0]):.1f},{y(row[column]):.1f}" for row in rows)
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.append(f'<text x="{left + width + 8}" y="{y(rows[-1][column]) + 4:.1f}" fill="{colour}">'
                   f'{name}</text>')
    out.append(f'<text x="{left + width / 2}" y="{top + height + 45}" text-anchor="middle">vertices '
               '(each step twice as many)</text></svg>')
    (ROOT / "docs" / "growth.svg").write_text("\n".join(out) + "\n")


def write(lines, shaper, info, rounds):
    versions = [platform.machine(), f"{os.cpu_count()} cores"]
    if shaper:
        version = subprocess.run([shaper, "--version"], capture_output=True, text=True)
        versions.append("mapshaper " + (version.stdout or version.stderr).strip())
    if info:
        versions.append(subprocess.run([info, "--version"], capture_output=True, text=True)
                        .stdout.split(",")[0])
    head = ["# Performance", "",
            f"Written by `python3 benches/peers/run.py` ({', '.join(versions)}). Whole processes, "
            f"run in turn on the same files; medians of {rounds} runs. In bold: how many times "
            "longer the other program took.", "",
            "The files are the boundaries of April 2023 with fractal detail along shared borders, "
            "as many vertices as published ones have: small 27 thousand (1 MB), medium 172 thousand "
            "(6 MB), large 1.76 million (65 MB). `cargo run --release --example sizes -- write large "
            "large.geojson` writes them. What each step takes within the program: `cargo bench "
            "--bench atlas`.", ""]
    (ROOT / "docs" / "performance.md").write_text("\n".join(head + lines).rstrip() + "\n")


if __name__ == "__main__":
    main()
