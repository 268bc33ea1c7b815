"""Uploads a file with the official Python client, and notes what it is told of the progress."""

import asyncio
import json
import sys

from mcp import Client
from mcp.client.stdio import StdioServerParameters


def server(transport):
    if "url" in transport:
        return transport["url"]
    return StdioServerParameters(command=transport["command"], args=transport["args"], env=transport["env"])


async def report(job):
    told = []

    async def note(progress, total, message):
        told.append(progress)

    async with Client(server(job["transport"]), read_timeout_seconds=180) as client:
        done = await client.call_tool(job["call"]["name"], job["call"]["arguments"], progress_callback=note)
        return {"failed": bool(done.is_error), "progress": told, "done": done.structured_content}


async def main():
    jobs = json.load(sys.stdin)
    json.dump([await report(job) for job in jobs], sys.stdout)


asyncio.run(main())
