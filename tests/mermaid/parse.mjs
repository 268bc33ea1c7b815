// Reads diagrams with Mermaid: a JSON list of them on stdin, a JSON list of verdicts on stdout, null where one is read.

import { text } from 'node:stream/consumers';
import { JSDOM } from 'jsdom';

// What Mermaid cleans texts with wants a document, though nothing is drawn.
globalThis.window = new JSDOM('').window;
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import('mermaid');

const verdicts = [];
for (const diagram of JSON.parse(await text(process.stdin))) {
    const verdict = await mermaid.parse(diagram).then(() => null, (error) => String(error));
    verdicts.push(verdict);
}
console.log(JSON.stringify(verdicts));
