import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OmbreError } from '../../src/errors.ts';
import type { Ground } from '../../src/mcp/ground.ts';
import { adding } from '../../src/mcp/tool.ts';

/** What a tool answers whose reading fails, and what of it is logged. */
async function failing(error: unknown): Promise<{ answer: CallToolResult; logged: unknown[] }> {
  const logged: unknown[] = [];
  const calls: ((given: object) => Promise<CallToolResult>)[] = [];
  const server = { registerTool: (_name: string, _told: object, run: (given: object) => Promise<CallToolResult>) => calls.push(run) };
  const ground = { log: { error: (details: object) => logged.push(details), debug: () => undefined } };
  const answer = () => Promise.reject(error);
  adding({ name: 'fails', title: '', description: '', takes: {}, result: z.object({}), answer })(
    server as unknown as McpServer,
    ground as unknown as Ground,
  );
  return { answer: await calls[0]!({}), logged };
}

test('a database that is away is told without its address, and not by each question', async () => {
  const { answer, logged } = await failing(new OmbreError('E_DB_DOWN', 'connect ECONNREFUSED 10.0.0.7:5432'));
  expect(answer).toEqual({ content: [{ type: 'text', text: 'Postgres does not answer' }], isError: true });
  expect(logged).toEqual([]);
});

test('a question that takes too long is told so', async () => {
  const { answer } = await failing(Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }));
  expect(answer.content).toEqual([{ type: 'text', text: 'the question took too long; narrow the filter' }]);
});

test('what is our own fault is logged, and its words are not told', async () => {
  const bug = new TypeError('cannot read secret of undefined');
  const { answer, logged } = await failing(bug);
  expect(answer).toMatchObject({ isError: true, content: [{ text: expect.not.stringContaining('secret') }] });
  expect(logged).toEqual([{ err: bug }]);
});
