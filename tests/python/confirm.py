"""Deletes a record with the official Python client, whose person says yes, says no, or cannot be asked."""

import asyncio
import json
import sys

from mcp import Client
from mcp.client.sse import sse_client
from mcp.client.stdio import StdioServerParameters
from mcp_types import ElicitResult


def server(transport):
    if "sse" in transport:
        return sse_client(transport["sse"])
    if "url" in transport:
        return transport["url"]
    return StdioServerParameters(command=transport["command"], args=transport["args"])


async def report(job):
    asked = []

    async def answer(context, params):
        asked.append(params.message)
        return ElicitResult(action=job["answer"], content={} if job["answer"] == "accept" else None)

    callback = answer if job["answer"] else None
    mode = "auto" if job["revision"] >= "2026" else "legacy"
    async with Client(
        server(job["transport"]), mode=mode, read_timeout_seconds=180, elicitation_callback=callback
    ) as client:
        found = await client.call_tool(job["list"], {"limit": 1})
        record = found.structured_content["result"][0]["id"]
        wrong = await client.call_tool(job["tool"], {"id": "x"})
        done = await client.call_tool(job["tool"], {"id": record})
        return {
            "revision": client.protocol_version,
            "id": record,
            "asked": asked,
            "wrong": wrong.structured_content["error"],
            "failed": bool(done.is_error),
            "done": done.structured_content,
        }


async def main():
    jobs = json.load(sys.stdin)
    json.dump([await report(job) for job in jobs], sys.stdout)


asyncio.run(main())
