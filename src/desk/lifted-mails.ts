import type { Kysely } from 'kysely';
import { nextDue } from '../digest/cadence.ts';
import { addressHashes, type Keyring } from '../digest/keys.ts';
import { type Actor, noteChange } from '../store/desk/audit.ts';
import { type Lifted, liftAddress } from '../store/digest/addresses.ts';
import type { Database } from '../store/schema.ts';

type Ground = { db: Kysely<Database>; keys: Keyring; now: Date };

/**
 * Lets mails go to a suppressed address again, and notes it, but neither the address nor a hash of it: the audit is never shortened, and an
 * erased address must not live on in it. With nobody as `actor` it only looks. `auditId` is null where nothing was changed.
 */
export async function liftMails(
  { db, keys, now }: Ground,
  email: string,
  actor: Actor | null,
): Promise<Lifted & { auditId: number | null }> {
  let auditId: number | null = null;
  const found = await liftAddress(
    db,
    { email, hashes: addressHashes(keys, email) },
    {
      nextDue: rhythm => nextDue(rhythm, now),
      apply: actor !== null,
      noted: async (trx, { lifted, revived }) => {
        const before = { suppressions: lifted.map(({ reason, since }) => ({ reason, since })) };
        if (actor !== null)
          auditId = await noteChange(trx, actor, { what: 'mails.lift', before, after: { subscriptions_that_go_on: revived.length } });
      },
    },
  );
  return { ...found, auditId };
}
