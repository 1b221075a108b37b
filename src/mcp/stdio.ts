import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Ground } from './ground.ts';
import { mcpServer } from './server.ts';

/** Answers on stdin and stdout. `ended` resolves when the client has closed its side; nothing else may write to stdout meanwhile. */
export function openStdio(ground: Ground): { ended: Promise<unknown>; close(): Promise<void> } {
  const ended = Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')]);
  // A client that has gone is no error of ours; the end of stdin tells of it as well.
  process.stdout.on('error', error => ground.log.debug({ err: error }, 'mcp: the client reads no more'));
  const { close } = serveStdio(() => mcpServer(ground), {
    maxSubscriptions: 0,
    onerror: error => ground.log.debug({ err: error }, 'mcp: a message was refused'),
  });
  return { ended, close };
}
