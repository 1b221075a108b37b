import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import { ITEMS } from '../schema/names.ts';

const items = z.array(z.enum(ITEMS));
const row = z.strictObject({
  people: items,
  own: z.array(z.enum(CREDENTIALS)).min(1),
  own_levels: items,
  fields: items,
  levels: items,
});
type Carried = z.infer<typeof row>;

const content = readFileSync(new URL('../capabilities.yaml', import.meta.url), 'utf8');

const table = z
  .strictObject({
    credentials: z.record(z.enum(CREDENTIALS), row),
  })
  .parse(parse(content));

/** What the holder of each credential carries. Part of the program, unlike rules: a folder of other rules keeps it. */
export const CAPABILITIES: Readonly<Record<Credential, Carried>> = table.credentials;

/** One hash of it, for the version that stamps what was classified. */
export const CAPABILITIES_HASH: string = createHash('sha256').update(content).digest('hex');
