// Uploads a file with the official TypeScript client, and notes what it is told of the progress.

import { text } from 'node:stream/consumers';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

function transport({ url, command, args, env }) {
    return url ? new StreamableHTTPClientTransport(new URL(url)) : new StdioClientTransport({ command, args, env });
}

async function report(job) {
    const told = [];
    const client = new Client({ name: 'acceptance', version: '1' });
    await client.connect(transport(job.transport));
    try {
        const done = await client.callTool(job.call, { timeout: 180_000, onprogress: ({ progress }) => told.push(progress) });
        return { failed: done.isError === true, progress: told, done: done.structuredContent };
    } finally {
        await client.close();
    }
}

const reports = [];
for (const job of JSON.parse(await text(process.stdin))) {
    reports.push(await report(job));
}
process.stdout.write(JSON.stringify(reports));
