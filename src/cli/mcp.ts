import type { Command } from 'commander';
import { serveMcp } from '../app/mcp.ts';
import { stopSignal } from '../app/stopping.ts';
import { readConfig } from '../config.ts';
import { command } from './_commands.ts';

export function register(program: Command): void {
  command(program, 'mcp')
    .addHelpText('after', '\nExample (docs/mcp.md shows how clients are told of it):\n  $ ombre mcp')
    .action(() => serveMcp(readConfig(), stopSignal()));
}
