import { hostKey } from '../crawlers/engine/host-key.ts';
import type { LookParts } from '../crawlers/visit/first-look.ts';
import { type Contact, type ContactedRow, firstContact } from '../pipeline/first-contact.ts';

type ContactParts = LookParts & {
  /** Hosts asked at the same time. */
  concurrency: number;
  /** Told of every row that is done, with how many are. */
  onDone?: (contact: Contact, done: number) => void;
};

/**
 * Meets the boards of rows: those of one host one after the other, several hosts at a time, the host with the most rows first. After a stop, or a
 * fault of ours, no further row begins. Returns what was found, in the order of the rows, and what ended it early; `error` is null when nothing did.
 */
export async function firstContacts(rows: readonly ContactedRow[], parts: ContactParts): Promise<{ contacts: Contact[]; error: unknown }> {
  const found = new Map<string, Contact>();
  const errors: unknown[] = [];
  const hosts = [...Map.groupBy(rows, row => hostOf(row, parts)).values()].sort((a, b) => b.length - a.length);
  const meet = async (row: ContactedRow) => {
    const contact = await firstContact(row, parts);
    found.set(row.slug, contact);
    parts.onDone?.(contact, found.size);
  };
  const work = async () => {
    for (let host = hosts.shift(); host; host = hosts.shift()) {
      for (const row of host) {
        if (parts.signal.aborted || errors.length > 0) return;
        await meet(row).catch(error => void errors.push(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parts.concurrency) }, work));
  const error = errors[0] ?? (parts.signal.aborted && found.size < rows.length ? parts.signal.reason : null);
  return { contacts: rows.flatMap(row => found.get(row.slug) ?? []), error };
}

/** The host a row's first request goes to, as the engine counts turns. */
function hostOf(row: ContactedRow, { systems }: LookParts): string {
  const [first] = systems.get(row.system)?.start(row.target) ?? [];
  return first ? hostKey(new URL(first.url)) : row.system;
}
