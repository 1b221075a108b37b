import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { makeFolders } from '../folders.ts';
import type { Message } from './message.ts';

/**
 * What became of a mail. `accepted`: the server has it. `written`: it is in the folder. `later`: put off, or the mailbox is full;
 * `throttled`: put off, and it is about us. `no_mailbox`: there is no such address. `doubtful`: perhaps there is none. `refused`: this mail is
 * refused for good. `blocked`: the recipient's side refuses us as a sender. `stop`: nothing can be sent now, and it is not this mail's fault;
 * `denied`: the same, because our own server refuses us for good. `unanswered`: the text began to go out and no answer came, so nobody knows.
 * `lost`: another process has it.
 */
export type Reply = {
  result:
    | 'accepted'
    | 'written'
    | 'later'
    | 'throttled'
    | 'no_mailbox'
    | 'doubtful'
    | 'refused'
    | 'blocked'
    | 'stop'
    | 'denied'
    | 'unanswered'
    | 'lost';
  response: string;
};

/** A way for mails out of the house. One mail at a time per channel. */
export type Channel = {
  /** `onBody` is awaited before the first byte of the text goes out; false stops it (`lost`: another process has the mail). Never rejects. */
  deliver(message: Message, name: string, onBody: () => Promise<boolean>): Promise<Reply>;
  close(): Promise<void>;
};

/** Writes mails as `NAME.eml` into a folder; a mail written again replaces itself. */
export function folderChannel(folder: string): Channel {
  return {
    async deliver(message, name, onBody) {
      const file = join(folder, `${name}.eml`);
      if (!(await onBody())) return { result: 'lost', response: '' };
      try {
        makeFolders(folder, 0o700);
        await writeFile(`${file}.part`, message.bytes, { mode: 0o600 });
        await rename(`${file}.part`, file);
      } catch (error) {
        // A full disk, or a folder that is not ours: what there is of the mail is not its own file, and it is written again later.
        await rm(`${file}.part`, { force: true }).catch(() => undefined);
        return { result: 'stop', response: `the mail could not be written: ${messageOf(error)}` };
      }
      return { result: 'written', response: `${name}.eml` };
    },
    close: async () => undefined,
  };
}
