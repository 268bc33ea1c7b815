// Deletes a record with the official TypeScript client, whose person says yes, says no, or cannot be asked.

import { text } from 'node:stream/consumers';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

function transport({ url, command, args }) {
    return url ? new StreamableHTTPClientTransport(new URL(url)) : new StdioClientTransport({ command, args });
}

async function report(job) {
    const asked = [];
    const mode = job.revision >= '2026' ? 'auto' : 'legacy';
    const capabilities = job.answer ? { elicitation: { form: {} } } : {};
    const client = new Client({ name: 'acceptance', version: '1' }, { versionNegotiation: { mode }, capabilities });
    if (job.answer) {
        client.setRequestHandler('elicitation/create', async ({ params }) => {
            asked.push(params.message);
            return job.answer === 'accept' ? { action: 'accept', content: {} } : { action: job.answer };
        });
    }
    await client.connect(transport(job.transport));
    try {
        const found = await client.callTool({ name: job.list, arguments: { limit: 1 } });
        const id = found.structuredContent.result[0].id;
        const wrong = await client.callTool({ name: job.tool, arguments: { id: 'x' } });
        const done = await client.callTool({ name: job.tool, arguments: { id } });
        return {
            revision: client.getNegotiatedProtocolVersion(),
            id,
            asked,
            wrong: wrong.structuredContent.error,
            failed: done.isError === true,
            done: done.structuredContent,
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
