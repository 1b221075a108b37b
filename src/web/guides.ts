import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { OmbreError } from '../errors.ts';
import { PATH_SLUGS, type Path } from '../posting/taxonomy.ts';

/** 0 to 2. What each means stands in docs/web.md. */
const level = z.number().int().min(0).max(2);

const GUIDE = z.strictObject({
  /** One sentence that says what the job is. */
  summary: z.string().max(240),
  what: z.string(),
  day: z.array(z.string()).min(3),
  asks: z.array(z.string()).min(2),
  route: z.array(z.string()).min(3),
  pros: z.array(z.string()).min(2),
  cons: z.array(z.string()).min(2),
  /** What the self-assessment ranks by. */
  traits: z.strictObject({ contact: level, remote: level, pay: level, beside: level, certification: level, entry: level, body: level }),
});
export type Guide = z.output<typeof GUIDE>;
export type Traits = Guide['traits'];
export type Guides = Readonly<Record<Path, Guide>>;

/** Reads guides/<path>.yaml of every path. Throws E_BUG naming the file and the field: they ship with the program. */
export function loadGuides(): Guides {
  const load = (path: Path): Guide => {
    const file = new URL(`./guides/${path}.yaml`, import.meta.url);
    const parsed = GUIDE.safeParse(parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    throw new OmbreError('E_BUG', `src/web/guides/${path}.yaml: ${issue.path.join('.')}: ${issue.message}`);
  };
  return Object.fromEntries(PATH_SLUGS.map(path => [path, load(path)])) as Guides;
}
