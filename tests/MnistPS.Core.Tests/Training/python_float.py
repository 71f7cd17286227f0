"""Prints python-float.json: numbers and what Python's str() makes of them, for PythonFloatTests to compare with.

python3 python_float.py > python-float.json
"""
import json
import random
import struct

NUMBERS = [
    0.0, -0.0, 1.0, -1.0, 0.68, 0.1 + 0.2, 1 / 3, 2 / 3, 0.582, 100.0, 123456.789, 1e-4, 9.999e-5, 1e-05, 1.5e-05, -2.5e-07, 1e15, 1e16,
    1.5e16, 1e17, 1e22, 1e23, 123456789012345680.0, 9007199254740993.0, 9999999999999998.0, 1234567890123456.8, 999999999999999.9,
    4503599627370497.5, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308,
    float("nan"), float("inf"), float("-inf"),
]
source = random.Random(1)
NUMBERS += [source.random() * 10.0 ** source.randint(-20, 30) for _ in range(200)]
NUMBERS += [struct.unpack("<d", source.getrandbits(64).to_bytes(8, "little"))[0] for _ in range(200)]

# A number is given by its bits, so that no reader of JSON has a say in it.
print("[")
print(",\n".join(json.dumps({"bits": struct.pack(">d", n).hex(), "text": str(n)}) for n in NUMBERS))
print("]")
