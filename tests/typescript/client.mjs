// Carries out tasks with the official TypeScript client: a JSON list of jobs on stdin, a JSON list of reports on stdout.

import { text } from 'node:stream/consumers';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

function transport({ url, command, args }) {
    return url ? new StreamableHTTPClientTransport(new URL(url)) : new StdioClientTransport({ command, args });
}

async function report(job) {
    const mode = job.revision >= '2026' ? 'auto' : 'legacy';
    const client = new Client({ name: 'acceptance', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(transport(job.transport));
    try {
        const tools = await client.listTools();
        const call = await client.callTool(job.call);
        const refused = await client.callTool(job.refused);
        const prompts = await client.listPrompts();
        const prompt = await client.getPrompt(job.prompt);
        const { prompt: name, argument, value } = job.complete;
        const completed = await client.complete({ ref: { type: 'ref/prompt', name }, argument: { name: argument, value } });
        return {
            revision: client.getNegotiatedProtocolVersion(),
            server: client.getServerVersion().name,
            tools: tools.tools.map(it => it.name),
            call: call.structuredContent,
            refused: refused.isError,
            reason: refused.content[0].text,
            prompts: prompts.prompts.map(it => it.name),
            prompt: prompt.messages[0].content.text,
            completed: completed.completion.values,
        };
    } finally {
        await client.close();
    }
}

const reports = [];
for (const job of JSON.parse(await text(process.stdin))) {
    reports.push(await report(job));
}
process.stdout.write(JSON.stringify(reports));
