import type { Command } from 'commander';

const GROUPS = {
  sources: 'the registry of employers and sites',
  systems: 'list the board systems that can be read',
  rules: 'what the classifier decides by',
  digest: 'the mails of what is new',
  subscriptions: 'who gets which mails',
};

/** The command that holds subcommands of one noun; made by whichever of their files is read first. */
export function group(program: Command, name: keyof typeof GROUPS): Command {
  return program.commands.find(command => command.name() === name) ?? program.command(name).description(GROUPS[name]);
}
