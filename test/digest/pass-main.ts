// A process that makes one pass of the digest at a given time, for tests that kill it. Arguments: database, SMTP server, time, lease in ms.

import { readConfig } from '../../src/config.ts';
import { openKeyring } from '../../src/digest/keys.ts';
import { runDigest } from '../../src/digest/run.ts';
import { openDatabase } from '../../src/store/database.ts';
import { MAIL, senderOf } from './support.ts';

const [url = '', smtp = '', at = '', lease = ''] = process.argv.slice(2);
const db = openDatabase(url, { max: 10 });
const sender = await senderOf(db, { SMTP_URL: smtp }, () => new Date(at));
await runDigest({ ...sender, keys: await openKeyring(readConfig(MAIL)), leaseMs: Number(lease) });
await db.destroy();
