import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const FIXTURES = new URL('../fixtures/', import.meta.url);

const why = z.string().min(1);
const target = z.record(z.string(), z.unknown());
/** What a server sends: a fixture or a text, cut in front of `upTo`, with every key of `swap` become its value. */
const served = z
  .strictObject({
    file: z.string().optional(),
    text: z.string().optional(),
    upTo: z.string().optional(),
    swap: z.record(z.string(), z.string()).optional(),
    status: z.int().optional(),
  })
  .refine(({ file, text }) => (file === undefined) !== (text === undefined), 'either a file or a text');
const hostile = z.strictObject({
  kind: z.enum([
    'cut page',
    'repeated page',
    'total that lies',
    'row of another employer',
    'web page for JSON',
    'empty without proof',
    'short page',
  ]),
  /** What is answered in turn; the last answer comes again for whatever else is asked. */
  answers: z.array(served).min(1),
  /** Keys of postings that are of somebody else. */
  foreign: z.array(z.string()).optional(),
  /** Of a list whose pages are shorter than asked for: how many postings it has in all. */
  listed: z.int().optional(),
});
const page = z.strictObject({
  target,
  /** Fixture of a list with postings. */
  list: z.string(),
  /** Fixture of an open posting's detail, where the system has details or understands them. */
  detail: z.string().optional(),
  /** A target the fixtures do not belong to; or why the system's pages do not tell whose they are. */
  stranger: z.union([target, why]),
  /**
   * A 200 that says the posting is closed: a fixture, as it is or with `from` become `to`; or why the system has no such page. When nothing is
   * said, a detail that reads "this position has been filled"; without details, a closed posting is missing from the list.
   */
  closed: z.union([why, z.strictObject({ file: z.string(), from: z.string().optional(), to: z.string().optional() })]).optional(),
  /** The address of another posting of the board, which a redirect may lead to; of systems whose posting pages do not name themselves. */
  elsewhere: z.url().optional(),
  /** Answers to a whole visit that a reader may be taken in by. */
  hostile: z.array(hostile).optional(),
});
const schema = z.strictObject({
  /** Addresses as people paste them, with the board behind each; or why no address tells one. */
  addresses: z.union([z.array(z.strictObject({ url: z.url(), target })).min(1), why]),
  /** What every adapter is tried with. */
  pages: z.array(page).min(1),
});

export type PageCase = z.infer<typeof page> & { system: string };
export type Served = z.infer<typeof served>;
export type HostileCase = z.infer<typeof hostile> & Pick<PageCase, 'system' | 'target'>;
export type AddressCase = { url: string; system: string; target: unknown };

const all = readdirSync(FIXTURES)
  .filter(folder => existsSync(new URL(`${folder}/cases.yaml`, FIXTURES)))
  .map(system => ({ system, ...read(system) }));

/** What the cases.yaml beside each system's fixtures says, in alphabetical order. */
export const PAGES: readonly PageCase[] = all.flatMap(({ system, pages }) => pages.map(row => ({ system, ...row })));
export const HOSTILE: readonly HostileCase[] = PAGES.flatMap(({ system, target, hostile: rows = [] }) =>
  rows.map(row => ({ system, target, ...row })),
);
export const ADDRESSES: readonly AddressCase[] = all.flatMap(({ system, addresses }) =>
  typeof addresses === 'string' ? [] : addresses.map(row => ({ system, ...row })),
);

function read(system: string): z.infer<typeof schema> {
  const found = schema.safeParse(parse(readFileSync(new URL(`${system}/cases.yaml`, FIXTURES), 'utf8')));
  if (!found.success) throw new Error(`test/fixtures/${system}/cases.yaml: ${z.prettifyError(found.error)}`);
  return found.data;
}

/** A sentence for every system without cases, and for all cases without a system. */
export function unmatched(systems: readonly string[], cases = all.map(({ system }) => system)): string[] {
  return [
    ...systems.filter(name => !cases.includes(name)).map(name => `${name} has no cases: write test/fixtures/${name}/cases.yaml`),
    ...cases
      .filter(name => !systems.includes(name))
      .map(name => `test/fixtures/${name}/cases.yaml is of no system: no adapter reads ${name}`),
  ];
}
