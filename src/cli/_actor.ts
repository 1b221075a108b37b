import { hostname, userInfo } from 'node:os';
import type { Actor } from '../store/desk/audit.ts';

/** Who changes something by a command, for the audit: the account and the machine. */
export function cliActor(): Actor {
  return { via: 'cli', who: `${accountName()}@${hostname()}`, network: null };
}

/** In a container the account may have a number and no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
