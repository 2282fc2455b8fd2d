"""Replays the record of a draw: python verify_draw.py draw-CQ2026000001.json

This file stands alone: it needs Python 3.9 and nothing else, and shares no line with the program
that drew. It says 「核验通过」 and ends with 0, or lists every difference and ends with 1. Hold the
seal and the commitment that it prints against those shown before the numbers were given.

The rules. H(a, b, ...) is SHA-256, in hex, of the UTF-8 texts joined by U+001F.
  seal        H(frame as JSON: sorted keys, no spaces, Unicode)
  commitment  H("commit", secret), shown before the witnesses gave their numbers
  seed        H("yisong-draw-1", "seed", seal, secret, number 1, number 2, ...)
  ticket      H("yisong-draw-1", "object", seed, object)
  drawn       of every item and stratum the smallest tickets, as many as its quota
  officers    objects in the order of tickets; of every department the two who may inspect it and
              have fewest objects so far; of equals the smallest
              H("yisong-draw-1", "officer", seed, object, officer)
  changes     one after another: a replaced object leaves, and of each of its items and strata the
              next ticket comes in; a relieved officer leaves that object. Then, object by object in
              the order of tickets, every team is filled up to two as above, objects being counted
              over the teams as they stand
"""

import hashlib
import json
import sys
from typing import Any

EDITION = "yisong-draw-1"
Record = dict[str, Any]


def hashed(*parts: str) -> str:
    """H of the rules."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


def differences(record: Record) -> list[str]:
    """Everything in a record that does not follow from its own inputs, in Chinese."""
    if record.get("edition") != EDITION or record.get("hash") != "sha256":
        return ["不认识的抽取规则或者散列算法，应为 " + EDITION + "、sha256"]
    found = []
    seed = hashed(EDITION, "seed", record["frame_sha"], record["secret"], *record["numbers"])
    if hashed("commit", record["secret"]) != record["commitment"]:
        found.append("公开的密数与封存时公布的承诺值不符")
    if seed != record["seed"]:
        found.append("种子与名录封存值、密数、见证数不符")
    if record["kind"] == "full":
        found += replayed(record, seed)
        return found + changed(record, seed) if not found and "standing" in record else found
    for item, rows in record["drawn"].items():
        found += misnumbered(item, rows, seed)
    return found


def misnumbered(item: str, rows: list[list[str]], seed: str) -> list[str]:
    """What is wrong with the tickets that the public edition shows of an item."""
    found = [
        item + "的" + thing + "签号不符"
        for thing, ticket in rows
        if hashed(EDITION, "object", seed, thing) != ticket
    ]
    if rows != sorted(rows, key=lambda row: row[1]):
        found.append(item + "没有按签号从小到大排列")
    return found


def replayed(record: Record, seed: str) -> list[str]:
    """The differences between a full record and a draw made anew from its frame."""
    frame, found = record["frame"], []
    text = json.dumps(frame, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashed(text) != record["frame_sha"]:
        found.append("名录、名额、人员与封存值不符")
    ticket = {thing: hashed(EDITION, "object", seed, thing) for thing, _, _ in frame["items"]}
    layers: dict[tuple[str, str], list[str]] = {}
    for thing, item, stratum in frame["items"]:
        layers.setdefault((item, stratum), []).append(thing)
    drawn: Record = {}
    visited: dict[str, set[str]] = {}
    for item, quotas in frame["quotas"].items():
        for stratum, quota in quotas.items():
            layer = layers.get((item, stratum), [])
            chosen = sorted(layer, key=lambda thing: ticket[thing])[:quota]
            drawn.setdefault(item, {})[stratum] = [[thing, ticket[thing]] for thing in chosen]
            for thing in chosen:
                visited.setdefault(thing, set()).add(item.split("|")[0])
    if drawn != record["drawn"]:
        found.append("抽中的对象与重新抽取的不同")
    if sent_to(frame, seed, ticket, visited) != record["officers"]:
        found.append("派出的执法人员与重新抽取的不同")
    return found


def changed(record: Record, seed: str) -> list[str]:
    """What does not follow of the sample and the teams after the replacements, made anew."""
    frame, sent = record["frame"], json.loads(json.dumps(record["officers"]))
    own = dict(frame["officers"])
    ticket = {thing: hashed(EDITION, "object", seed, thing) for thing, _, _ in frame["items"]}
    gone: set[str] = set()
    away: dict[tuple[str, str], set[str]] = {}
    items = sample(frame, ticket, gone)
    for number, one in enumerate(record["changes"], start=1):
        thing, officer = one["object"], one["certificate"]
        if thing not in items or (officer and officer not in sent[thing][own[officer]]):
            return ["第" + str(number) + "次更换的对象或者人员不在名单中"]
        if officer:
            away.setdefault((thing, own[officer]), set()).add(officer)
            sent[thing][own[officer]].remove(officer)
        else:
            gone.add(thing)
            del sent[thing]
            items = sample(frame, ticket, gone)
        fill(frame, seed, (items, sent), away)
    if {"items": items, "officers": sent} != record["standing"]:
        return ["更换以后的对象、人员与重新计算的不同"]
    return []


def sample(frame: Record, ticket: dict[str, str], gone: set[str]) -> dict[str, list[str]]:
    """The items of every object drawn from what is left, objects in the order of tickets."""
    layers: dict[tuple[str, str], list[str]] = {}
    for thing, item, stratum in frame["items"]:
        if thing not in gone:
            layers.setdefault((item, stratum), []).append(thing)
    found: dict[str, list[str]] = {}
    for item, quotas in frame["quotas"].items():
        for stratum, quota in quotas.items():
            layer = layers.get((item, stratum), [])
            for thing in sorted(layer, key=lambda one: ticket[one])[:quota]:
                found.setdefault(thing, []).append(item)
    return {one: sorted(found[one]) for one in sorted(found, key=lambda one: ticket[one])}


def fill(
    frame: Record,
    seed: str,
    standing: tuple[dict[str, list[str]], Record],
    away: dict[tuple[str, str], set[str]],
) -> None:
    """Brings every team up to two again, by fewest objects and then by hash."""
    items, sent = standing
    avoided = {(officer, thing) for officer, thing in frame["avoidances"]}
    load = {officer: 0 for officer, _ in frame["officers"]}
    for teams in sent.values():
        for team in teams.values():
            for officer in team:
                load[officer] += 1
    for thing in items:
        teams = sent.setdefault(thing, {})
        for department in sorted({item.split("|")[0] for item in items[thing]}):
            team = teams.setdefault(department, [])
            barred = set(team) | away.get((thing, department), set())
            ranked = sorted(
                (load[officer], hashed(EDITION, "officer", seed, thing, officer), officer)
                for officer, where in frame["officers"]
                if where == department and officer not in barred and (officer, thing) not in avoided
            )
            for _, _, officer in ranked[: 2 - len(team)]:
                team.append(officer)
                load[officer] += 1


def sent_to(
    frame: Record, seed: str, ticket: dict[str, str], visited: dict[str, set[str]]
) -> Record:
    """The officers of every department at every object, drawn anew."""
    load = {officer: 0 for officer, _ in frame["officers"]}
    avoided = {(officer, thing) for officer, thing in frame["avoidances"]}
    sent: Record = {}
    for thing in sorted(visited, key=lambda one: ticket[one]):
        for department in sorted(visited[thing]):
            ranked = sorted(
                (load[officer], hashed(EDITION, "officer", seed, thing, officer), officer)
                for officer, own in frame["officers"]
                if own == department and (officer, thing) not in avoided
            )
            pair = [officer for _, _, officer in ranked[:2]]
            for officer in pair:
                load[officer] += 1
            sent.setdefault(thing, {})[department] = pair
    return sent


def told(path: str) -> tuple[bool, list[str]]:
    """Whether the record in a file holds, and what to say of it."""
    try:
        with open(path, encoding="utf-8") as stream:  # noqa: PTH123 - nothing but the language
            record = json.load(stream)
        found = differences(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        return False, ["文件不是完整的抽取记录：" + path + "（" + repr(problem) + "）"]
    if found:
        return False, ["不符：" + one for one in found]
    whole = "全部重新抽取，结果一致"
    if record["kind"] != "full":
        whole = "公开版，所列对象的签号一致；有没有漏列、名额对不对，须用完整的记录核验"
    elif record.get("changes"):
        number = str(len(record["changes"]))
        whole += "；" + number + "次更换也重新计算，结果一致"
        if "standing" not in record:
            whole = "全部重新抽取，结果一致；记录没有写明更换以后的名单，更换没有核验"
    shown = ["封存值 " + record["frame_sha"], "承诺值 " + record["commitment"]]
    shown.append("公开值 " + hashed("public", record["frame_sha"], record["commitment"]))
    return True, ["核验通过：" + record["no"] + "，" + whole, *shown]


def main(path: str) -> int:
    """Says what was found in a record, and returns the code to end with."""
    holds, lines = told(path)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
