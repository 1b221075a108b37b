import type { Command } from 'commander';
import { serveMcp } from '../app/mcp.ts';
import { stopSignal } from '../app/stopping.ts';
import { readConfig } from '../config.ts';

export function register(program: Command): void {
  program
    .command('mcp')
    .description('answer an MCP client on stdin and stdout, read-only; api and start answer at /mcp as well')
    .addHelpText('after', '\nExample (docs/mcp.md shows how clients are told of it):\n  $ ombre mcp')
    .action(() => serveMcp(readConfig(), stopSignal()));
}
