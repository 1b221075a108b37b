// A process that makes passes of the digest until nothing is open, for tests that kill it. Arguments: database, SMTP server, lease in ms.

import { setTimeout as sleep } from 'node:timers/promises';
import { runDigest } from '../../src/digest/run.ts';
import { openDatabase } from '../../src/store/database.ts';
import { outboxNumbers } from '../../src/store/digest/outbox.ts';
import { senderOf } from './support.ts';

const [url = '', smtp = '', lease = ''] = process.argv.slice(2);
const db = openDatabase(url, { max: 10 });
const sender = { ...(await senderOf(db, { SMTP_URL: smtp }, () => new Date())), leaseMs: Number(lease) };
process.stdout.write('begin\n');
for (;;) {
  await runDigest(sender);
  const { unplanned, open } = await outboxNumbers(db, new Date(), 0);
  if (unplanned + open === 0) break;
  await sleep(100);
}
await db.destroy();
