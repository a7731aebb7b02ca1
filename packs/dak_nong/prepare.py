#!/usr/bin/env python3
"""Makes this directory's data files from the open lists that README.md names.

Run once when a list changes: prepare.py DIRECTORY_OF_THE_LISTS. Building and running bon never calls it; its results are
committed. No chance is used: the same lists give the same bytes.
"""
import csv
import json
import pathlib
import shutil
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
OLD_PROVINCE, NEW_PROVINCE = "67", "68"

# Rough shares of the province's people by commune (about 10,000 = all), from memory of district totals. SYNTHETIC: they
# only spread the synthetic persons plausibly and prove nothing about any place.
# code: weight, minority per mille, hamlets, urban
COMMUNES = {
    "24611": (115, 60, 6, 1), "24612": (190, 40, 9, 1), "24614": (105, 60, 6, 1), "24615": (75, 80, 5, 1),
    "24617": (150, 90, 8, 1), "24618": (75, 330, 6, 0), "24619": (80, 70, 5, 1), "24628": (165, 380, 11, 0),
    "24616": (270, 560, 13, 0), "24620": (120, 780, 6, 0), "24622": (160, 330, 10, 0), "24625": (165, 880, 9, 0),
    "24631": (210, 480, 12, 0), "24634": (70, 870, 5, 0), "24637": (145, 900, 7, 0),
    "24640": (265, 260, 14, 1), "24643": (190, 420, 15, 0), "24646": (205, 400, 20, 0), "24649": (280, 190, 21, 0),
    "24652": (240, 610, 19, 0), "24655": (225, 390, 11, 0), "24658": (110, 620, 11, 0), "24661": (55, 300, 6, 0),
    "24664": (195, 50, 14, 1), "24667": (170, 160, 11, 0), "24670": (170, 420, 12, 0), "24673": (180, 430, 15, 0),
    "24676": (215, 120, 16, 0), "24677": (140, 560, 9, 0), "24678": (65, 180, 5, 0), "24679": (185, 330, 15, 0),
    "24682": (190, 280, 9, 0), "24685": (160, 200, 14, 0),
    "24688": (130, 240, 9, 1), "24691": (105, 210, 8, 0), "24692": (100, 640, 10, 0), "24694": (55, 560, 5, 0),
    "24697": (205, 80, 17, 0), "24699": (75, 640, 7, 0), "24700": (120, 380, 10, 0), "24703": (100, 480, 8, 0),
    "24706": (60, 330, 5, 0), "24709": (75, 220, 7, 0), "24712": (95, 170, 8, 0), "24715": (130, 350, 9, 0),
    "24717": (115, 50, 8, 1), "24718": (150, 220, 13, 0), "24719": (110, 180, 9, 0), "24721": (130, 60, 11, 0),
    "24722": (95, 170, 8, 0), "24724": (190, 190, 11, 0), "24727": (190, 240, 16, 0), "24728": (205, 250, 12, 0),
    "24730": (155, 460, 13, 0),
    "24733": (120, 60, 9, 1), "24745": (150, 310, 11, 0), "24750": (110, 270, 9, 0), "24751": (200, 300, 12, 0),
    "24754": (155, 110, 11, 0), "24756": (120, 70, 9, 0), "24757": (95, 160, 8, 0), "24760": (100, 190, 9, 0),
    "24761": (50, 210, 5, 0), "24763": (165, 360, 13, 0), "24766": (65, 280, 6, 0),
    "24736": (105, 720, 9, 0), "24739": (180, 330, 13, 0), "24740": (90, 130, 6, 0), "24742": (125, 660, 11, 0),
    "24746": (190, 760, 14, 0), "24748": (175, 290, 13, 0),
}

# Which words of the source's middle names are used for one sex only (the source marks only Văn and Thị).
WOMEN = set("Thị Thùy Thuỳ Thúy Bích Diễm Diệu Cẩm Lệ Tuyết Yến Quỳnh Thảo Mỹ Kiều Như Hương Lan Ánh Trúc Mai Thu Hạnh Tố "
            "Phụng Ái Vân Huyền Hồng Phương Kim Linh Tiểu Thủy".split())
BOTH = set("Ngọc Thanh Hoài Xuân Minh Bảo Gia Khánh Nhật Nguyên Thiên Hoàng Anh An Hà Châu Diệp Giang Tâm Tú".split())
GIVEN_WOMEN = set("Ngân Hà Thanh Châu Nga Yến Nhi Mai Hằng Vân Quỳnh Tiên Thư Ánh Xuân Mỹ Như Trâm Duyên Thúy My Chi Hoa Thùy Trúc "
                  "Trinh Ly Thu Kim Nhung Tuyền Uyên Hồng Quyên Hường Vy Oanh Ái Kiều Nghi Lan Em Diệu Thoa Diệp Tuyết Phượng Hóa Huệ Trà "
                  "Thơ Hòa Hiền Trang Dung Thương Hạnh Hương Loan Huyền Thảo Ngọc Phương Linh Nguyệt Trân Thủy Hân Mẫn Khuê".split())
GIVEN_BOTH = set("Anh Linh Thanh Bình An Tâm Giang Châu Hà Xuân Hòa Hiền Minh Khánh Ngọc Phương Thi Ân Nguyên Quý Tú Nhật Hồng".split())

LETTERS = set("aăâbcdđeêghiklmnoôơpqrstuưvxy")


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def write(name, columns, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f, lineterminator="\r\n")
        w.writerow(columns)
        w.writerows(rows)


def nfc(s):
    """NFC, and the Icelandic Eth (U+00D0, U+00F0) of the word lists as the Vietnamese letter it stands for."""
    return unicodedata.normalize("NFC", s.replace("\u00d0", "Đ").replace("\u00f0", "đ")).strip()


def vietnamese(word):
    """False for words a broken VNI conversion left behind (Buøi, Vieät, Khaùnh)."""
    for c in word.lower():
        if c == " ":
            continue
        tones = "".join(x for x in unicodedata.normalize("NFD", c) if x not in "\u0300\u0301\u0303\u0309\u0323")
        if unicodedata.normalize("NFC", tones) not in LETTERS:
            return False
    # At most one tone mark a word: "Vieät" has ä (refused above), "Khaùnh" a lone ù after a.
    return not any(x in word for x in ("aù", "eù", "où", "uø", "aø"))


def units(src):
    old = [r for r in read(src / "admin-units.csv") if r["level"] == "1" or r["province_code"] == OLD_PROVINCE]
    write("units-2023.csv", ["level", "code", "name", "short_name", "type", "parent_code"],
          [[r["level"], r["code"], nfc(r["name_vi"]), nfc(r["short_name_vi"]), nfc(r["type_vi"]), r["parent_code"]] for r in old])

    pairs = [r for r in read(src / "admin-mapping-2025.csv") if r["old_province_code"] == OLD_PROVINCE]
    kept = {r["new_code"] for r in pairs}
    new = [r for r in read(src / "admin-units-2025.csv") if r["level"] == "1" or r["code"] in kept]
    # In the register a commune is level 3 in both geographies: since 1/7/2025 it stands directly under the province.
    write("units-2025.csv", ["level", "code", "name", "short_name", "type", "parent_code", "name_en", "lat_e6", "lon_e6"],
          [["1" if r["level"] == "1" else "3", r["code"], nfc(r["name_vi"]), nfc(r["short_name_vi"]), nfc(r["type_vi"]),
            r["parent_code"], r["name_en"], e6(r["lat"]), e6(r["lon"])] for r in new])

    provinces = read(src / "id-province-codes.csv")
    rows = [["1", r["gso_code"], r["code_from_2025_07"], "whole"] for r in provinces]
    rows += [["3", r["old_code"], r["new_code"], r["extent"]] for r in pairs]
    write("unit-successors.csv", ["level", "old_code", "new_code", "extent"], rows)
    return old, pairs


def e6(text):
    return str(round(float(text) * 1000000))


# ---- geometry, in whole units of 1e-5 degree as the source prints it ----

def rings_of(src):
    shapes = json.load(open(src / "boundaries-former-daknong-communes-2025.geojson", encoding="utf-8"))
    out = {}
    for f in shapes["features"]:
        out[f["properties"]["code"]] = [[(round(x * 100000), round(y * 100000)) for x, y in ring] for ring in f["geometry"]["coordinates"]]
    return out


def inside(rings, x, y):
    hit = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > y) != (y2 > y):
                # crossing left of the point, without division: compare (x - x1)(y2 - y1) with (y - y1)(x2 - x1)
                side = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)
                if (side < 0) == (y2 > y1):
                    hit = not hit
    return hit


def edge_distance2(rings, x, y):
    return min((px - x) ** 2 + (py - y) ** 2 for ring in rings for px, py in ring)


def spread(rings, n):
    """n points of a fine grid, each as far as it can be from the border and from those already chosen."""
    xs = [p[0] for p in rings[0]]
    ys = [p[1] for p in rings[0]]
    step = max(max(xs) - min(xs), max(ys) - min(ys)) // 48
    grid = [(x, y) for y in range(min(ys) + step // 2, max(ys), step) for x in range(min(xs) + step // 2, max(xs), step)
            if inside(rings, x, y)]
    border = {p: edge_distance2(rings, *p) for p in grid}
    chosen = []
    for _ in range(n):
        # The border counts four times: symbols must not sit on it.
        best = max(grid, key=lambda p: (min([border[p] * 4] + [(p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 for q in chosen]), -p[1], -p[0]))
        chosen.append(best)
    return sorted(chosen, key=lambda p: (-p[1], p[0]))


def communes(src, old, pairs):
    rings = rings_of(src)
    by_new = {}
    for r in pairs:
        by_new.setdefault(r["new_code"], []).append(r["old_code"])
    centre = {}
    for new, codes in by_new.items():
        for code, point in zip(sorted(codes), spread(rings[new], len(codes))):
            centre[code] = point
    successor = {r["old_code"]: r["new_code"] for r in pairs}
    rows = []
    for r in old:
        if r["level"] != "3":
            continue
        weight, minority, hamlets, urban = COMMUNES[r["code"]]
        x, y = centre[r["code"]]
        rows.append([r["code"], nfc(r["short_name_vi"]), r["parent_code"], successor[r["code"]], y * 10, x * 10, "yes",
                     weight, minority, hamlets, urban])
    assert len(rows) == 71
    write("communes-2023.csv", ["code", "short_name", "district_code", "successor_code", "lat_e6", "lon_e6", "centre_is_approximate",
                                "weight_synthetic", "minority_permille_synthetic", "hamlets_synthetic", "urban"], rows)
    districts(old, pairs, rings)


def districts(old, pairs, rings):
    """The eight districts of 2023 as outlines: the 2025 communes of a district, their common borders left out."""
    of = {r["code"]: r["parent_code"] for r in old if r["level"] == "3"}
    votes = {}
    for r in pairs:
        votes.setdefault(r["new_code"], []).append(of[r["old_code"]])
    home = {new: max(sorted(set(v)), key=v.count) for new, v in votes.items()}
    features = []
    for d in [r for r in old if r["level"] == "2"]:
        edges = {}
        for new, ring_list in rings.items():
            if home[new] != d["code"]:
                continue
            for ring in ring_list:
                for a, b in zip(ring, ring[1:]):
                    if (b, a) in edges:
                        del edges[(b, a)]
                    else:
                        edges[(a, b)] = True
        after = {}
        for a, b in edges:
            after.setdefault(a, []).append(b)
        out = []
        while after:
            start = min(after)
            ring, at = [start], start
            while True:
                nxt = after[at].pop()
                if not after[at]:
                    del after[at]
                ring.append(nxt)
                at = nxt
                if at == start:
                    break
            if len(ring) > 4:  # a line walked there and back is no area
                out.append(ring)
        out.sort(key=lambda ring: -abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))))
        features.append({"type": "Feature", "id": d["code"],
                         "properties": {"code": d["code"], "name": nfc(d["name_vi"]),
                                        "approximate": d["code"] in ("660", "661", "663", "664")},
                         "geometry": {"type": "MultiPolygon", "coordinates": polygons(out)}})
    write_geojson("districts-2023.geojson", features)


def polygons(rings):
    """Outer rings with their holes: a ring inside an earlier (larger) outer one is its hole."""
    out = []
    for ring in rings:
        home = next((p for p in out if inside([p[0]], ring[0][0] * 2 + 1, ring[0][1] * 2 + 1) or contains(p[0], ring)), None)
        if home is None:
            out.append([ring])
        else:
            home.append(ring)
    return [[[[x / 100000, y / 100000] for x, y in ring] for ring in p] for p in out]


def contains(outer, ring):
    return sum(inside([outer], x, y) for x, y in ring) * 2 > len(ring)


def write_geojson(name, features):
    doc = {"type": "FeatureCollection",
           "source": "dissolved by prepare.py from boundaries-former-daknong-communes-2025.geojson (MIT); "
                     "borders 660/661 and 663/664 are approximate",
           "features": features}
    with open(HERE / name, "w", encoding="utf-8") as f:
        json.dump(doc, f, ensure_ascii=False, separators=(",", ":"))
        f.write("\n")


def names(src):
    family = [r for r in read(src / "names-family.csv") if vietnamese(r["family_name"]) and r["family_name"] != "Y"]
    write("names-family.csv", ["name", "weight"], [[nfc(r["family_name"]), r["count"]] for r in family])

    middle = []
    for r in read(src / "names-middle.csv"):
        word = nfc(r["middle_name"])
        if vietnamese(word):
            middle.append([word, r["count"], "F" if word in WOMEN else "U" if word in BOTH else "M"])
    write("names-middle.csv", ["name", "weight", "sex"], middle)

    given = []
    for r in read(src / "names-given.csv"):
        word = nfc(r["given_name"])
        if vietnamese(word):
            given.append([word, r["count"], "U" if word in GIVEN_BOTH else "F" if word in GIVEN_WOMEN else "M"])
    write("names-given.csv", ["name", "weight", "sex"], given)

    pairs = [(nfc(r["given_name"]), r["gender"]) for r in read(src / "names-given-compound.csv")]
    compound = sorted({p for p in pairs if vietnamese(p[0])})
    write("names-given-compound.csv", ["name", "sex"], [list(r) for r in compound])


def main():
    src = pathlib.Path(sys.argv[1])
    old, pairs = units(src)
    communes(src, old, pairs)
    names(src)
    for name in ["ethnic-groups.csv", "religions.csv", "id-province-codes.csv", "models.csv", "plan-511.txt",
                 "boundaries-former-daknong-communes-2025.geojson", "essential-services.csv"]:
        shutil.copyfile(src / name, HERE / name)


main()
