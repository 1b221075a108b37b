import { boardsInPage, type Recognised, recogniseUrl } from '../crawlers/discover.ts';
import type { IdentityCheck } from '../crawlers/identity-check.ts';
import { boardOf } from '../crawlers/registry.ts';
import { type Behind, boardBehind } from '../crawlers/visit/board-behind.ts';
import { type Look, type LookParts, lookAt } from '../crawlers/visit/first-look.ts';

/** A row of the registry as first contact needs it. */
export type ContactedRow = { slug: string; name: string; system: string; target: unknown };

/** What first contact with a row found. */
export type Contact = {
  slug: string;
  system: string;
  /**
   * `healthy`: it lists, and nothing says it is another employer's; `foreign`: it is another employer's by its own words; `moved` to another
   * board; `renamed`: the same host has it under another name; the others as a look at it tells.
   */
  result: 'healthy' | 'foreign' | 'moved' | 'renamed' | Exclude<Look['seen'], 'read'>;
  /** One clause for people. */
  why: string;
  /** Of `gone`: a 404 or 410 is all that says so. */
  bare: boolean;
  listed: number;
  total: number | null;
  identity: IdentityCheck | null;
  /** Where the board is now, of `moved` and `renamed`. */
  to: Destination | null;
};

/** `adoptable`: it can be read, and names the employer or nobody; `why` says what else. */
type Destination = Recognised & { adoptable: boolean; why: string; identity: IdentityCheck | null };

/** Meets the board of one row: looks at it, and where it does not answer as a board should, looks for where it went. Throws only on abort. */
export async function firstContact(row: ContactedRow, parts: LookParts): Promise<Contact> {
  const look = await lookAt(row, row.name, row.slug, parts);
  const { bare, listed, total, identity } = look;
  const found = { slug: row.slug, system: row.system, bare, listed, total, identity, to: null };
  if (look.seen === 'read') {
    const foreign = identity?.agrees === false;
    return { ...found, result: foreign ? 'foreign' : 'healthy', why: foreign || identity?.agrees === null ? (identity?.why ?? '') : '' };
  }
  if (look.seen !== 'gone' && look.seen !== 'unknown') return { ...found, result: look.seen, why: look.why };
  const { to, hint } = await whereItWent(row, look, parts);
  const why = [look.why, hint].filter(Boolean).join('; ');
  if (!to) return { ...found, result: look.seen, why };
  return { ...found, result: isSameHost(row, to, parts) ? 'renamed' : 'moved', why, to };
}

type Way = { board: Recognised; how: 'led' | 'named' };

/**
 * Where a board went: by what it answered, then by the page people open, then by the root of a host that is the employer's own. `hint` says
 * what was found that is no board.
 */
async function whereItWent(row: ContactedRow, look: Look, parts: LookParts): Promise<{ to: Destination | null; hint: string }> {
  const hints: string[] = [];
  const counts = (board: Recognised) => parts.systems.get(board.system)?.kind === 'ats' && boardOf(board) !== boardOf(row);
  const tried = new Set<string>();
  for (const way of waysOn(row, look, { ...parts, source: row.slug, browser: false, counts })) {
    const behind = await way();
    if (behind?.kind === 'leads') hints.push(`it leads to ${behind.to.href}`);
    if (behind?.kind === 'unread') hints.push(behind.why);
    if (behind?.kind !== 'board' || tried.has(boardOf(behind.board))) continue;
    tried.add(boardOf(behind.board));
    const to = await destination(row, behind, parts);
    if (to) return { to, hint: '' };
    hints.push(`${nameOf(behind.board)} is named there, and nothing says it is this employer's`);
  }
  return { to: null, hint: [...new Set(hints)].join('; ') };
}

type BehindParts = Parameters<typeof boardBehind>[1];

/** One after the other the places that may say where a board went; each costs a request at most, a redirect that is no board's one more. */
function waysOn(row: ContactedRow, { last }: Look, parts: BehindParts): (() => Promise<Behind | null>)[] {
  const { systems, counts = () => true } = parts;
  const adapter = systems.get(row.system);
  const page = last?.kind === 'page' ? last.page : null;
  const asked = new Set([page?.request.url]);
  const ask = (url: URL) => async () => {
    if (asked.has(url.href)) return null;
    asked.add(url.href);
    const behind = await boardBehind(url, parts);
    return behind?.kind === 'leads' && !asked.has(behind.to.href) ? ((await follow(behind, parts)) ?? behind) : behind;
  };
  const ways: (() => Promise<Behind | null>)[] = [];
  if (page) {
    const location = page.headers.location ? URL.parse(page.headers.location, page.url) : null;
    const led = recogniseUrl(location ?? new URL(page.url), systems);
    if (led && counts(led)) ways.push(async () => ({ kind: 'board', board: led, how: 'led' }));
    else if (location) ways.push(ask(location));
    const named = boardsInPage(page.body, page.url, systems).find(counts);
    if (named) ways.push(async () => ({ kind: 'board', board: named, how: 'named' }));
  }
  const home = adapter ? URL.parse(adapter.home(row.target)) : null;
  if (home) ways.push(ask(home));
  if (home && isOwnHost(row.target, home.hostname)) ways.push(ask(new URL('/', home)));
  return ways;
}

async function follow({ to }: Extract<Behind, { kind: 'leads' }>, parts: BehindParts): Promise<Behind | null> {
  const behind = await boardBehind(to, parts);
  return behind?.kind === 'board' || behind?.kind === 'unread' ? behind : null;
}

/**
 * The board a way leads to, looked at in its turn; null when the way proves nothing. What the old board's own address leads to is where it
 * went, even where it cannot be read or disagrees; what a page merely names is so only when it says it is the employer's.
 */
async function destination(row: ContactedRow, { board, how }: Way, parts: LookParts): Promise<Destination | null> {
  const look = await lookAt(board, row.name, row.slug, parts);
  const agrees = look.identity?.agrees ?? null;
  if (how === 'named' && agrees !== true) return null;
  const { identity } = look;
  if (look.seen !== 'read') return { ...board, adoptable: false, why: `it cannot be read: ${look.why || look.seen}`, identity };
  return { ...board, adoptable: agrees ?? look.companies.length === 0, why: agrees === true ? '' : (identity?.why ?? ''), identity };
}

/** A board in words: its system and target. */
export function nameOf({ system, target }: Recognised): string {
  return `${system} ${JSON.stringify(target)}`;
}

/**
 * Whether a host is one employer's and not the whole system's: a part of the target is its name, or its first label. Of a target that names a
 * tenant besides, the host must name that one.
 */
function isOwnHost(target: unknown, host: string): boolean {
  const fields = Object.entries(target as Record<string, unknown>).filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  );
  const isNamed = fields.some(([, value]) => [host, host.split('.')[0]].includes(value.toLowerCase()));
  return isNamed && fields.every(([name, value]) => name !== 'tenant' || host.includes(value.toLowerCase()));
}

/** Whether the new board is the same system's on the same host of the employer's own. */
function isSameHost(row: ContactedRow, to: Recognised, { systems }: LookParts): boolean {
  const home = (target: unknown) => URL.parse(systems.get(row.system)?.home(target) ?? '')?.hostname;
  const host = home(row.target);
  return to.system === row.system && host !== undefined && host === home(to.target) && isOwnHost(row.target, host);
}
