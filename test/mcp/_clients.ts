import { type CallToolResult, Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config.ts';
import { mcpRoute } from '../../src/mcp/http.ts';
import { guideTexts } from '../../src/web/guide-text.ts';
import { loadGuides } from '../../src/web/guides.ts';
import { MAIN } from '../cli/ombre-process.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

export type McpSite = TestDatabase & { origin: string; close(): Promise<void> };

/** The API with the MCP door on a database of its own, listening on a free loopback port. */
export async function mcpSite(env: Record<string, string> = {}): Promise<McpSite> {
  const database = await testDatabase();
  const config = readConfig({ PORT: '0', FEED_DOMAIN: 'jobs.example', PUBLIC_URL: 'https://ombre.example', RATE_LIMIT: '0', ...env });
  const app = createApi({ config, db: database.db, web: mcpRoute({ guides: guideTexts(loadGuides()) }) });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { ...database, origin, close };
}

/** The two generations of the protocol: with its handshake, as clients have spoken until 2026, and without. */
export const ERAS = ['legacy', 'auto'] as const;
export type Era = (typeof ERAS)[number];

const client = (era: Era) => new Client({ name: 'a test', version: '1' }, { versionNegotiation: { mode: era } });

export async function overHttp(origin: string, era: Era = 'auto'): Promise<Client> {
  const open = client(era);
  await open.connect(new StreamableHTTPClientTransport(new URL(`${origin}/mcp`)));
  return open;
}

/** Starts `ombre mcp` as clients do, with these settings and none of the caller's. */
export async function overStdio(
  env: Record<string, string>,
  era: Era = 'legacy',
): Promise<{ client: Client; pid: number | null; said(): string }> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [MAIN, 'mcp'],
    env: { PATH: process.env.PATH ?? '', ...env },
    stderr: 'pipe',
  });
  let text = '';
  transport.stderr?.on('data', chunk => {
    text += chunk;
  });
  const open = client(era);
  await open.connect(transport);
  return { client: open, pid: transport.pid, said: () => text };
}

type Answer = { document: Record<string, unknown>; text: string; refused: boolean };

/** What a tool answers; that its text is its document is checked on the way. */
export async function ask(open: Client, name: string, given: Record<string, unknown> = {}): Promise<Answer> {
  const { content, structuredContent, isError = false } = (await open.callTool({ name, arguments: given })) as CallToolResult;
  const [first, ...others] = content;
  if (first?.type !== 'text' || others.length > 0) throw new Error(`${name} answers ${JSON.stringify(content)}`);
  if (!isError && first.text !== JSON.stringify(structuredContent)) throw new Error(`${name} answers two documents`);
  return { document: (structuredContent ?? {}) as Record<string, unknown>, text: first.text, refused: isError };
}
