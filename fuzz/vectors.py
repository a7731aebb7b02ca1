#!/usr/bin/env python3
"""Makes the signed vectors that the targets evidence and jose know: fuzz/signed.h and their first inputs under fuzz/corpus/.

Run by hand when a format changes: fuzz/vectors.py (Debian: python3-cryptography). It speaks the formats from their
descriptions (engines/audit/README.md, RFC 6962, RFC 7515, RFC 7638) and shares no code with the program, so that a mistake in one
of the two shows. The private keys are public on purpose: bytes 0 to 31, and the number 511.
"""
import base64, hashlib, json, pathlib, struct, zlib
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

HERE = pathlib.Path(__file__).parent


def b64(b):
    return base64.urlsafe_b64encode(b).rstrip(b"=").decode()


def canonical(v):
    return json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha(b):
    return hashlib.sha256(b).digest()


class Ed:
    alg = "EdDSA"
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    def public(self):
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return {"crv": "Ed25519", "kty": "OKP", "x": b64(raw)}

    def sign(self, b):
        return self.key.sign(b)


class P256:
    alg = "ES256"
    key = ec.derive_private_key(511, ec.SECP256R1())

    def public(self):
        n = self.key.public_key().public_numbers()
        return {"crv": "P-256", "kty": "EC", "x": b64(n.x.to_bytes(32, "big")), "y": b64(n.y.to_bytes(32, "big"))}

    def sign(self, b):
        r, s = decode_dss_signature(self.key.sign(b, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def jwk(k):
    p = k.public()
    return canonical({"alg": k.alg, "kid": b64(sha(canonical(p).encode())), "use": "sig", **p})


def jws(k, payload):
    head = b64(canonical({"alg": k.alg, "kid": json.loads(jwk(k))["kid"]}).encode())
    return head + ".." + b64(k.sign((head + "." + b64(payload)).encode()))


def leaf(b):
    return sha(b"\0" + b)


def root(v):
    if len(v) == 1:
        return v[0]
    k = 1
    while k * 2 < len(v):
        k *= 2
    return sha(b"\1" + root(v[:k]) + root(v[k:]))


def path(v, i):
    if len(v) == 1:
        return []
    k = 1
    while k * 2 < len(v):
        k *= 2
    return path(v[:k], i) + [root(v[k:])] if i < k else path(v[k:], i - k) + [root(v[:k])]


def records():
    out = []
    for i in range(5):
        number = "LT-67-000001-2611-%06d" % (i + 1)
        out.append(canonical({
            "account": 7, "account_name": "Lê Thị Thu Hà", "action": "stays.declared", "at": "2026-11-23T13:47:0%d.000000Z" % i,
            "detail": {"guests": i + 1, "late": 0, "number": number}, "facility": 1, "facility_name": "Nhà nghỉ Hoa Cà Phê",
            "mode": "MÔ PHỎNG", "object": "stay/" + number, "role": "receptionist", "unit": "24763"}).encode())
    return out


def sized(b):
    return struct.pack(">H", len(b)) + b


def evidence(k, recs, i):
    leaves = [leaf(r) for r in recs]
    seal = canonical({"at": "2026-11-23T13:47:10.000000Z", "first": 11, "last": 10 + len(recs), "n": len(recs), "previous": "0" * 64,
                      "root": root(leaves).hex(), "v": 1}).encode()
    p, s = path(leaves, i), jws(k, seal)
    doc = canonical({"format": "bon-evidence-1", "index": i, "jwk": jwk(k), "jws": s, "n": len(recs), "path": [h.hex() for h in p],
                     "record": b64(recs[i]), "seal": b64(seal)})
    flat = sized(recs[i]) + struct.pack(">HHB", i, len(recs), len(p)) + b"".join(p) + sized(seal) + sized(s.encode())
    return doc.encode(), ("B1" + b64(zlib.compress(flat, 9))).encode()


def write(target, name, data):
    d = HERE / "corpus" / target
    d.mkdir(parents=True, exist_ok=True)
    (d / name).write_bytes(data)


def main():
    recs, keys = records(), [Ed(), P256()]
    for k in keys:
        for i in (0, 3, 4):
            doc, packed = evidence(k, recs, i)
            write("evidence", "good-%s-%d.json" % (k.alg.lower(), i), doc)
            write("evidence", "good-%s-%d.packed" % (k.alg.lower(), i), packed)
            write("evidence", "bad-record-%s-%d.json" % (k.alg.lower(), i), doc.replace(b'"index":%d' % i, b'"index":%d' % (i ^ 1)))
            write("evidence", "bad-cut-%s-%d.packed" % (k.alg.lower(), i), packed[:-40])
        payload = "Biên nhận LT-67-000001-2611-000001".encode()
        write("jose", "good-" + k.alg.lower(), jwk(k).encode() + b"\n" + jws(k, payload).encode() + b"\n" + payload)
        write("jose", "bad-payload-" + k.alg.lower(), jwk(k).encode() + b"\n" + jws(k, payload).encode() + b"\n" + payload[:-1] + b"2")
    write("evidence", "good-alone.json", evidence(keys[0], recs[:1], 0)[0])
    lines = ["/* signed.h: made by fuzz/vectors.py: keys that the targets trust, and all that these keys have signed. */",
             "#ifndef BON_FUZZ_SIGNED_H", "#define BON_FUZZ_SIGNED_H", ""]
    quoted = lambda s: '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'
    lines += ["#define SIGNED_KEY_ED %s" % quoted(jwk(keys[0])), "#define SIGNED_KEY_P256 %s" % quoted(jwk(keys[1])),
              "#define SIGNED_PAYLOAD %s" % quoted("Biên nhận LT-67-000001-2611-000001"), "#define SIGNED_RECORDS \\"]
    lines += ["    %s%s" % (quoted(r.decode()), ", \\" if i < 4 else "") for i, r in enumerate(recs)]
    lines += ["", "#endif", ""]
    (HERE / "signed.h").write_text("\n".join(lines))


main()
