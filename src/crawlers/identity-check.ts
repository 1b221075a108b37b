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

function alike(one: string, other: string): boolean {
  const [a, b] = [squash(one), squash(other)];
  if (a.length >= 4 && b.length >= 4 && (a.includes(b) || b.includes(a))) return true;
  const [first, second] = [words(one), words(other)];
  return first.size > 0 && second.size > 0 && [...first].every(word => second.has(word));
}

function words(name: string): Set<string> {
  return new Set(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(word => word && !FILLER.has(word)),
  );
}

function squash(name: string): string {
  return [...words(name)].join('');
}
