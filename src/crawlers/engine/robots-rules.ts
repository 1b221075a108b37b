import { printable } from '../../printable.ts';
import { type ComparedPath, comparedPath, compilePattern, LONGEST_PATH, type RobotsPattern, type Work } from './robots-pattern.ts';

/** More rules than this in the group that counts, and nothing of the site is opened: no honest file has so many. */
const MOST_RULES = 10_000;
/** Characters one verdict may look at: some milliseconds. Who asks for more gets the safe answer, which is no. */
const MOST_WORK = 5_000_000;

/** What a robots.txt says about one address. `line` is the line that decides, null when none does; `reason` is one clause for people. */
export type RobotsJudgement = { allowed: boolean; line: number | null; reason: string };

type RobotsRule = { readonly allow: boolean; readonly line: number; readonly pattern: RobotsPattern };
type Group = { rules: RobotsRule[]; crawlDelay: number | null; tooMany: boolean };

/** The rules of one robots.txt that hold for one crawler. */
export class RobotsRules {
  readonly #rules: readonly RobotsRule[];
  readonly #tooMany: boolean;
  /** Seconds, as the group says; null when it says nothing that is a number. */
  readonly crawlDelay: number | null;

  constructor({ rules, crawlDelay, tooMany }: Group) {
    // The most specific rule first, and of two that are alike the one that allows: the first match then is the verdict.
    this.#rules = rules.toSorted((a, b) => b.pattern.octets - a.pattern.octets || Number(b.allow) - Number(a.allow));
    this.#tooMany = tooMany;
    this.crawlDelay = crawlDelay;
  }

  /** Whether the address may be opened. The address must be one of the origin the robots.txt is of. */
  judge(url: URL): RobotsJudgement {
    if (url.pathname === '/robots.txt') return { allowed: true, line: null, reason: 'robots.txt itself may always be read' };
    if (this.#tooMany) return refused(`robots.txt has more than ${MOST_RULES} rules`);
    const path = comparedPath(url.pathname + url.search);
    if (path.queryEncoded.length > LONGEST_PATH) return refused(`the address has more than ${LONGEST_PATH} characters`);
    return this.#decide(path);
  }

  #decide(path: ComparedPath): RobotsJudgement {
    const work: Work = { left: MOST_WORK };
    for (const { allow, line, pattern } of this.#rules) {
      const matched = pattern.matches(path, work);
      if (work.left < 0) return refused('robots.txt takes too much work to be understood');
      if (matched) return { allowed: allow, line, reason: `line ${line} of robots.txt ${allow ? 'allows' : 'forbids'} it` };
    }
    return { allowed: true, line: null, reason: 'no line of robots.txt is about it' };
  }
}

function refused(reason: string): RobotsJudgement {
  return { allowed: false, line: null, reason };
}

/** Spellings of Disallow that are seen often; what is meant is plain. */
const FORBIDDING = new Set(['disallow', 'dissallow', 'dissalow', 'disalow', 'diasllow', 'disallaw']);
const NAMING = new Set(['user-agent', 'useragent', 'user agent']);

/**
 * Reads a robots.txt (RFC 9309) for the crawler of a product token: the groups that name it, or else those for all. Never throws; what is no
 * line of the standard is passed over. Crawl-delay belongs to its group as rules do, so it ends a list of user agents; other lines do not.
 */
export function readRobots(body: string, token: string): RobotsRules {
  const wanted = token.toLowerCase();
  const everyone = emptyGroup();
  const ours = emptyGroup();
  const groups = new Map([
    ['*', everyone],
    [wanted, ours],
  ]);
  let named = false;
  let naming = false;
  let agents = new Set<string>();
  for (const { key, value, line } of recordsOf(body)) {
    if (NAMING.has(key)) {
      if (!naming) agents = new Set();
      naming = true;
      agents.add(agentOf(value));
      named ||= agents.has(wanted);
    } else if (isRule(key)) {
      naming = false;
      for (const agent of agents) addRule(groups.get(agent), { key, value, line });
    }
  }
  return new RobotsRules(named ? ours : everyone);
}

type Line = { key: string; value: string; line: number };

const emptyGroup = (): Group => ({ rules: [], crawlDelay: null, tooMany: false });
const isRule = (key: string): boolean => key === 'allow' || key === 'crawl-delay' || FORBIDDING.has(key);

const linesOf = (body: string): string[] => body.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);

/** A line of a robots.txt by the number a judgement names, without control characters; at most 100 characters. */
export function lineOf(body: string, line: number): string {
  return printable(linesOf(body)[line - 1] ?? '')
    .trim()
    .slice(0, 100);
}

function recordsOf(body: string): Line[] {
  return linesOf(body).flatMap((text, index) => {
    const record = recordOf(text);
    return record ? [{ ...record, line: index + 1 }] : [];
  });
}

function addRule(group: Group | undefined, { key, value, line }: Line): void {
  if (!group) return;
  if (key === 'crawl-delay') {
    group.crawlDelay = secondsOf(value) ?? group.crawlDelay;
    return;
  }
  if (group.rules.length >= MOST_RULES) {
    group.tooMany = true;
    return;
  }
  const pattern = value === '' ? null : compilePattern(value);
  if (pattern) group.rules.push({ allow: key === 'allow', line, pattern });
}

/** A line as key and value. A missing colon is forgiven where nothing but two words stands. */
function recordOf(text: string): { key: string; value: string } | null {
  const hash = text.indexOf('#');
  const line = (hash < 0 ? text : text.slice(0, hash)).trim();
  const colon = line.indexOf(':');
  if (colon >= 0) return { key: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() };
  const [key, value, ...more] = line.split(/\s+/, 3);
  return key && value && more.length === 0 ? { key: key.toLowerCase(), value } : null;
}

/** The product token of a user-agent line, in lower case: `OmbreBot/1.0` and `ombrebot (all)` are ours. `*` is everybody. */
function agentOf(value: string): string {
  if (/^\*(\s|$)/.test(value)) return '*';
  return (/^[A-Za-z_-]*/.exec(value)?.[0] ?? '').toLowerCase();
}

function secondsOf(value: string): number | null {
  const seconds = value === '' ? Number.NaN : Number(value);
  return Number.isNaN(seconds) ? null : seconds;
}
