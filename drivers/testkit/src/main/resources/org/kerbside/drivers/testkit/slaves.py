"""Modbus slaves by pymodbus, on a TCP port or a serial device; told what to hold a line at a time.

slaves.py tcp PORT | slaves.py rtu DEVICE BAUD

    hold UNIT TABLE ADDRESS WORD…   the unit is there and holds these (hexadecimal words; bits 0, 1)
    tell UNIT TABLE ADDRESS COUNT   what it holds, decimal
    away UNIT                       the unit does not answer
"""

import asyncio
import sys
import threading

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import StartAsyncSerialServer, StartAsyncTcpServer
from pymodbus.transaction import ModbusRtuFramer

FUNCTION = {"coil": 1, "discrete": 2, "holding": 3, "input": 4}


def unit():
    """Registers come into being when they are held: all others are refused (exception 2)."""
    return ModbusSlaveContext(
        di=ModbusSparseDataBlock({}),
        co=ModbusSparseDataBlock({}),
        hr=ModbusSparseDataBlock({}),
        ir=ModbusSparseDataBlock({}),
        zero_mode=True,
    )


def block(slave, table):
    return slave.store[{"coil": "c", "discrete": "d", "holding": "h", "input": "i"}[table]]


def do(context, words):
    what, number = words[0], int(words[1])
    if what == "away":
        if number in context.slaves():
            del context[number]
        return "ok"
    if number not in context.slaves():
        context[number] = unit()
    slave = context[number]
    table, address = words[2], int(words[3], 0)
    if what == "hold":
        values = [int(word, 16) for word in words[4:]]
        if table in ("coil", "discrete"):
            values = [bool(value) for value in values]
        held = block(slave, table)
        for offset, value in enumerate(values):
            held.values[address + offset] = value
        return "ok"
    values = slave.getValues(FUNCTION[table], address, int(words[4]))
    return " ".join(str(int(value)) for value in values)


def listen(context):
    for line in sys.stdin:
        try:
            print(do(context, line.split()), flush=True)
        except Exception as problem:
            print("no: %r" % problem, flush=True)


async def serve(context):
    threading.Thread(target=listen, args=(context,), daemon=True).start()
    print("here", flush=True)
    if sys.argv[1] == "tcp":
        await StartAsyncTcpServer(
            context=context,
            address=("127.0.0.1", int(sys.argv[2])),
            ignore_missing_slaves=True,
            allow_reuse_address=True,
        )
    else:
        await StartAsyncSerialServer(
            context=context,
            framer=ModbusRtuFramer,
            port=sys.argv[2],
            baudrate=int(sys.argv[3]),
            timeout=0.05,
            ignore_missing_slaves=True,
        )


asyncio.run(serve(ModbusServerContext(slaves={}, single=False)))
