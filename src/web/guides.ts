import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { OmbreError } from '../errors.ts';
import { CREDENTIALS, PATH_SLUGS, type Path, ROLE_PATH } from '../posting/taxonomy.ts';

/** 0 to 2. What each means stands in docs/web.md. */
const level = z.number().int().min(0).max(2);
const line = z.string().min(1);
const lines = (least: number) => z.array(line).min(least);

/** Jobs of one path that sound alike: what each does and whom it usually takes. */
const APART = z.strictObject({
  title: line,
  rows: z.array(z.strictObject({ role: line, does: line, takes: line })).min(2),
  /** Where the rows come from, when they are one employer's. */
  note: line.optional(),
});

/** `body` is who issues it. No fees: they change, and nobody would notice here. */
const CERTIFICATE = z.strictObject({ name: line, full: line, body: line, told: line });

const GUIDE = z.strictObject({
  /** One sentence that says what the job is. */
  summary: z.string().max(240),
  what: line,
  day: lines(3),
  apart: APART.optional(),
  asks: lines(2),
  /** In words, who gets in. How many of today's jobs take whom is the page's to say. */
  who: z
    .array(z.strictObject({ for: z.array(z.enum(CREDENTIALS)).min(1), told: line }))
    .refine(rows => CREDENTIALS.every(one => rows.some(row => row.for.includes(one))), 'a credential is missing'),
  /** How long it takes to get there: an estimate. */
  time: line,
  route: lines(3),
  /** As employers write them. */
  titles: lines(4),
  pros: lines(2),
  cons: lines(2),
  certificates: z.array(CERTIFICATE),
  /** Kinds of employers; who is hiring now is the page's to say. */
  employers: lines(3),
  /** What to do about the license one holds. */
  license: line,
  /** The same work in the words of a clinic and in those of this path. */
  resume: z.array(z.strictObject({ from: line, to: line })).length(2),
  reviewed: z.iso.date(),
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
    const wrong = (what: string) => new OmbreError('E_BUG', `src/web/guides/${path}.yaml: ${what}`);
    const parsed = GUIDE.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw wrong(`${issue.path.join('.')}: ${issue.message}`);
    }
    const strange = parsed.data.apart?.rows.find(({ role }) => ROLE_PATH.get(role) !== path);
    if (strange) throw wrong(`apart: ${strange.role} is no role of this path`);
    return parsed.data;
  };
  return Object.fromEntries(PATH_SLUGS.map(path => [path, load(path)])) as Guides;
}
