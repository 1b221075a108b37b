import { getDomainWithoutSuffix } from 'tldts';

/** Whether a board belongs to the employer it is added for. `null`: nothing to compare. */
export type IdentityCheck = { agrees: boolean | null; employer: string | null; board: string[]; why: string };

const FILLER = new Set([
  'the',
  'inc',
  'llc',
  'ltd',
  'corp',
  'corporation',
  'company',
  'co',
  'group',
  'careers',
  'jobs',
  'health',
  'healthcare',
  'of',
  'and',
  'at',
]);

/**
 * Compares the employer's name (or the site its address was pasted from) with what the board says of itself: the company on its postings and its token.
 * A look-alike token is the commonest way to crawl the wrong company.
 */
export function checkIdentity(
  employer: { name: string | null; site: string | null },
  board: { companies: readonly (string | null)[]; token: string },
): IdentityCheck {
  const names = [...new Set(board.companies.filter(name => name !== null))];
  const wanted = employer.name ?? (employer.site ? getDomainWithoutSuffix(employer.site) : null);
  const said = [...names, board.token].filter(Boolean);
  if (!wanted)
    return {
      agrees: null,
      employer: null,
      board: said,
      why: 'the address is that of the board itself; name the employer with --name to compare',
    };
  const agreeing = said.find(name => alike(wanted, name));
  return agreeing
    ? { agrees: true, employer: wanted, board: said, why: `${JSON.stringify(wanted)} and ${JSON.stringify(agreeing)} are alike` }
    : {
        agrees: false,
        employer: wanted,
        board: said,
        why: `the board says ${said.map(name => JSON.stringify(name)).join(', ')}, not ${JSON.stringify(wanted)}`,
      };
}

/**
 * Compares the name of a registry's row with what its board says. A single posting may agree and never disagree: it may name a legal entity or a
 * subsidiary. The board is another employer's when several postings, and most of them, name the same one, which begins otherwise. Its token may be an
 * abbreviation and never disagrees; several other names under a token that fits say neither yes nor no.
 * @param board `companies`: the name each posting gives to its employer, as often as postings give it
 */
export function identityOfRow(name: string, board: { companies: readonly (string | null)[]; tokens: readonly string[] }): IdentityCheck {
  const given = board.companies.filter(company => company !== null && company.trim() !== '') as string[];
  const companies = [...new Set(given)];
  const told = { employer: name, board: [...companies, ...board.tokens] };
  const fits = fitting(name);
  const agreeing = companies.find(fits) ?? (companies.length === 0 ? board.tokens.find(fits) : undefined);
  if (agreeing !== undefined) return { ...told, agrees: true, why: `${JSON.stringify(name)} and ${JSON.stringify(agreeing)} are alike` };
  if (companies.length === 0) return { ...told, agrees: null, why: 'the board names no employer' };
  const why = `the board says ${listed(companies)}, not ${JSON.stringify(name)}`;
  // One other name on every row under a fitting token is the look-alike.
  const token = companies.length > 1 ? board.tokens.find(fits) : undefined;
  if (token !== undefined) return { ...told, agrees: null, why: `${why}, though its address says ${JSON.stringify(token)}` };
  const most = [...Map.groupBy(given, nameKey).values()].reduce((largest, names) => Math.max(largest, names.length), 0);
  if (most < 2) return { ...told, agrees: null, why: `${why}, on one posting${given.length > 1 ? ' each' : ''}` };
  if (most * 2 <= given.length) return { ...told, agrees: null, why: `${why}, and none of them on most postings` };
  const kin = companies.find(company => leadOf(company) === leadOf(name));
  return kin === undefined
    ? { ...told, agrees: false, why }
    : { ...told, agrees: null, why: `${why}, and ${JSON.stringify(kin)} may be a part of it` };
}

/** Tells whether what a board says of itself fits one of the names of a row. */
function fitting(name: string): (said: string) => boolean {
  const parts = partsOf(name);
  return said =>
    parts.some(part => alike(part, said) || isShort(part, said) || said.split(/[^\p{L}\p{N}]+/u).some(word => isShort(word, part)));
}

/** `"A", "B", "C" and 1 more`. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(name => JSON.stringify(name));
  return `${shown.join(', ')}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}`;
}

/** A name without its legal form, to count those that are the same. */
function nameKey(name: string): string {
  return squash(name) || letters(name);
}

/** The word a name begins with, which legal entities of one employer mostly share; a new value each time where all of it is filler. */
function leadOf(name: string): string | symbol {
  const [first] = words(name);
  return first ?? Symbol(name);
}

/** Names a sentence lists. */
const MOST_NAMES = 3;

/** What a target and its addresses call the employer: a board's token, the first part of a host, the name of a domain. The system's own word for it first. */
export function tokensOf(target: unknown): string[] {
  const words = Object.entries(target as Record<string, unknown>).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    if (/^(?:feed|list|sitemap)$/.test(name)) return [getDomainWithoutSuffix(value)];
    if (!/^(?:board|site|company|account|tenant|org|host)$/.test(name)) return [];
    return [value.replace(/\.(?:[\w-]+\.)*[a-z]+$/, ''), ...(value.includes('.') ? [getDomainWithoutSuffix(value)] : [])];
  });
  return [...new Set(words.filter(word => word !== null && word !== ''))] as string[];
}

/** A row's name may name several: `Thomas Jefferson University / Jefferson Health`, `PRC-Saltillo (Prentke Romich)`, `Claremont Colleges - KGI`. */
function partsOf(name: string): string[] {
  const parts = name.split(/\s+[-–—|]\s+|\s*[/()]\s*/).filter(Boolean);
  return [name, ...parts];
}

/** Whether one is the initials of the other: `MTM` of `Medical Transportation Management`, `slu` of `Saint Louis University`. */
function isShort(one: string, other: string): boolean {
  const initials = other
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word && !SMALL.has(word.toLowerCase()))
    .map(word => word[0])
    .join('')
    .toLowerCase();
  // `Inc.` behind the name is no part of it.
  return one.length >= 3 && [initials, initials.slice(0, -1)].includes(one.toLowerCase());
}

const SMALL = new Set(['the', 'of', 'and', 'at', 'for']);

function alike(one: string, other: string): boolean {
  const [a, b] = [squash(one), squash(other)];
  if (isWithin(a, b) || isWithin(b, a)) return true;
  // `chghealthcare` is one word, in which nothing is filler.
  const [wholeA, wholeB] = [letters(one), letters(other)];
  if ((a && isWithin(wholeA, wholeB)) || (b && isWithin(wholeB, wholeA))) return true;
  const [first, second] = [words(one), words(other)];
  return first.size > 0 && second.size > 0 && [...first].every(word => second.has(word));
}

function isWithin(inner: string, outer: string): boolean {
  return inner.length >= 4 && outer.includes(inner);
}

function letters(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function words(name: string): Set<string> {
  return new Set(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(word => word && !FILLER.has(word))
      .map(word => (word === 'st' ? 'saint' : word)),
  );
}

function squash(name: string): string {
  return [...words(name)].join('');
}
