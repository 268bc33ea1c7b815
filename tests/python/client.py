"""Carries out tasks with the official Python client: a JSON list of jobs on stdin, a JSON list of reports on stdout."""

import asyncio
import json
import sys

from mcp import Client
from mcp.client.sse import sse_client
from mcp.client.stdio import StdioServerParameters
from mcp_types import PromptReference


def server(transport):
    if "sse" in transport:
        return sse_client(transport["sse"])
    if "url" in transport:
        return transport["url"]
    return StdioServerParameters(command=transport["command"], args=transport["args"])


async def report(job):
    modern = job["revision"] >= "2026"
    mode = "auto" if modern else "legacy"
    async with Client(server(job["transport"]), mode=mode, read_timeout_seconds=180) as client:
        tools = await client.list_tools()
        call = await client.call_tool(job["call"]["name"], job["call"]["arguments"])
        refused = await client.call_tool(job["refused"]["name"], job["refused"]["arguments"])
        prompts = await client.list_prompts()
        prompt = await client.get_prompt(job["prompt"]["name"], job["prompt"]["arguments"])
        asked = job["complete"]
        completed = await client.complete(
            PromptReference(type="ref/prompt", name=asked["prompt"]),
            {"name": asked["argument"], "value": asked["value"]},
        )
        return {
            "revision": client.protocol_version,
            "server": client.server_info.name,
            "tools": [tool.name for tool in tools.tools],
            "call": call.structured_content,
            "refused": refused.is_error,
            "reason": refused.content[0].text,
            "prompts": [it.name for it in prompts.prompts],
            "prompt": prompt.messages[0].content.text,
            "completed": completed.completion.values,
        }


async def main():
    jobs = json.load(sys.stdin)
    json.dump([await report(job) for job in jobs], sys.stdout)


asyncio.run(main())
